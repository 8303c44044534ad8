// Where things stand in the repository.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const artifacts = join(root, 'artifacts');
export const sidecarProject = join(root, 'sidecar', 'QwenIde.Sidecar.csproj');
export const sidecarOutput = join(root, 'sidecar', 'bin', 'Release', 'net10.0');
export const sampleCopy = join(artifacts, 'sample', 'Shop');

/** The folder that the user was in when calling npm: relative paths in arguments are meant from there. */
export const callerFolder = process.env.INIT_CWD ?? process.cwd();
