import { isAbsolute, join } from 'node:path';

/** Where the sidecar comes from. */
export type SidecarLocation =
  | { readonly kind: 'assembly'; readonly path: string }
  | { readonly kind: 'executable'; readonly path: string }
  /** A development checkout: `project` is built first. */
  | { readonly kind: 'project'; readonly project: string }
  | { readonly kind: 'notFound'; readonly message: string };

export interface SidecarSearch {
  /** The setting `qwenide.sidecar.path`, empty when unset. */
  readonly configured: string;
  /** The folder this extension is installed in. */
  readonly extensionPath: string;
  readonly exists: (path: string) => boolean;
}

/** Finds the sidecar: the setting, then the one in the package, then the project beside a development checkout. */
export function locateSidecar({ configured, extensionPath, exists }: SidecarSearch): SidecarLocation {
  if (configured !== '') {
    if (!isAbsolute(configured)) {
      return { kind: 'notFound', message: `The setting qwenide.sidecar.path must be an absolute path; it is "${configured}".` };
    }
    if (!exists(configured)) {
      return { kind: 'notFound', message: `The setting qwenide.sidecar.path names "${configured}", which does not exist.` };
    }
    return { kind: configured.toLowerCase().endsWith('.dll') ? 'assembly' : 'executable', path: configured };
  }
  const bundled = join(extensionPath, 'sidecar', 'qwenide.dll');
  if (exists(bundled)) return { kind: 'assembly', path: bundled };
  const project = join(extensionPath, '..', 'sidecar', 'QwenIde.Sidecar.csproj');
  if (exists(project)) return { kind: 'project', project };
  return { kind: 'notFound', message: `The sidecar is missing: "${bundled}" does not exist. Install the extension again.` };
}
