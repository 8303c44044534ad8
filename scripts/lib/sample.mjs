// The bundled shop and the problems planted in it; `samples/README.md` says what they are.
import { cpSync, copyFileSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

export const shop = join(root, 'samples', 'Shop');
export const planted = join(root, 'samples', 'Shop.problems');

/** The planted problems, as `samples/problems.json` lists them. */
export const problems = JSON.parse(readFileSync(join(root, 'samples', 'problems.json'), 'utf8'));

/** Lays a fresh working copy of the shop, with or without the planted problems. */
export function layOut(folder, { withProblems }) {
  rmSync(folder, { recursive: true, force: true });
  const isSource = path => !/[\\/](bin|obj)$/.test(path) || !statSync(path).isDirectory();
  cpSync(shop, folder, { recursive: true, filter: isSource });
  if (withProblems)
    cpSync(planted, folder, { recursive: true });
}

/** Puts one file of a working copy into its planted or its sound state. */
export function put(folder, file, { isPlanted }) {
  const target = join(folder, file);
  copyFileSync(join(isPlanted ? planted : shop, file), target);
  const now = new Date();
  utimesSync(target, now, now);
}
