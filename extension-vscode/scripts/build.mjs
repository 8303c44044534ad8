// Bundles the extension host's code, the chat's page and the tests into dist/.
//   node scripts/build.mjs [--production] [--watch]

import { build, context } from 'esbuild';
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** Builds into dist/ and returns what went into the shipped bundles (esbuild's metafile inputs). */
export async function bundle({ production = false, watch = false } = {}) {
  const common = {
    absWorkingDir: root,
    bundle: true,
    logLevel: 'warning',
    metafile: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
  };
  const host = {
    ...common,
    entryPoints: { main: 'src/main.ts' },
    outdir: 'dist',
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode'],
    // The packages' CommonJS entries (main) are UMD; their ES modules bundle cleanly.
    mainFields: ['module', 'main'],
  };
  const page = {
    ...common,
    entryPoints: { chat: 'webview/chat.ts' },
    outdir: 'dist/webview',
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
  };
  const tests = {
    ...common,
    entryPoints: (await readdir(join(root, 'test'))).filter(name => name.endsWith('.test.ts')).map(name => `test/${name}`),
    outdir: 'dist/test',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: false,
  };

  await rm(dist, { recursive: true, force: true });
  await mkdir(join(dist, 'webview'), { recursive: true });
  await copyFile(join(root, 'webview', 'chat.css'), join(dist, 'webview', 'chat.css'));
  if (watch) {
    await Promise.all([host, page].map(async options => (await context({ ...options, logLevel: 'info' })).watch()));
    return {};
  }
  const shipped = await Promise.all([build(host), build(page)]);
  if (!production) await build(tests);
  return Object.assign({}, ...shipped.map(result => result.metafile.inputs));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundle({ production: process.argv.includes('--production'), watch: process.argv.includes('--watch') });
}
