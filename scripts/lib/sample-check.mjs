// Proves what samples/README.md claims: the shop builds clean, and each planted problem is the one that it says it is.
import { join } from 'node:path';
import { artifacts } from './paths.mjs';
import { capture } from './processes.mjs';
import { layOut, problems, put } from './sample.mjs';

const copy = join(artifacts, 'sample-check', 'Shop');
const solution = join(copy, 'Shop.sln');

/** Runs the check and returns one result for the shop and one for each problem. */
export async function checkSample(onResult) {
  const failures = [];
  let passed = 0;
  const report = (name, error) => {
    if (error)
      failures.push(`${name}: ${error}`);
    else
      passed++;
    onResult(name);
  };

  layOut(copy, { withProblems: false });
  const clean = await build([]);
  report('the shop builds without errors and warnings',
    clean.code === 0 && clean.found.length === 0 ? null : clean.found.map(show).join('; ') || clean.output.trim());
  if (clean.code !== 0)
    return { counts: { passed, failed: failures.length, skipped: 0 }, failures };

  // A compiler that stops at one kind of error says nothing of the next, so what stays hidden is planted again without
  // what was found.
  let hidden = problems;
  for (let found = problems; hidden.length > 0 && found.length > 0;) {
    for (const problem of hidden)
      put(copy, problem.file, { isPlanted: true });
    // Each project against the others' sound assemblies.
    const diagnostics = (await build(['--no-restore', '-p:BuildProjectReferences=false'])).found;
    for (const problem of hidden)
      put(copy, problem.file, { isPlanted: false });
    found = hidden.filter(({ id, file, at = file }) => diagnostics.some(one => one.id === id && one.file === at));
    hidden = hidden.filter(problem => !found.includes(problem));
    for (const { id, file } of found)
      report(`${id} of ${file}`, null);
  }
  for (const { id, file, at = file } of hidden)
    report(`${id} of ${file}`, `the compiler does not report it in ${at}`);
  return { counts: { passed, failed: failures.length, skipped: 0 }, failures };
}

async function build(args) {
  const { code, output } = await capture('dotnet', ['build', solution, '-v', 'q', ...args], { cwd: artifacts });
  const found = new Map();
  for (const line of output.split('\n')) {
    const match = /^\s*(.+?)\((\d+),(\d+)\): (?:error|warning) ([A-Z]+\d+): /.exec(line);
    if (match) {
      const file = match[1].slice(copy.length + 1).replaceAll('\\', '/');
      found.set(match[0], { file, line: Number(match[2]), id: match[4] });
    }
  }
  return { code, output, found: [...found.values()] };
}

const show = ({ id, file, line }) => `${id} in ${file}, line ${line}`;
