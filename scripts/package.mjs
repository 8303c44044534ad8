// npm run package: the extension with the sidecar in it, as artifacts/qwenide.vsix.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { artifacts, root } from './lib/paths.mjs';
import { show } from './lib/processes.mjs';
import { checkTools, installPackages, main, SetupError } from './lib/setup.mjs';

await main(async () => {
  await checkTools();
  await installPackages();
  const code = await show('npm', ['run', 'package', '--workspace', 'extension-vscode']);
  if (code !== 0)
    return code;
  const vsix = join(artifacts, 'qwenide.vsix');
  if (!existsSync(vsix))
    throw new SetupError(`Packaging ended well, but there is no ${relative(root, vsix)}.`);
  console.log(`To install it: code --install-extension ${relative(root, vsix)}`);
  return 0;
});
