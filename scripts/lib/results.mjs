// Counting tests: from VSTest's result files, and from what Node's test runner prints.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const none = Object.freeze({ passed: 0, failed: 0, skipped: 0 });

export const add = (left, right) => ({
  passed: left.passed + right.passed,
  failed: left.failed + right.failed,
  skipped: left.skipped + right.skipped,
});

/** Counts the results in a folder of .trx files and collects the failures, each as `name: message`. */
export function readTrx(folder) {
  const counts = { ...none };
  const failures = [];
  const files = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.trx')) : [];
  for (const name of files) {
    const text = readFileSync(join(folder, name), 'utf8');
    for (const [tag] of text.matchAll(/<UnitTestResult\b[^>]*>/g)) {
      const outcome = attribute(tag, 'outcome');
      if (outcome === 'Passed')
        counts.passed++;
      else if (outcome === 'NotExecuted')
        counts.skipped++;
      else
        counts.failed++;
    }
    for (const [result] of text.matchAll(/<UnitTestResult\b[^>]*outcome="Failed"[^>]*>[\s\S]*?<\/UnitTestResult>/g)) {
      const message = /<Message>([\s\S]*?)<\/Message>/.exec(result)?.[1] ?? '';
      failures.push(`${decode(attribute(result, 'testName'))}: ${decode(message).trim().split('\n')[0]}`);
    }
  }
  return { counts, failures, files: files.length };
}

/** Counts what `node --test` reports at its end, once or several times; null if nothing of the kind was printed. */
export function readNodeTests(lines) {
  const counts = { ...none };
  const failures = [];
  let seen = false;
  for (const line of lines) {
    const count = /^\s*[ℹ#] (pass|fail|cancelled|skipped|todo) (\d+)\s*$/.exec(line);
    if (count) {
      seen = true;
      const kind = { pass: 'passed', fail: 'failed', cancelled: 'failed', skipped: 'skipped', todo: 'skipped' }[count[1]];
      counts[kind] += Number(count[2]);
    }
    const failure = /^\s*(?:✖|not ok \d+ -) (.+?)(?: \([\d.]+m?s\))?$/.exec(line);
    if (failure && failure[1] !== 'failing tests:' && !failures.includes(failure[1]))
      failures.push(failure[1]);
  }
  return seen ? { counts, failures } : null;
}

const attribute = (tag, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';

const decode = text => text
  .replace(/&#x([0-9A-Fa-f]+);/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
  .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, '\'').replace(/&amp;/g, '&');
