import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Backoff } from '../src/sidecar/backoff';
import { findDotnet, type DotnetSearch } from '../src/sidecar/dotnet';
import { sidecarEnvironment } from '../src/sidecar/environment';
import { locateSidecar } from '../src/sidecar/locator';
import { logLine } from '../src/sidecar/logLine';

const limits = { firstDelay: 500, maximumDelay: 3000, window: 60_000, limit: 5 };

describe('Back-off', () => {
  test('doubles the pause with each crash, up to a maximum', () => {
    const backoff = new Backoff(limits);
    assert.deepEqual([0, 1, 2, 3].map(now => backoff.crashed(now)), [500, 1000, 2000, 3000]);
  });

  test('gives up at the limit within the window', () => {
    const backoff = new Backoff(limits);
    assert.deepEqual([0, 1, 2, 3, 4].map(now => backoff.crashed(now)).at(-1), undefined);
  });

  test('forgets crashes that are older than the window', () => {
    const backoff = new Backoff(limits);
    for (const now of [0, 1, 2]) backoff.crashed(now);
    assert.equal(backoff.crashed(60_003), 500);
  });

  test('begins anew when a person asks for a start', () => {
    const backoff = new Backoff(limits);
    for (const now of [0, 1, 2, 3, 4]) backoff.crashed(now);
    backoff.reset();
    assert.equal(backoff.crashed(5), 500);
  });
});

describe('The search for dotnet', () => {
  const search = (part: Partial<DotnetSearch>, ...files: string[]) => findDotnet({
    configured: '', environment: {}, platform: 'linux', home: '/home/me', exists: path => files.includes(path), ...part,
  });

  test('takes the setting before everything else', () => {
    const result = search({ configured: '/my/dotnet', environment: { DOTNET_ROOT: '/root' } }, '/my/dotnet', '/root/dotnet');
    assert.deepEqual(result, { kind: 'found', path: '/my/dotnet' });
  });

  test('says so when the setting names nothing, or no absolute path', () => {
    assert.deepEqual(search({ configured: '/my/dotnet' }, '/usr/share/dotnet/dotnet'), {
      kind: 'notFound', message: 'The setting qwenide.dotnet.path names "/my/dotnet", which does not exist.',
    });
    assert.equal(search({ configured: 'dotnet' }, '/usr/share/dotnet/dotnet').kind, 'notFound');
  });

  test('goes through DOTNET_ROOT, PATH and the usual folders in this order', () => {
    const environment = { DOTNET_ROOT: '/root', PATH: '/a:/b' };
    const files = ['/root/dotnet', '/b/dotnet', '/usr/share/dotnet/dotnet', '/home/me/.dotnet/dotnet'];
    for (let gone = 0; gone < files.length; gone++) {
      assert.deepEqual(search({ environment }, ...files.slice(gone)), { kind: 'found', path: files[gone] });
    }
  });

  test('never runs a dotnet that a relative entry of PATH would find in the opened folder', () => {
    assert.equal(search({ environment: { PATH: '.:bin:' } }, 'dotnet', './dotnet', 'bin/dotnet').kind, 'notFound');
  });

  test('knows Windows', () => {
    const windows = { platform: 'win32', home: 'C:\\Users\\me' } as const;
    assert.deepEqual(
      search({ ...windows, environment: { Path: 'C:\\a;D:\\b' } }, 'D:\\b\\dotnet.exe'), { kind: 'found', path: 'D:\\b\\dotnet.exe' });
    assert.deepEqual(search(windows, 'C:\\Program Files\\dotnet\\dotnet.exe'), {
      kind: 'found', path: 'C:\\Program Files\\dotnet\\dotnet.exe',
    });
  });

  test('says what to do when there is none', () => {
    const result = search({});
    assert.ok(result.kind === 'notFound' && result.message.includes('qwenide.dotnet.path'));
  });
});

describe('The search for the sidecar', () => {
  const search = (configured: string, ...files: string[]) =>
    locateSidecar({ configured, extensionPath: '/code/extension-vscode', exists: path => files.includes(path) });
  const bundled = '/code/extension-vscode/sidecar/qwenide.dll';
  const project = '/code/sidecar/QwenIde.Sidecar.csproj';

  test('takes the setting first: an assembly or an executable', () => {
    assert.deepEqual(search('/x/qwenide.dll', '/x/qwenide.dll', bundled), { kind: 'assembly', path: '/x/qwenide.dll' });
    assert.deepEqual(search('/x/qwenide', '/x/qwenide'), { kind: 'executable', path: '/x/qwenide' });
  });

  test('takes the bundled one, and builds only in a development checkout', () => {
    assert.deepEqual(search('', bundled, project), { kind: 'assembly', path: bundled });
    assert.deepEqual(search('', project), { kind: 'project', project });
  });

  test('says what is wrong', () => {
    for (const result of [search('qwenide.dll', 'qwenide.dll'), search('/x/qwenide.dll'), search('')]) {
      assert.ok(result.kind === 'notFound' && result.message.endsWith('.'));
    }
  });
});

describe('A line of the sidecar\'s standard error', () => {
  test('carries its level', () => {
    assert.deepEqual(logLine('09:00:00.123 warn  Two projects were skipped.'), { level: 'warn', text: 'Two projects were skipped.' });
    assert.deepEqual(logLine('09:00:00.123 fatal No memory.'), { level: 'error', text: 'No memory.' });
  });

  test('is an error when it has none, as the runtime\'s own last words have not', () => {
    const words = 'You must install or update .NET to run this application.';
    assert.deepEqual(logLine(words), { level: 'error', text: words });
  });

  test('is a detail of the line before when it is indented', () => {
    assert.deepEqual(logLine('   at Shop.Order.Add()'), { level: 'info', text: '   at Shop.Order.Add()' });
  });
});

test('The sidecar does not inherit the editor\'s switches, and the SDK it runs sends no telemetry', () => {
  assert.deepEqual(sidecarEnvironment({ PATH: '/bin', ELECTRON_RUN_AS_NODE: '1' }), {
    PATH: '/bin', DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1',
  });
});
