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

  // One problem per project and build: a compiler that has given up on one error says nothing of the next.
  for (let round = 0, left = byProject(problems); left.size > 0; round++, left = remaining(left, round)) {
    const chosen = [...left.values()].map(list => list[round]);
    for (const problem of chosen)
      put(copy, problem.file, { isPlanted: true });
    // Each project against the others' sound assemblies.
    const { found } = await build(['--no-restore', '-p:BuildProjectReferences=false']);
    for (const problem of chosen) {
      put(copy, problem.file, { isPlanted: false });
      const place = problem.at ?? problem.file;
      const there = found.filter(diagnostic => project(diagnostic.file) === project(problem.file));
      const isIt = there.some(diagnostic => diagnostic.file === place && diagnostic.id === problem.id);
      report(`${problem.id} in ${place}`, isIt ? null : `found instead: ${there.map(show).join('; ') || 'nothing'}`);
    }
  }
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

const project = file => file.split('/')[1];
const show = ({ id, file, line }) => `${id} in ${file}, line ${line}`;
const remaining = (groups, round) => new Map([...groups].filter(([, list]) => list.length > round));

function byProject(list) {
  const groups = new Map();
  for (const problem of list)
    groups.set(project(problem.file), [...(groups.get(project(problem.file)) ?? []), problem]);
  return groups;
}
