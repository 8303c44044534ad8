import * as vscode from 'vscode';
import { Conversation } from './chat/conversation';
import { Transcript } from './chat/transcript';
import { ChatView } from './chat/view';
import { config, startSettings } from './config';
import { SidecarClient } from './language/client';
import { servesDiagnostics } from './language/otherServers';
import { methods, type InitializationOptions, type WorkspaceStatus } from './protocol';
import { Backoff } from './sidecar/backoff';
import { sidecarCommand } from './sidecar/command';
import { SetupError } from './sidecar/setupError';
import { Supervisor, systemClock, type SupervisorState } from './sidecar/supervisor';
import { StatusBar } from './status/statusBar';
import { pickStatus } from './status/statusPicker';
import { summarize, type Summary } from './status/summary';

/** The living extension: owns the sidecar's life, the status and the chat, and lets news flow between them. */
export class Ctx implements vscode.Disposable {
  public readonly log = vscode.window.createOutputChannel('QwenIde', { log: true });
  public readonly chat: ChatView;
  private readonly statusBar = new StatusBar();
  private readonly transcript = new Transcript();
  private readonly conversation: Conversation;
  private readonly supervisor: Supervisor<SidecarClient>;
  private readonly moved = new vscode.EventEmitter<SupervisorState<SidecarClient>>();
  private workspace: WorkspaceStatus | undefined;
  private diagnostics = false;

  public constructor(private readonly extension: vscode.ExtensionContext) {
    this.supervisor = new Supervisor(signal => this.launch(signal), new Backoff(), systemClock, state => this.sidecarMoved(state));
    this.chat = new ChatView(extension.extensionUri, this.transcript, {
      restart: () => void this.restart(),
      showLog: () => this.log.show(),
      openSettings: () => void vscode.commands.executeCommand('workbench.action.openSettings', '@ext:qwenide.qwenide'),
      manageTrust: () => void vscode.commands.executeCommand('workbench.trust.manage'),
    });
    const folder = () => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    this.conversation = new Conversation(this.transcript, signal => this.connect(signal), folder, this.chat);
    this.chat.conversation = this.conversation;
    extension.subscriptions.push(
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.trustGranted()),
      vscode.workspace.onDidChangeConfiguration(change => {
        if (startSettings.some(setting => change.affectsConfiguration(setting))) void this.restart();
      }),
      vscode.extensions.onDidChange(() => {
        if (this.wantsDiagnostics() !== this.diagnostics) void this.restart();
      }),
    );
  }

  /** Starts the sidecar, ending the one that runs. */
  public async restart(): Promise<void> {
    await this.supervisor.start();
  }

  public newChat(): void {
    this.conversation.clear();
    this.chat.refresh();
  }

  public async showStatus(): Promise<void> {
    await pickStatus(this.summary(), this.workspace);
  }

  public async stop(): Promise<void> {
    await this.supervisor.stop();
  }

  public dispose(): void {
    this.moved.dispose();
    this.statusBar.dispose();
    this.log.dispose();
  }

  private async launch(signal: AbortSignal): Promise<SidecarClient> {
    const { extensionPath, globalStorageUri } = this.extension;
    await vscode.workspace.fs.createDirectory(globalStorageUri);
    const command = await sidecarCommand(extensionPath, globalStorageUri.fsPath, this.log, signal);
    this.diagnostics = this.wantsDiagnostics();
    const { solution } = config;
    const options: InitializationOptions = {
      trusted: vscode.workspace.isTrusted,
      diagnostics: this.diagnostics,
      ...(solution !== '' && { solution }),
    };
    const client = await SidecarClient.start(command, options, this.log, {
      status: status => this.workspaceMoved(status),
      update: update => this.conversation.update(update),
    }, signal);
    // Trust may have been granted during the handshake, which told the sidecar otherwise.
    if (!options.trusted && vscode.workspace.isTrusted) await client.sendNotification(methods.trust, { trusted: true });
    return client;
  }

  /** The running sidecar, for a question: waits while one is starting. */
  private async connect(signal: AbortSignal): Promise<SidecarClient> {
    for (;;) {
      signal.throwIfAborted();
      const { state } = this.supervisor;
      if (state.kind === 'running') return state.running;
      if (state.kind === 'failed') {
        throw state.error instanceof SetupError ? state.error : new SetupError(state.reason, ['restart', 'showLog']);
      }
      if (state.kind === 'stopped') throw new SetupError(vscode.l10n.t('The sidecar is not running.'), ['restart']);
      await this.nextMove(signal);
    }
  }

  private nextMove(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const done = () => {
        subscription.dispose();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const subscription = this.moved.event(done);
      signal.addEventListener('abort', done);
    });
  }

  private sidecarMoved(state: SupervisorState<SidecarClient>): void {
    // What the last sidecar said about the workspace says nothing about the next one's.
    if (state.kind !== 'running') this.workspace = undefined;
    if (state.kind === 'waiting') this.log.warn(`${state.reason} Starting again in ${state.delay} ms.`);
    if (state.kind === 'failed') void this.offerNextSteps(state.error);
    this.moved.fire(state);
    this.showSummary();
  }

  private workspaceMoved(status: WorkspaceStatus): void {
    this.workspace = status;
    this.showSummary();
  }

  private trustGranted(): void {
    const { state } = this.supervisor;
    if (state.kind === 'running') void state.running.sendNotification(methods.trust, { trusted: true });
  }

  private summary(): Summary {
    const { state } = this.supervisor;
    return summarize({
      sidecar: state.kind,
      ...('reason' in state && { reason: state.reason }),
      ...(this.workspace !== undefined && { workspace: this.workspace }),
    });
  }

  private showSummary(): void {
    const summary = this.summary();
    this.statusBar.show(summary);
    this.chat.showFooter({ text: summary.sentence, tone: summary.tone });
  }

  private async offerNextSteps(error: Error): Promise<void> {
    this.log.error(error.message);
    const restart = vscode.l10n.t('Restart');
    const showLog = vscode.l10n.t('Show Log');
    const settings = vscode.l10n.t('Open Settings');
    const steps = error instanceof SetupError && error.nextSteps.includes('openSettings') ? [settings] : [];
    const choice = await vscode.window.showErrorMessage(error.message, restart, showLog, ...steps);
    if (choice === restart) await this.restart();
    else if (choice === showLog) this.log.show();
    else if (choice === settings) await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:qwenide.qwenide');
  }

  private wantsDiagnostics(): boolean {
    return servesDiagnostics(config.diagnostics, id => vscode.extensions.getExtension(id) !== undefined);
  }
}
