import * as vscode from 'vscode';
import { readFromPage, type Footer, type FromPage, type ToPage } from './messages';
import { openLink } from './openLink';
import { chatPage } from './page';
import { pageTexts } from './texts';
import type { Conversation, ConversationEvents } from './conversation';
import type { NextStep } from '../sidecar/setupError';
import type { Transcript } from './transcript';

/** What the chat's buttons do beside asking. */
export type NextSteps = Readonly<Record<Exclude<NextStep, 'askAgain'>, () => void>>;

/** The chat view: a page that shows the transcript and hands on what the user does. */
export class ChatView implements vscode.WebviewViewProvider, ConversationEvents {
  public static readonly id = 'qwenide.chat';
  private view: vscode.WebviewView | undefined;
  private footer: Footer = { text: '', tone: 'busy' };
  private focusWhenReady = false;
  /** Set once, right after construction: the conversation reports to the view. */
  public conversation: Conversation | undefined;

  public constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly transcript: Transcript,
    private readonly nextSteps: NextSteps,
  ) {}

  public resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    view.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview')],
    };
    view.webview.onDidReceiveMessage((message: unknown) => {
      const read = readFromPage(message);
      if (read !== undefined) this.received(read);
    });
    view.onDidDispose(() => (this.view = undefined));
    view.webview.html = chatPage(view.webview, this.extensionUri);
  }

  /** Shows the chat with the caret in its input. */
  public async open(): Promise<void> {
    this.focusWhenReady = true;
    await vscode.commands.executeCommand(`${ChatView.id}.focus`);
    this.post({ type: 'focus' });
  }

  public showFooter(footer: Footer): void {
    this.footer = footer;
    this.post({ type: 'footer', footer });
  }

  /** Shows everything anew, after the conversation was cleared. */
  public refresh(): void {
    this.post({ type: 'everything', turns: this.transcript.turns, footer: this.footer, texts: pageTexts() });
  }

  public changed: ConversationEvents['changed'] = turn => this.post({ type: 'turn', turn });

  public streamed: ConversationEvents['streamed'] = (id, text) => this.post({ type: 'chunk', id, text });

  private received(message: FromPage): void {
    switch (message.type) {
      case 'ready':
        this.refresh();
        if (this.focusWhenReady) this.post({ type: 'focus' });
        this.focusWhenReady = false;
        break;
      case 'ask':
        void this.conversation?.ask(message.text);
        break;
      case 'stop':
        this.conversation?.stop();
        break;
      case 'open':
        void openLink(message.href);
        break;
      case 'copy':
        void vscode.env.clipboard.writeText(message.text);
        break;
      case 'showStatus':
        void vscode.commands.executeCommand('qwenide.showStatus');
        break;
      case 'nextStep':
        this.takeNextStep(message.step, message.id);
        break;
    }
  }

  private takeNextStep(step: NextStep, id: number): void {
    if (step === 'askAgain') {
      const turn = this.transcript.find(id);
      if (turn !== undefined) void this.conversation?.ask(turn.question);
    } else {
      this.nextSteps[step]();
    }
  }

  private post(message: ToPage): void {
    void this.view?.webview.postMessage(message);
  }
}
