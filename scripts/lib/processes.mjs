// Starting other programs: quietly, in sight, or with their lines passed on.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { root } from './paths.mjs';

const isWindows = process.platform === 'win32';

/** .NET's command line without banners and telemetry, and with English messages, which the scripts read. */
export const environment = {
  ...process.env,
  DOTNET_NOLOGO: '1',
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_CLI_UI_LANGUAGE: 'en',
  MSBUILDDISABLENODEREUSE: '1',
};

const children = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of children)
      end(child, signal);
    process.exit(130);
  });
}

function start(command, args, options) {
  // On Windows npm and npx are batch files, which only a shell can start; arguments are the scripts' own.
  const shell = isWindows && /^(npm|npx)$/.test(command);
  const child = spawn(command, args, { cwd: root, env: environment, shell, ...options });
  child.leadsGroup = options.detached === true;
  children.add(child);
  child.on('close', () => children.delete(child));
  return child;
}

function ended(child, command) {
  return new Promise((resolve, reject) => {
    child.on('error', error => reject(error.code === 'ENOENT' ? new Error(`\`${command}\` is not on the PATH.`) : error));
    child.on('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

/** Runs a program on this terminal and returns its exit code. */
export function show(command, args, options = {}) {
  return ended(start(command, args, { stdio: 'inherit', ...options }), command);
}

/** Runs a program and returns its exit code and all of its output. */
export async function capture(command, args, options = {}) {
  const child = start(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => (output += text));
  return { code: await ended(child, command), output };
}

/**
 * Runs a program, writes its output to a log file and hands each line to `onLine` as it comes.
 * Past `limitMinutes` the program is ended and counts as failed.
 */
export async function follow(command, args, { log, onLine, limitMinutes = 15, ...options }) {
  const child = start(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: !isWindows, ...options });
  const file = createWriteStream(log);
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', line => {
      lines.push(line);
      file.write(`${line}\n`);
      onLine?.(line);
    });
  }

  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    end(child, 'SIGKILL');
  }, limitMinutes * 60_000);
  try {
    const code = await ended(child, command);
    return { code: timedOut ? 1 : code, lines, timedOut };
  } finally {
    clearTimeout(timer);
    await new Promise(resolve => file.end(resolve));
  }
}

/** Ends a program; one that leads a group of its own, with everything that it started. */
function end(child, signal) {
  try {
    if (child.leadsGroup)
      process.kill(-child.pid, signal);
    else
      child.kill(signal);
  } catch {
    // It has just ended by itself.
  }
}
