import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * The chat's page. Its policy lets in one script of ours and one style sheet of ours, and nothing out: no request can leave
 * the page, whatever an answer contains.
 */
export function chatPage(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
    `connect-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${file('chat.css')}">
  <title>QwenIde</title>
</head>
<body>
  <div id="chat"></div>
  <script nonce="${nonce}" src="${file('chat.js')}"></script>
</body>
</html>`;
}
