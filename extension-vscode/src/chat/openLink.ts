import * as vscode from 'vscode';
import { parseLink } from './links';

/** Follows a link of an answer: a file of the workspace in the editor, anything else after a question. */
export async function openLink(href: string): Promise<void> {
  const link = parseLink(href);
  if (link === undefined) {
    void vscode.window.showWarningMessage(vscode.l10n.t('This link is not opened: only files and https addresses are.'));
    return;
  }
  if (link.kind === 'web') {
    // The editor itself asks before it leaves for an address the user does not trust.
    await vscode.env.openExternal(vscode.Uri.parse(link.url, true));
    return;
  }
  const uri = vscode.Uri.file(link.path);
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined && !(await confirmed(uri))) return;
  const position = new vscode.Position((link.line ?? 1) - 1, (link.column ?? 1) - 1);
  try {
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position) });
  } catch {
    void vscode.window.showErrorMessage(vscode.l10n.t('"{0}" cannot be opened. It may have been moved or deleted.', uri.fsPath));
  }
}

async function confirmed(uri: vscode.Uri): Promise<boolean> {
  const open = vscode.l10n.t('Open');
  const question = vscode.l10n.t('Open a file outside of this workspace?');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail: uri.fsPath }, open)) === open;
}
