// Installs llama.cpp, as npm's node-llama-cpp carries it ready built, apart from the repository's own packages.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { artifacts } from '../../../../scripts/lib/paths.mjs';
import { capture } from '../../../../scripts/lib/processes.mjs';

const version = '3.22.1';
const names = { 'darwin-arm64': 'mac-arm64-metal', 'darwin-x64': 'mac-x64', 'win32-x64': 'win-x64', 'win32-arm64': 'win-arm64' };
const platform = `${process.platform}-${process.arch}`;
const binaries = `@node-llama-cpp/${names[platform] ?? platform}`;
const folder = join(artifacts, 'bench', `node-llama-cpp-${version}`);

/** The folder with the peer, or null and a line that says why not. */
export async function preparePeer({ mayInstall }) {
  if (['node-llama-cpp', binaries].every(name => existsSync(join(folder, 'node_modules', name, 'package.json'))))
    return folder;
  if (!mayInstall)
    return null;
  console.error('Installing llama.cpp for comparison…');
  mkdirSync(folder, { recursive: true });
  const dependencies = { 'node-llama-cpp': version, [binaries]: version };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  // The binaries of this platform by name, none of the others; no scripts, which would download and compile.
  const args = ['install', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
  const { code, output } = await capture('npm', args, { cwd: folder });
  if (code === 0)
    return folder;
  console.error(`npm could not install llama.cpp, so there will be nothing to compare with:\n${output.trim()}`);
  return null;
}
