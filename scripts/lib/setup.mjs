// What must be there before anything else: Node, the .NET SDK, the npm packages, the sidecar.
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { artifacts, root, sidecarOutput, sidecarProject } from './paths.mjs';
import { capture, show } from './processes.mjs';

const nodeNeeded = 20;
const sdkNeeded = 10;

const sidecarFile = join(sidecarOutput, process.platform === 'win32' ? 'qwenide.exe' : 'qwenide');

/** A condition that the user must mend; its message is one sentence and no stack is shown. */
export class SetupError extends Error {}

/** Finds the .NET SDK and returns the root of its installation. */
export async function checkTools() {
  const node = Number.parseInt(process.versions.node, 10);
  if (node < nodeNeeded)
    throw new SetupError(`Node ${nodeNeeded} or newer is needed, and this is ${process.versions.node}: install one from nodejs.org.`);

  // From a neutral folder, so that no global.json has a say.
  const sdks = await capture('dotnet', ['--list-sdks'], { cwd: tmpdir() }).catch(() => null);
  const fitting = (sdks?.output ?? '').split('\n')
    .map(line => /^(\d+)\.\S+ \[(.+)\]/.exec(line))
    .filter(match => match && Number(match[1]) >= sdkNeeded);
  if (fitting.length === 0)
    throw new SetupError(`The .NET SDK ${sdkNeeded} or newer is needed and \`dotnet --list-sdks\` shows none: install it from dot.net.`);
  return dirname(fitting.at(-1)[2]);
}

/** Installs the npm packages, unless those of this very lock file are there. */
export async function installPackages() {
  const lock = join(root, 'package-lock.json');
  const stamp = join(root, 'node_modules', '.qwenide-lock');
  const wanted = createHash('sha256').update(existsSync(lock) ? readFileSync(lock) : '').digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)
    return;
  console.log('Installing npm packages…');
  const code = await show('npm', [existsSync(lock) ? 'ci' : 'install', '--no-audit', '--no-fund', '--loglevel', 'error']);
  if (code !== 0)
    throw new SetupError(`npm could not install the packages (exit code ${code}); the lines above say why.`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Builds the sidecar, unless it is newer than all of its sources. */
export async function buildSidecar() {
  // Packaging publishes without the executable, and takes it away here too.
  const built = join(sidecarOutput, 'qwenide.dll');
  if (existsSync(built) && existsSync(sidecarFile) && statSync(built).mtimeMs > newestSource() && hasModelRuntime())
    return;
  console.log('Building the sidecar…');
  const args = ['build', sidecarProject, '-c', 'Release', '-v', 'q', '-clp:NoSummary'];
  const { code, output } = await capture('dotnet', args);
  if (code !== 0)
    throw new SetupError(`The sidecar does not build:\n${output.trim()}`);
}

/** How to start the sidecar: its own executable, so that no `dotnet` command ever runs in the user's folder. */
export function sidecarCommand(dotnetRoot) {
  return { file: sidecarFile, env: { ...process.env, DOTNET_ROOT: dotnetRoot } };
}

/** Whether ONNX Runtime stands beside the sidecar, or the packages have none for this machine. */
function hasModelRuntime() {
  const offered = join(root, 'node_modules', 'onnxruntime-node', 'bin', 'napi-v6', process.platform, process.arch);
  return !existsSync(offered) || existsSync(join(sidecarOutput, 'onnxruntime'));
}

function newestSource() {
  const kinds = new Set(['.cs', '.csproj', '.props', '.targets', '.json']);
  const skipped = new Set(['bin', 'obj', 'node_modules']);
  let newest = 0;
  const visit = folder => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !skipped.has(entry.name))
        visit(path);
      else if (entry.isFile() && kinds.has(extname(entry.name)))
        newest = Math.max(newest, statSync(path).mtimeMs);
    }
  };
  visit(join(root, 'src'));
  visit(join(root, 'sidecar'));
  for (const name of ['Directory.Build.props', 'Directory.Packages.props'])
    newest = Math.max(newest, statSync(join(root, name)).mtimeMs);
  return newest;
}

/** Runs a script's body; a SetupError becomes its sentence and exit code 2. */
export async function main(body) {
  try {
    mkdirSync(artifacts, { recursive: true });
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    if (!(error instanceof SetupError))
      throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
