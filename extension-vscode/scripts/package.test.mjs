import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import yauzl from 'yauzl';

const vsix = fileURLToPath(new URL('../../artifacts/qwenide.vsix', import.meta.url));

/** The package's files by name, each with its bytes. */
async function contents() {
  const zip = await promisify(yauzl.open)(vsix, { lazyEntries: true });
  const files = new Map();
  return new Promise((resolve, reject) => {
    zip.on('error', reject).on('end', () => resolve(files)).on('entry', entry => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error);
        const chunks = [];
        stream.on('data', chunk => chunks.push(chunk)).on('error', reject).on('end', () => {
          files.set(entry.fileName, Buffer.concat(chunks));
          zip.readEntry();
        });
      });
    });
    zip.readEntry();
  });
}

describe('The package', () => {
  let files;
  let manifest;
  const text = name => files.get(name).toString('utf8');
  const inside = name => `extension/${name.replace(/^\.\//, '')}`;

  before(async () => {
    files = await contents();
    manifest = JSON.parse(text('extension/package.json'));
  });

  test('holds every file that its manifest names', () => {
    const { viewsContainers, views } = manifest.contributes;
    const icons = [...Object.values(viewsContainers).flat(), ...Object.values(views).flat()].map(view => view.icon);
    for (const name of [manifest.main, manifest.icon, ...icons]) assert.ok(files.has(inside(name)), name);
  });

  test('has a text for every placeholder of its manifest', () => {
    const texts = JSON.parse(text('extension/package.nls.json'));
    const used = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
  });

  test('holds the chat\'s page', () => {
    for (const name of ['chat.js', 'chat.css']) assert.ok(files.has(`extension/dist/webview/${name}`), name);
  });

  test('holds the sidecar, ready to run on any system', () => {
    for (const name of ['qwenide.dll', 'qwenide.deps.json', 'qwenide.runtimeconfig.json']) {
      assert.ok(files.has(`extension/sidecar/${name}`), name);
    }
    const { runtimeOptions } = JSON.parse(text('extension/sidecar/qwenide.runtimeconfig.json'));
    assert.equal(runtimeOptions.framework.name, 'Microsoft.NETCore.App');
    assert.ok(!files.has('extension/sidecar/qwenide') && !files.has('extension/sidecar/qwenide.exe'));
  });

  test('holds every assembly that the sidecar names', () => {
    const { targets } = JSON.parse(text('extension/sidecar/qwenide.deps.json'));
    const named = Object.values(targets).flatMap(target => Object.values(target))
      .flatMap(library => Object.keys(library.runtime ?? {})).map(path => path.split('/').at(-1));
    assert.ok(named.length > 3);
    for (const name of named) assert.ok(files.has(`extension/sidecar/${name}`), name);
  });

  test('holds no native library: models need ONNX Runtime for the user\'s own system, named in the settings', () => {
    const native = [...files.keys()].filter(name => /\.(so|dylib|node)(\.|$)|onnxruntime\/|DirectML|dxcompiler|dxil/i.test(name));
    assert.deepEqual(native, []);
  });

  test('carries its licence, those of what it bundles, and a readme', () => {
    assert.match(text('extension/LICENSE.txt'), /Apache License/);
    assert.match(text('extension/THIRD-PARTY-NOTICES.txt'), /markdown-it[^]*vscode-languageclient[^]*System\.CommandLine/);
    assert.ok(files.has('extension/readme.md'));
    assert.ok(files.has('extension/changelog.md'));
  });

  test('holds no sources, maps, tests or packages of development', () => {
    const stray = [...files.keys()].filter(name => /\.(ts|map|mjs|pdb)$|\/(src|test|scripts|node_modules)\//.test(name));
    assert.deepEqual(stray, []);
    assert.equal(manifest.devDependencies, undefined);
  });

  test('is small enough to be fetched in passing', () => {
    const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0);
    assert.ok(bytes < 60 * 1024 * 1024, `${bytes} bytes`);
  });
});
