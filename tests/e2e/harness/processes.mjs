// The processes below a process, as Linux tells them.

import { readdirSync, readFileSync } from 'node:fs';

/** All living descendants of a process, each with its command line as one string. */
export function descendants(ancestor) {
  const all = readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap(name => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The second field is the program's name in brackets, which may itself hold spaces and brackets.
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const commandLine = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), commandLine }];
    } catch {
      return []; // It ended while we looked.
    }
  });
  const found = [];
  for (let wave = [ancestor]; wave.length > 0;) {
    const children = all.filter(process => wave.includes(process.parent));
    found.push(...children);
    wave = children.map(child => child.pid);
  }
  return found;
}

export const isSidecar = ({ commandLine }) => /qwenide\.dll serve --stdio/.test(commandLine);

/** A process that evaluates or builds projects, which is running the folder's code. */
export const isBuild = ({ commandLine }) => /BuildHost|MSBuild|VBCSCompiler|dotnet (build|msbuild|restore)/i.test(commandLine);

/** Notes every kind of process that ever lives below an ancestor, until stopped. */
export function watchDescendants(ancestor) {
  const seen = new Map();
  const look = () => descendants(ancestor).forEach(process => seen.set(process.commandLine, process));
  const timer = setInterval(look, 150).unref();
  return {
    seen: () => [...seen.values()],
    stop: () => clearInterval(timer),
  };
}
