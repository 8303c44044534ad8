import { posix, win32 } from 'node:path';

/** What the search for `dotnet` may look at; given from outside, so that it can be tested on any system. */
export interface DotnetSearch {
  /** The setting `qwenide.dotnet.path`, empty when unset. */
  readonly configured: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly exists: (path: string) => boolean;
}

export type DotnetResult =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'notFound'; readonly message: string };

/**
 * Finds the `dotnet` executable: the setting, then `DOTNET_ROOT`, `PATH`, and the folders that installers use.
 * Relative entries of `PATH` are skipped: they would name files of the opened folder.
 */
export function findDotnet(search: DotnetSearch): DotnetResult {
  const windows = search.platform === 'win32';
  const path = windows ? win32 : posix;
  const name = windows ? 'dotnet.exe' : 'dotnet';

  if (search.configured !== '') {
    if (!path.isAbsolute(search.configured)) {
      return missing(`The setting qwenide.dotnet.path must be an absolute path; it is "${search.configured}".`);
    }
    return search.exists(search.configured)
      ? { kind: 'found', path: search.configured }
      : missing(`The setting qwenide.dotnet.path names "${search.configured}", which does not exist.`);
  }

  const { environment } = search;
  const fromPath = (environment.PATH ?? environment.Path ?? '').split(path.delimiter);
  const folders = [environment.DOTNET_ROOT ?? '', ...fromPath, ...usualFolders(search)];
  const found = folders
    .filter(folder => path.isAbsolute(folder))
    .map(folder => path.join(folder, name))
    .find(search.exists);
  return found === undefined
    ? missing('QwenIde needs the .NET SDK 10 or newer, and no "dotnet" was found. Install it, or name it in the setting qwenide.dotnet.path.')
    : { kind: 'found', path: found };
}

function usualFolders({ platform, environment, home }: DotnetSearch): string[] {
  switch (platform) {
    case 'win32':
      return [win32.join(environment.ProgramFiles ?? 'C:\\Program Files', 'dotnet'), win32.join(home, '.dotnet')];
    case 'darwin':
      return ['/usr/local/share/dotnet', '/opt/homebrew/opt/dotnet/libexec', posix.join(home, '.dotnet')];
    default:
      return ['/usr/share/dotnet', '/usr/lib/dotnet', '/usr/lib64/dotnet', '/snap/bin', posix.join(home, '.dotnet')];
  }
}

function missing(message: string): DotnetResult {
  return { kind: 'notFound', message };
}
