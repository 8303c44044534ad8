import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import type * as vscode from 'vscode';
import type { SidecarCommand } from './command';
import { sidecarEnvironment } from './environment';
import { logLine } from './logLine';

/** How long the sidecar may take to end by itself after its standard input was closed, in milliseconds. */
const graceful = 3000;

/** The sidecar as an operating-system process; its standard error goes to the log. */
export class SidecarProcess {
  /** Settles with a sentence when the process has ended. */
  public readonly exited: Promise<string>;
  private lastWords = '';

  private constructor(private readonly child: ChildProcessWithoutNullStreams, log: vscode.LogOutputChannel) {
    // Writing to a process that has just ended is reported through its exit.
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stderr, crlfDelay: Infinity }).on('line', line => {
      const { level, text } = logLine(line);
      if (level === 'error') this.lastWords = text;
      log[level](text);
    });
    this.exited = new Promise(resolve => {
      child.on('error', error => resolve(`The sidecar could not be started: ${error.message}.`));
      child.on('close', (code, signal) => resolve(this.sentence(code, signal)));
    });
  }

  public static start(command: SidecarCommand, log: vscode.LogOutputChannel): SidecarProcess {
    log.info(`Starting ${[command.executable, ...command.arguments].join(' ')}`);
    const child = spawn(command.executable, command.arguments, {
      cwd: command.workingDirectory,
      env: sidecarEnvironment(process.env),
      windowsHide: true,
    });
    return new SidecarProcess(child, log);
  }

  public get input(): NodeJS.WritableStream {
    return this.child.stdin;
  }

  public get output(): NodeJS.ReadableStream {
    return this.child.stdout;
  }

  /** Ends the process: by closing its input, then, if it lingers, by force. */
  public async end(): Promise<void> {
    this.child.stdin.end();
    const timer = setTimeout(() => this.child.kill('SIGKILL'), graceful);
    await this.exited;
    clearTimeout(timer);
  }

  private sentence(code: number | null, signal: NodeJS.Signals | null): string {
    const how = signal === null ? `with exit code ${code ?? 'unknown'}` : `by signal ${signal}`;
    return `The sidecar ended ${how}.${this.lastWords === '' ? '' : ` Its last words: ${this.lastWords}`}`;
  }
}
