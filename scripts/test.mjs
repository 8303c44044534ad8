// npm test: everything, from a clean clone. npm test -- <stage>…: only those stages.
// A failing stage does not stop the later ones. The last line sums all tests up; the exit code says whether all passed.
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { artifacts, root } from './lib/paths.mjs';
import { follow } from './lib/processes.mjs';
import { add, none, readNodeTests, readTrx } from './lib/results.mjs';
import { checkSample } from './lib/sample-check.mjs';
import { checkTools, installPackages, main } from './lib/setup.mjs';

const logs = join(artifacts, 'test');

/** Each stage returns its counts and the failures by name; a throw is one failure. */
const stages = {
  packages: ['npm packages', async () => {
    await installPackages();
    return { counts: none };
  }],
  scripts: ['these scripts', async say => {
    const args = ['--test', '--test-reporter=spec', 'scripts/lib/results.test.mjs'];
    const { code, lines } = await run('scripts', process.execPath, args, say);
    return judge(code, readNodeTests(lines) ?? { counts: none, failures: lines }, 'node --test');
  }],
  build: ['.NET build', async say => {
    const { code, lines } = await run('build', 'dotnet', ['build', 'QwenIde.sln', '-c', 'Release', '-v', 'q'], say);
    return code === 0 ? { counts: none } : fail(lines.filter(line => /: error /.test(line)), 'the solution does not build');
  }],
  samples: ['sample solution', checkSample],
  dotnet: ['.NET tests', async say => {
    const folder = join(logs, 'trx');
    const args = [
      'test', 'QwenIde.sln', '-c', 'Release', '--no-build', '-m:1', '--logger', 'trx', '--results-directory', folder,
      // A test that hangs is ended and named, and the other projects still run.
      '--blame-hang-timeout', '4m', '--blame-hang-dump-type', 'none',
    ];
    const { code } = await run('dotnet', 'dotnet', args, say);
    return judge(code, readTrx(folder), 'dotnet test');
  }],
  extension: ['VS Code extension', say => nodeTests('extension', 'extension-vscode', 'test', say)],
  package: ['packaging', async say => {
    const { code, lines } = await run('package', 'node', ['scripts/package.mjs'], say);
    if (code !== 0)
      return fail(endOf(lines), 'the extension cannot be packaged');
    return nodeTests('package-tests', 'extension-vscode', 'test:package', say);
  }],
  e2e: ['end to end, in a real VS Code', async say => {
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      say('skipped: the editor that is driven comes packaged for Linux x64 only');
      return { counts: { ...none, skipped: 1 } };
    }
    const setup = await run('e2e-setup', 'npm', ['run', '--silent', 'setup', '--workspace', 'tests/e2e'], say);
    return setup.code === 0
      ? nodeTests('e2e', 'tests/e2e', 'test', say)
      : fail(endOf(setup.lines), 'the end-to-end tests could not be set up');
  }],
};

await main(async () => {
  const asked = process.argv.slice(2);
  const unknown = asked.find(name => !(name in stages));
  if (unknown) {
    console.error(`There is no stage "${unknown}"; the stages are ${Object.keys(stages).join(', ')}.`);
    return 2;
  }
  await checkTools();
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });

  const begun = Date.now();
  let total = none;
  for (const [name, [title, body]] of Object.entries(stages)) {
    if (asked.length > 0 && !asked.includes(name))
      continue;
    total = add(total, await runStage(title, body));
  }
  console.log(`\nAll of it took ${duration(Date.now() - begun)}; the logs stand in ${relative(root, logs)}.`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 ? 0 : 1;
});

async function runStage(title, body) {
  const begun = Date.now();
  console.log(`▸ ${title}`);
  let latest = '';
  const heartbeat = setInterval(() => console.log(`    ${duration(Date.now() - begun)} … ${latest.slice(0, 100)}`), 30_000);
  let result;
  try {
    result = await body(line => (latest = line.trim() || latest));
  } catch (error) {
    result = fail([error.message], title);
  } finally {
    clearInterval(heartbeat);
  }

  const { counts, failures = [] } = result;
  for (const failure of failures)
    console.log(`    ✗ ${failure}`);
  const numbers = counts.passed + counts.failed + counts.skipped > 0
    ? `: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`
    : '';
  console.log(`  ${counts.failed === 0 ? '✓' : '✗'} ${title}${numbers} (${duration(Date.now() - begun)})`);
  return counts;
}

function run(name, command, args, say) {
  return follow(command, args, { log: join(logs, `${name}.log`), onLine: say });
}

async function nodeTests(name, workspace, script, say) {
  const { code, lines, timedOut } = await run(name, 'npm', ['run', '--silent', script, '--workspace', workspace], say);
  const found = readNodeTests(lines);
  if (timedOut)
    return fail([...(found?.failures ?? []), 'it ran out of time'], name);
  return found ? judge(code, found, name) : fail(endOf(lines), `${name} ended (exit code ${code}) without running a test`);
}

/** A runner that fails without naming a failed test has still failed; one that ran nothing has too. */
function judge(code, { counts, failures }, name) {
  if (code !== 0 && counts.failed === 0)
    return { counts: { ...counts, failed: 1 }, failures: [...failures, `${name} ended with exit code ${code}`] };
  if (counts.passed + counts.failed + counts.skipped === 0)
    return fail([], `${name} ran no test`);
  return { counts, failures };
}

function fail(details, sentence) {
  return { counts: { ...none, failed: 1 }, failures: [sentence, ...new Set(details.map(line => line.trim()))] };
}

function endOf(lines) {
  return lines.filter(line => line.trim() !== '' && !/^npm (warn|error)/.test(line)).slice(-20);
}

function duration(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
