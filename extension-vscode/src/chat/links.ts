/** What a link in an answer points at. */
export type Link =
  | { readonly kind: 'file'; readonly path: string; readonly line?: number; readonly column?: number }
  | { readonly kind: 'web'; readonly url: string };

/**
 * Reads a link from an answer; undefined when it is none that may be followed. Allowed are files of this machine
 * (`file:///path/File.cs#L12,5`, one-based) and `https`. A file on another host is refused: on Windows, merely opening one
 * sends that host the user's credentials.
 */
export function parseLink(href: string): Link | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  if (url.protocol === 'https:') return { kind: 'web', url: url.href };
  if (url.protocol !== 'file:' || url.host !== '' || !href.startsWith('file:///')) return undefined;

  const path = decode(url.pathname);
  // Two leading slashes of either kind would name another host.
  if (path === undefined || /^[\\/]{2}/.test(path) || /^[\\/][a-z]:[\\/]{2}/i.test(path) || path.includes('\0')) return undefined;
  const position = /^#L(\d{1,7})(?:,(\d{1,7}))?$/.exec(url.hash);
  const line = oneBased(position?.[1]);
  const column = oneBased(position?.[2]);
  return { kind: 'file', path, ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function oneBased(digits: string | undefined): number | undefined {
  const number = Number(digits);
  return number >= 1 ? number : undefined;
}
