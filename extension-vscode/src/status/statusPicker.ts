import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { WorkspaceStatus } from '../protocol';
import type { Summary } from './summary';

interface Choice extends vscode.QuickPickItem {
  readonly run?: () => Thenable<unknown>;
}

const severityIcons = { error: '$(error)', warning: '$(warning)', information: '$(info)', hint: '$(lightbulb)' } as const;

/** Shows what is loaded and what is amiss; choosing an entry opens the file or runs the command. */
export async function pickStatus(summary: Summary, workspace: WorkspaceStatus | undefined): Promise<void> {
  const choice = await vscode.window.showQuickPick<Choice>(
    [...issues(workspace), ...projects(workspace), ...commands()],
    { title: `QwenIde: ${summary.label}`, placeHolder: summary.sentence, matchOnDescription: true, matchOnDetail: true },
  );
  await choice?.run?.();
}

function issues(workspace: WorkspaceStatus | undefined): Choice[] {
  const found = workspace?.issues ?? [];
  if (found.length === 0) return [];
  return [
    separator(vscode.l10n.t('Issues')),
    ...found.map(({ severity, message, path }) => ({
      label: `${severityIcons[severity]} ${path === null ? 'QwenIde' : basename(path)}`,
      detail: message,
      ...(path !== null && { run: () => openFile(path) }),
    })),
  ];
}

function projects(workspace: WorkspaceStatus | undefined): Choice[] {
  const found = workspace?.projects ?? [];
  if (found.length === 0) return [];
  return [
    separator(vscode.l10n.t('Projects')),
    ...found.map(({ name, path, targetFramework, documents, missingPackages }) => ({
      label: `$(project) ${name}`,
      description: vscode.l10n.t('{0}, {1} files', targetFramework, documents),
      ...(missingPackages.length > 0 && { detail: vscode.l10n.t('Not restored: {0}', missingPackages.join(', ')) }),
      run: () => openFile(path),
    })),
  ];
}

function commands(): Choice[] {
  const command = (label: string, id: string): Choice => ({ label, run: () => vscode.commands.executeCommand(id) });
  return [
    separator(vscode.l10n.t('Commands')),
    command(`$(comment-discussion) ${vscode.l10n.t('Open Chat')}`, 'qwenide.openChat'),
    command(`$(debug-restart) ${vscode.l10n.t('Restart Sidecar')}`, 'qwenide.restart'),
    command(`$(output) ${vscode.l10n.t('Show Log')}`, 'qwenide.showLog'),
    ...(vscode.workspace.isTrusted
      ? []
      : [command(`$(shield) ${vscode.l10n.t('Manage Workspace Trust')}`, 'workbench.trust.manage')]),
  ];
}

function separator(label: string): Choice {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function openFile(path: string): Thenable<unknown> {
  return vscode.window.showTextDocument(vscode.Uri.file(path));
}
