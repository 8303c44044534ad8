// npm run setup: makes a clean clone ready to work in.
import { buildSidecar, checkTools, installPackages, main } from './lib/setup.mjs';

await main(async () => {
  await checkTools();
  await installPackages();
  await buildSidecar();
  console.log('Ready: `npm start` shows the sidecar at work, `npm test` tests everything.');
});
