// node bench/prepare.mjs <solution>… [-- <options for dotnet restore>]: restores checkouts before they are measured.
// Warnings of NuGet stay warnings, whatever a checkout says: a registry with newer packages only should not stop a restore.
// Runs code of the checkouts, as every restore does; from a neutral folder, so that no global.json has a say.
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { callerFolder } from '../scripts/lib/paths.mjs';
import { capture } from '../scripts/lib/processes.mjs';

const args = process.argv.slice(2);
const split = args.includes('--') ? args.indexOf('--') : args.length;
const options = ['-v', 'q', '-p:TreatWarningsAsErrors=false', '-p:WarningsAsErrors=', '-p:NuGetAudit=false'];

for (const target of args.slice(0, split).map(path => resolve(callerFolder, path))) {
  const { code, output } = await capture('dotnet', ['restore', target, ...options, ...args.slice(split + 1)], { cwd: tmpdir() });
  const missing = new Set([...output.matchAll(/error NU110[12]: Unable to find package ([^\s.]+(?:\.[^\s.]+)*)/g)].map(match => match[1]));
  console.log(code === 0
    ? `${target}: restored.`
    : `${target}: restored in part; missing: ${[...missing].join(', ') || 'see `dotnet restore`'}.`);
}
