// npm run lint: style of C# and TypeScript. The build itself enforces the analyzers.
import { show } from './lib/processes.mjs';
import { checkTools, installPackages, main } from './lib/setup.mjs';

await main(async () => {
  await checkTools();
  await installPackages();
  const codes = [
    await show('dotnet', ['format', 'QwenIde.sln', '--verify-no-changes', '--severity', 'warn']),
    await show('npm', ['run', 'check', '--workspace', 'extension-vscode']),
  ];
  return Math.max(...codes);
});
