// The licences of what is bundled: their authors ask that the text goes along.

import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** The notices of every npm package that contributed one of the given files (paths relative to the root). */
export async function notices(root, inputs) {
  const folders = new Set(inputs
    .map(input => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1])
    .filter(folder => folder !== undefined)
    .map(folder => resolve(root, folder)));
  const entries = await Promise.all([...folders].sort().map(notice));
  return `QwenIde contains the following packages.\n\n${entries.join('\n')}`;
}

/** The packages beside the sidecar, as its deps.json lists them; their texts are those of the named licences. */
export async function sidecarNotices(sidecar, packages) {
  const { libraries, targets } = JSON.parse(await readFile(join(sidecar, 'qwenide.deps.json'), 'utf8'));
  const shipped = new Set(Object.values(targets).flatMap(target => Object.entries(target))
    .filter(([, { runtime }]) => runtime !== undefined).map(([name]) => name));
  const entries = Object.entries(libraries).filter(([name, { type }]) => type === 'package' && shipped.has(name)).sort();
  return (await Promise.all(entries.map(async ([name, { path }]) => {
    const [id] = path.split('/');
    const specification = await readFile(join(packages, path, `${id}.nuspec`), 'utf8');
    const field = tag => new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`).exec(specification)?.[1].trim();
    const licence = field('license') ?? field('licenseUrl');
    if (licence === undefined) throw new Error(`The package ${name} names no licence.`);
    return `${'-'.repeat(80)}\n${name.replace('/', ' ')} (${licence})\n\n${field('copyright') ?? `By ${field('authors')}.`}\n`;
  }))).join('\n');
}

async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find(entry => /^licen[cs]e([-.]|$)/i.test(entry));
  if (file === undefined) throw new Error(`The package ${name} carries no licence text.`);
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`;
}
