import * as vscode from 'vscode';
import type { DiagnosticsSetting } from './language/otherServers';

/** The settings, read at the moment of asking; package.json describes them. */
export const config = {
  get diagnostics(): DiagnosticsSetting {
    return read<DiagnosticsSetting>('diagnostics', 'auto');
  },
  get solution(): string {
    return read('solution', '').trim();
  },
  get dotnetPath(): string {
    return read('dotnet.path', '').trim();
  },
  get sidecarPath(): string {
    return read('sidecar.path', '').trim();
  },
};

/** The settings that a running sidecar was started with: when one changes, it is started anew. */
export const startSettings = ['qwenide.diagnostics', 'qwenide.solution', 'qwenide.dotnet.path', 'qwenide.sidecar.path'];

function read<T>(name: string, fallback: T): T {
  return vscode.workspace.getConfiguration('qwenide').get<T>(name, fallback);
}
