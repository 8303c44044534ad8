import * as vscode from 'vscode';
import { ChatView } from './chat/view';
import type { Ctx } from './ctx';

/** Registers the commands that package.json contributes. */
export function registerCommands(ctx: Ctx): vscode.Disposable {
  const commands: Readonly<Record<string, () => unknown>> = {
    'qwenide.openChat': () => ctx.chat.open(),
    'qwenide.newChat': () => ctx.newChat(),
    'qwenide.restart': () => ctx.restart(),
    'qwenide.showStatus': () => ctx.showStatus(),
    'qwenide.showLog': () => ctx.log.show(),
    'qwenide.moveChatToActivityBar': () => moveChat('workbench.view.extension.qwenide-activity'),
    'qwenide.moveChatToSecondarySideBar': () => moveChat('workbench.view.extension.qwenide'),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run)),
  );
}

async function moveChat(destinationId: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.moveViews', { viewIds: [ChatView.id], destinationId });
  await vscode.commands.executeCommand(`${ChatView.id}.focus`);
}
