import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, State, type LanguageClientOptions } from 'vscode-languageclient/node';
import type { Connection } from '../chat/conversation';
import { methods, type InitializationOptions, type SessionUpdate, type WorkspaceStatus } from '../protocol';
import type { SidecarCommand } from '../sidecar/command';
import { SidecarProcess } from '../sidecar/process';
import type { Running } from '../sidecar/supervisor';

const watched = '**/*.{cs,csproj,sln,slnx,props,targets}';

export interface ClientEvents {
  readonly status: (status: WorkspaceStatus) => void;
  readonly update: (update: SessionUpdate) => void;
}

/** Reports to the log only: what the user has to know is said once, by the status and the chat. */
class QuietLanguageClient extends LanguageClient {
  public override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** One life of the sidecar with the language client on top. */
export class SidecarClient implements Connection, Running {
  public readonly closed: Promise<string>;
  private over = false;

  private constructor(
    private readonly client: LanguageClient,
    private readonly process: SidecarProcess,
    private readonly resources: readonly vscode.Disposable[],
  ) {
    this.closed = process.exited.then(async reason => {
      await this.release();
      return reason;
    });
  }

  /** Starts the process and the handshake; throws when either fails. */
  public static async start(
    command: SidecarCommand,
    options: InitializationOptions,
    log: vscode.LogOutputChannel,
    events: ClientEvents,
    signal: AbortSignal,
  ): Promise<SidecarClient> {
    const process = SidecarProcess.start(command, log);
    const watcher = vscode.workspace.createFileSystemWatcher(watched);
    const transports = () => Promise.resolve({ reader: process.output, writer: process.input });
    const client = new QuietLanguageClient('qwenide', 'QwenIde', transports, clientOptions(options, log, watcher));
    const started = new SidecarClient(client, process, [watcher]);
    client.onNotification(methods.status, events.status);
    client.onNotification(methods.update, events.update);

    const abort = () => void process.end();
    signal.addEventListener('abort', abort);
    try {
      await client.start();
      return started;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error(`The handshake with the sidecar failed: ${reason}`);
      await process.end();
      throw new Error(await started.closed, { cause: error });
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  public get ended(): boolean {
    return this.over;
  }

  public sendRequest<R>(method: string, parameters: unknown): Promise<R> {
    return this.client.sendRequest<R>(method, parameters);
  }

  public sendNotification(method: string, parameters: unknown): Promise<void> {
    return this.client.sendNotification(method, parameters);
  }

  public async stop(): Promise<void> {
    if (this.client.state === State.Running) await this.client.stop().catch(() => undefined);
    await this.process.end();
    await this.closed;
  }

  private async release(): Promise<void> {
    this.over = true;
    for (const resource of this.resources) resource.dispose();
    // Takes away its diagnostics and providers; a client whose connection has died refuses, and has done so already.
    await this.client.dispose().catch(() => undefined);
  }
}

function clientOptions(
  initializationOptions: InitializationOptions,
  outputChannel: vscode.LogOutputChannel,
  fileEvents: vscode.FileSystemWatcher,
): LanguageClientOptions {
  return {
    documentSelector: [{ scheme: 'file', language: 'csharp' }],
    outputChannel,
    traceOutputChannel: outputChannel,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions,
    initializationFailedHandler: () => false,
    synchronize: { fileEvents },
    diagnosticPullOptions: { onChange: true, onSave: true, onFocus: true, onTabs: false },
    // The supervisor starts a fresh client instead: settings and trust may have changed meanwhile.
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
    },
  };
}
