import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { capture } from './processes.mjs';
import { readNodeTests, readTrx } from './results.mjs';

let folder;
before(() => (folder = mkdtempSync(join(tmpdir(), 'qwenide-results-'))));
after(() => rmSync(folder, { recursive: true }));

async function runNodeTests(reporter) {
  const file = join(folder, 'three.test.mjs');
  writeFileSync(file, `
    import { test } from 'node:test';
    test('one that holds', () => {});
    test('one that does not', () => { throw new Error('no'); });
    test.skip('one left out', () => {});`);
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  return capture(process.execPath, ['--test', `--test-reporter=${reporter}`, file], { env });
}

for (const reporter of ['spec', 'tap']) {
  test(`Node's ${reporter} report is counted, and failures are named`, async () => {
    const { code, output } = await runNodeTests(reporter);
    const { counts, failures } = readNodeTests(output.split('\n'));
    assert.equal(code, 1);
    assert.deepEqual(counts, { passed: 1, failed: 1, skipped: 1 });
    assert.ok(failures.includes('one that does not'), failures.join(', '));
  });
}

test('Output without a report counts as none', () => {
  assert.equal(readNodeTests(['everything is fine', '12 passed']), null);
});

test('Result files of several projects are added up, and failures are named with their first line', () => {
  const results = '<UnitTestResult executionId="1" testName="A&lt;int&gt;.Works" outcome="Passed" />'
    + '<UnitTestResult testName="A.Fails" outcome="Failed"><Output><ErrorInfo><Message>1 &amp; 2 differ\nmore</Message></ErrorInfo></Output></UnitTestResult>'
    + '<UnitTestResult testName="A.Waits" outcome="NotExecuted" />';
  writeFileSync(join(folder, 'a.trx'), `<TestRun>${results}</TestRun>`);
  writeFileSync(join(folder, 'b.trx'), '<TestRun><UnitTestResult testName="B" outcome="Passed" /></TestRun>');
  const { counts, failures, files } = readTrx(folder);
  assert.deepEqual(counts, { passed: 2, failed: 1, skipped: 1 });
  assert.deepEqual(failures, ['A.Fails: 1 & 2 differ']);
  assert.equal(files, 2);
});

test('A run that left no result file counts as nothing', () => {
  assert.deepEqual(readTrx(join(folder, 'absent')).counts, { passed: 0, failed: 0, skipped: 0 });
});
