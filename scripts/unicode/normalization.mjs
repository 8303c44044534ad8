// Writes src/QwenIde.Qwen/Tokenization/Unicode/Normalization.txt from the Unicode data inside Node.
// Run it again when a new Unicode version matters: node scripts/unicode/normalization.mjs
import { writeFileSync } from 'node:fs';

// One character of every canonical combining class, in the order of the classes.
const representatives = new Map([
  [1, 0x334], [6, 0x16ff0], [7, 0x93c], [8, 0x3099], [9, 0x94d], [10, 0x5b0], [11, 0x5b1], [12, 0x5b2], [13, 0x5b3],
  [14, 0x5b4], [15, 0x5b5], [16, 0x5b6], [17, 0x5b7], [18, 0x5b8], [19, 0x5b9], [20, 0x5bb], [21, 0x5bc], [22, 0x5bd],
  [23, 0x5bf], [24, 0x5c1], [25, 0x5c2], [26, 0xfb1e], [27, 0x64b], [28, 0x64c], [29, 0x64d], [30, 0x64e], [31, 0x64f],
  [32, 0x650], [33, 0x651], [34, 0x652], [35, 0x670], [36, 0x711], [84, 0xc55], [91, 0xc56], [103, 0xe38], [107, 0xe48],
  [118, 0xeb8], [122, 0xec8], [129, 0xf71], [130, 0xf72], [132, 0xf74], [202, 0x327], [214, 0x1dce], [216, 0x31b],
  [218, 0x302a], [220, 0x316], [222, 0x59a], [224, 0x302e], [226, 0x1d16d], [228, 0x5ae], [230, 0x301], [232, 0x315],
  [233, 0x35c], [234, 0x35d], [240, 0x345],
]);

const text = String.fromCodePoint;
const hex = (codePoint) => codePoint.toString(16).toUpperCase();
const codePointsOf = (string) => [...string].map((character) => character.codePointAt(0));

/** Whether canonical ordering puts b before a: both have a class, and a's is the higher one. */
const swaps = (a, b) => a !== b && (text(a) + text(b)).normalize('NFD') === text(b) + text(a);

function combiningClass(codePoint) {
  // A mark with a class either moves before the highest class, or lets the lowest move before it.
  if (text(codePoint).normalize('NFD') !== text(codePoint)) return 0; // decomposes; its parts have the classes
  if (!swaps(0x345, codePoint) && !swaps(codePoint, 0x334)) return 0;
  for (const [value, representative] of representatives)
    if (!swaps(codePoint, representative) && !swaps(representative, codePoint)) return value;
  throw new Error(`U+${hex(codePoint)} has a combining class that is not listed here.`);
}

const classes = [];
const decompositions = [];
for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
  if ((codePoint >= 0xd800 && codePoint <= 0xdfff) || (codePoint >= 0xac00 && codePoint <= 0xd7a3)) continue;
  const value = combiningClass(codePoint);
  const last = classes.at(-1);
  if (value !== 0 && last?.value === value && last.end === codePoint - 1) last.end = codePoint;
  else if (value !== 0) classes.push({ start: codePoint, end: codePoint, value });

  const character = text(codePoint);
  const decomposed = codePointsOf(character.normalize('NFD'));
  if (decomposed.length === 1 && decomposed[0] === codePoint) continue;
  const pair = [text(...decomposed.slice(0, -1)).normalize('NFC'), text(decomposed.at(-1))];
  const composes = character.normalize('NFC') === character;
  if (composes && (codePointsOf(pair[0]).length !== 1 || pair.join('').normalize('NFC') !== character))
    throw new Error(`U+${hex(codePoint)} is not composed of two code points.`);
  const parts = composes ? pair.map((part) => part.codePointAt(0)) : decomposed;
  decompositions.push(`${hex(codePoint)} ${composes ? '=' : '<'} ${parts.map(hex).join(' ')}`);
}

const lines = [
  `# Canonical normalisation, Unicode ${process.versions.unicode}, without the arithmetic of Hangul syllables.`,
  '# Written by scripts/unicode/normalization.mjs from the Unicode data inside Node.',
  '# Combining classes: first-last class',
  ...classes.map(({ start, end, value }) => `${hex(start)}-${hex(end)} ${value}`),
  '# Decompositions; after = the pair that also composes to the code point, after < the whole of what it becomes',
  ...decompositions,
];
writeFileSync(new URL('../../src/QwenIde.Qwen/Tokenization/Unicode/Normalization.txt', import.meta.url), lines.join('\n') + '\n');
