// Makes ../artifacts/qwenide.vsix: the bundled extension with the published sidecar in it. What is packaged is copied into
// a stage by name, so that nothing else can slip in.

import { createVSIX } from '@vscode/vsce';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './build.mjs';
import { notices, sidecarNotices } from './notices.mjs';

const extension = fileURLToPath(new URL('..', import.meta.url));
const repository = resolve(extension, '..');
const stage = join(extension, 'out', 'stage');
const target = join(repository, 'artifacts', 'qwenide.vsix');

function publishSidecar(folder) {
  const project = join(repository, 'sidecar', 'QwenIde.Sidecar.csproj');
  // Portable: it runs on the .NET of the user's machine, on every system. Without a host executable, which would bind it to one.
  const properties = ['UseAppHost=false', 'DebugType=embedded', 'PublishDocumentationFile=false', 'PublishReferencesDocumentationFiles=false'];
  const args = ['publish', project, '-c', 'Release', '-o', folder, '--nologo', '-v', 'quiet', ...properties.map(property => `-p:${property}`)];
  const { status } = spawnSync('dotnet', args, { stdio: 'inherit' });
  if (status !== 0) throw new Error('The sidecar could not be published; the lines above say why.');
}

/** The folder where the SDK keeps the packages that it restored. */
function nugetPackages() {
  const { stdout } = spawnSync('dotnet', ['nuget', 'locals', 'global-packages', '--list', '--force-english-output'], { encoding: 'utf8' });
  const folder = /^global-packages: (.+)$/m.exec(stdout)?.[1].trim();
  if (folder === undefined) throw new Error('The SDK does not say where it keeps its packages.');
  return folder;
}

const manifest = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8'));
// What only development needs has no place in a package.
for (const part of ['scripts', 'devDependencies', 'private']) delete manifest[part];

await rm(stage, { recursive: true, force: true });
await mkdir(stage, { recursive: true });
const inputs = await bundle({ production: true });
for (const part of ['dist', 'media/icon.png', 'media/qwenide.svg', 'README.md', 'package.nls.json']) {
  await cp(join(extension, part), join(stage, part), { recursive: true });
}
for (const part of ['LICENSE', 'CHANGELOG.md']) await cp(join(repository, part), join(stage, part));
await writeFile(join(stage, 'package.json'), JSON.stringify(manifest, null, 2));
const sidecar = join(stage, 'sidecar');
publishSidecar(sidecar);
const texts = [await notices(extension, Object.keys(inputs)), await sidecarNotices(sidecar, nugetPackages())];
await writeFile(join(stage, 'THIRD-PARTY-NOTICES.txt'), texts.join('\n'));

// The stage holds what belongs into the package, all of it.
await writeFile(join(stage, '.vscodeignore'), '');
await mkdir(join(repository, 'artifacts'), { recursive: true });
await createVSIX({ cwd: stage, packagePath: target, dependencies: false, allowMissingRepository: true, skipLicense: false });
