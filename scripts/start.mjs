// npm start: the main job on the sample shop. npm start -- <args>: any other, with qwenide's own arguments.
import { relative } from 'node:path';
import { callerFolder, root, sampleCopy } from './lib/paths.mjs';
import { show } from './lib/processes.mjs';
import { layOut } from './lib/sample.mjs';
import { buildSidecar, checkTools, installPackages, main, sidecarCommand } from './lib/setup.mjs';

await main(async () => {
  const dotnetRoot = await checkTools();
  await installPackages();
  await buildSidecar();
  const { file, env } = sidecarCommand(dotnetRoot);

  const args = process.argv.slice(2);
  if (args.length > 0)
    return show(file, args, { cwd: callerFolder, env });

  layOut(sampleCopy, { withProblems: true });
  const copy = relative(root, sampleCopy);
  console.log(`A shop with planted problems stands in ${copy}. qwenide opens it, and compiles each fix before showing it:\n`);
  const code = await show(file, ['fix', sampleCopy], { env });

  console.log(`
To apply the fixes:        npm start -- fix ${copy} --apply
To see the same in VS Code: npm run package
                            code --install-extension artifacts/qwenide.vsix
                            code ${copy}
On a solution of yours:     npm start -- fix path/to/Your.sln
What this machine lacks:    npm start -- doctor`);
  // 1 means that problems remain: nothing was applied, and one of them is beyond repair on purpose.
  return code === 1 ? 0 : code;
});
