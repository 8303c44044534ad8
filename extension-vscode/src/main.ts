import * as vscode from 'vscode';
import { ChatView } from './chat/view';
import { registerCommands } from './commands';
import { Ctx } from './ctx';

let ctx: Ctx | undefined;

/** Called by the editor when a C# file or folder is opened, or one of our views or commands is used. */
export function activate(context: vscode.ExtensionContext): void {
  ctx = new Ctx(context);
  context.subscriptions.push(
    ctx,
    registerCommands(ctx),
    vscode.window.registerWebviewViewProvider(ChatView.id, ctx.chat),
  );
  // Not awaited: the editor shows the view and the commands at once, and the status says how the start goes.
  void ctx.restart();
}

/** Called by the editor before it ends; it waits a few seconds for the sidecar to end in good order. */
export async function deactivate(): Promise<void> {
  await ctx?.stop();
}
