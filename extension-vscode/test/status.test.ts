import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { csharpServers, servesDiagnostics } from '../src/language/otherServers';
import type { WorkspaceStatus } from '../src/protocol';
import { summarize } from '../src/status/summary';

const workspace: WorkspaceStatus = {
  state: 'ready', message: 'Shop.sln: 5 projects.', version: 3, target: '/code/Shop.sln', stage: 'msbuild', roslyn: '5.9.0',
  trusted: true, projects: [], issues: [],
};

describe('The status', () => {
  test('takes its sentence from the sidecar while that runs', () => {
    assert.deepEqual(summarize({ sidecar: 'running', workspace }), {
      tone: 'good', label: 'Ready', sentence: 'Shop.sln: 5 projects.',
    });
  });

  test('says that the folder is not trusted', () => {
    assert.equal(summarize({ sidecar: 'running', workspace: { ...workspace, trusted: false } }).label, 'Restricted');
  });

  test('draws attention to load errors', () => {
    const issues = [{ severity: 'error', message: 'x', path: null }] as const;
    assert.equal(summarize({ sidecar: 'running', workspace: { ...workspace, issues } }).tone, 'attention');
  });

  test('says why the sidecar does not run', () => {
    const reason = 'It ended by signal SIGKILL.';
    assert.deepEqual(summarize({ sidecar: 'waiting', reason }), { tone: 'busy', label: 'Restarting', sentence: reason });
    assert.deepEqual(summarize({ sidecar: 'failed', reason }), { tone: 'bad', label: 'Failed', sentence: reason });
  });
});

describe('The compiler\'s diagnostics', () => {
  test('are ours when no other C# language server is installed', () => assert.equal(servesDiagnostics('auto', () => false), true));

  for (const server of csharpServers) {
    test(`are left to ${server} where that is installed`, () => assert.equal(servesDiagnostics('auto', id => id === server), false));
  }

  test('are on or off when the user says so', () => {
    assert.equal(servesDiagnostics('on', () => true), true);
    assert.equal(servesDiagnostics('off', () => false), false);
  });
});
