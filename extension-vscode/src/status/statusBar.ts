import * as vscode from 'vscode';
import type { Summary } from './summary';

const icons: Readonly<Record<Summary['tone'], string>> = {
  busy: '$(loading~spin)',
  good: '$(check)',
  attention: '$(warning)',
  bad: '$(error)',
};

/** The status bar item: how things stand, and the door to more. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('qwenide.status', vscode.StatusBarAlignment.Right, 100);

  public constructor() {
    this.item.name = 'QwenIde';
    this.item.command = 'qwenide.showStatus';
    this.item.show();
  }

  public show({ tone, label, sentence }: Summary): void {
    this.item.text = `${icons[tone]} QwenIde`;
    this.item.accessibilityInformation = { label: `QwenIde: ${label}. ${sentence}`, role: 'button' };
    // Appended as text: the sentence may name files, and file names may look like Markdown.
    this.item.tooltip = new vscode.MarkdownString().appendMarkdown(`**QwenIde** · ${label}\n\n`).appendText(sentence);
    this.item.backgroundColor = tone === 'bad' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
  }

  public dispose(): void {
    this.item.dispose();
  }
}
