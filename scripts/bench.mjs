// npm run bench -- <solution>…: measures on checkouts of real solutions; bench/README.md says which and how.
import { join } from 'node:path';
import { callerFolder, root } from './lib/paths.mjs';
import { capture, show } from './lib/processes.mjs';
import { checkTools, main, SetupError } from './lib/setup.mjs';

const project = join(root, 'bench', 'QwenIde.Bench', 'QwenIde.Bench.csproj');

await main(async () => {
  const dotnetRoot = await checkTools();
  const { code, output } = await capture('dotnet', ['build', project, '-c', 'Release', '-v', 'q', '-clp:NoSummary']);
  if (code !== 0)
    throw new SetupError(`The benchmark does not build:\n${output.trim()}`);
  const name = process.platform === 'win32' ? 'QwenIde.Bench.exe' : 'QwenIde.Bench';
  const file = join(root, 'bench', 'QwenIde.Bench', 'bin', 'Release', 'net10.0', name);
  return show(file, process.argv.slice(2), { cwd: callerFolder, env: { ...process.env, DOTNET_ROOT: dotnetRoot } });
});
