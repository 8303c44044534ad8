// Runs the bundled tests. Their files are named one by one: node --test reads neither folders nor patterns alike in all
// the versions of Node that we support.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../dist/test', import.meta.url));
const files = readdirSync(folder).filter(name => name.endsWith('.test.js')).map(name => join(folder, name));
const { status } = spawnSync(process.execPath, ['--test', '--test-reporter=spec', ...files], { stdio: 'inherit' });
process.exit(status ?? 1);
