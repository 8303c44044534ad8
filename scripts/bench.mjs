// npm run bench -- <solution>…: measures on checkouts of real solutions.
// npm run bench -- engine [--quick]: measures the engine against llama.cpp.
// bench/README.md says what and how.
import { join } from 'node:path';
import { preparePeer } from '../bench/QwenIde.Bench.Engine/Contenders/Peer/prepare.mjs';
import { artifacts, callerFolder, root } from './lib/paths.mjs';
import { capture, show } from './lib/processes.mjs';
import { checkTools, main, SetupError } from './lib/setup.mjs';

const engineCommands = ['engine'];

await main(async () => {
  const dotnetRoot = await checkTools();
  const args = process.argv.slice(2);
  const isEngine = engineCommands.includes(args[0]);
  const name = isEngine ? 'QwenIde.Bench.Engine' : 'QwenIde.Bench';
  const project = join(root, 'bench', name, `${name}.csproj`);
  const { code, output } = await capture('dotnet', ['build', project, '-c', 'Release', '-v', 'q', '-clp:NoSummary']);
  if (code !== 0)
    throw new SetupError(`The benchmark does not build:\n${output.trim()}`);
  if (isEngine)
    args.push(...await engineArguments(args));
  const file = join(root, 'bench', name, 'bin', 'Release', 'net10.0', process.platform === 'win32' ? `${name}.exe` : name);
  return show(file, args, { cwd: callerFolder, env: { ...process.env, DOTNET_ROOT: dotnetRoot } });
});

async function engineArguments(args) {
  const more = ['--node', process.execPath];
  if (!args.includes('--out'))
    more.push('--out', join(artifacts, 'bench'));
  if (!args.includes('--peer')) {
    const peer = await preparePeer({ mayInstall: !args.includes('--quick') });
    if (peer)
      more.push('--peer', peer);
  }
  return more;
}
