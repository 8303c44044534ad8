import { spawn } from 'node:child_process';
import * as vscode from 'vscode';
import { sidecarEnvironment } from './environment';
import { SetupError } from './setupError';

/** Builds the sidecar's project in a development checkout, with progress; returns the path of its assembly. */
export async function buildSidecar(
  dotnet: string,
  project: string,
  workingDirectory: string,
  log: vscode.LogOutputChannel,
  signal: AbortSignal,
): Promise<string> {
  const title = vscode.l10n.t('QwenIde: building the sidecar');
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (_progress, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => cancel.abort());
    log.info(`Building ${project}`);
    const build = ['build', project, '--nologo', '-t:Build', '-getProperty:TargetPath'];
    const output = await run(dotnet, build, workingDirectory, AbortSignal.any([signal, cancel.signal]), log);
    const assembly = output.trim().split('\n').at(-1)?.trim() ?? '';
    if (assembly === '') throw new SetupError('The sidecar was built, but its assembly was not named.', ['showLog']);
    return assembly;
  });
}

function run(command: string, args: string[], cwd: string, signal: AbortSignal, log: vscode.LogOutputChannel): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, signal, env: sidecarEnvironment(process.env), windowsHide: true });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => log.error(text.trimEnd()));
    child.on('error', error => reject(signal.aborted
      ? new SetupError(vscode.l10n.t('Building the sidecar was cancelled.'), ['restart'])
      : error));
    child.on('close', code => {
      if (code === 0) {
        resolve(output);
      } else {
        log.error(output.trimEnd());
        reject(new SetupError(vscode.l10n.t('The sidecar could not be built; the log says why.'), ['showLog', 'restart']));
      }
    });
  });
}
