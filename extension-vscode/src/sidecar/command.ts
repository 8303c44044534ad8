import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import type * as vscode from 'vscode';
import { config } from '../config';
import { buildSidecar } from './development';
import { findDotnet } from './dotnet';
import { locateSidecar } from './locator';
import { SetupError } from './setupError';

/** What to start, and where. */
export interface SidecarCommand {
  readonly executable: string;
  readonly arguments: readonly string[];
  /** A folder of ours: `dotnet` obeys files such as global.json in its working directory and above. */
  readonly workingDirectory: string;
}

/** Finds, and in a development checkout builds, the sidecar. Throws {@link SetupError} with what the user can do. */
export async function sidecarCommand(
  extensionPath: string,
  workingDirectory: string,
  log: vscode.LogOutputChannel,
  signal: AbortSignal,
): Promise<SidecarCommand> {
  const serve = ['serve', '--stdio'];
  const location = locateSidecar({ configured: config.sidecarPath, extensionPath, exists: existsSync });
  switch (location.kind) {
    case 'notFound':
      throw new SetupError(location.message, ['openSettings', 'showLog']);
    case 'executable':
      return { executable: location.path, arguments: serve, workingDirectory };
    case 'assembly':
      return { executable: dotnet(), arguments: ['exec', location.path, ...serve], workingDirectory };
    case 'project': {
      const executable = dotnet();
      const assembly = await buildSidecar(executable, location.project, workingDirectory, log, signal);
      return { executable, arguments: ['exec', assembly, ...serve], workingDirectory };
    }
  }
}

function dotnet(): string {
  const result = findDotnet({
    configured: config.dotnetPath,
    environment: process.env,
    platform: process.platform,
    home: homedir(),
    exists: existsSync,
  });
  if (result.kind === 'notFound') throw new SetupError(result.message, ['openSettings', 'restart']);
  return result.path;
}
