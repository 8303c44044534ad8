export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

/**
 * Splits a line of the sidecar's standard error: `12:30:00.000 warn  Two projects were skipped.` Indented lines belong to the
 * one before; any other line is not the sidecar's but the runtime's, which writes only when it fails.
 */
export function logLine(line: string): { readonly level: LogLevel; readonly text: string } {
  const match = /^\d\d:\d\d:\d\d\.\d{3} (trace|debug|info|warn|error|fatal) +(.*)$/.exec(line);
  if (match === null) return { level: /^(?:\s|$)/.test(line) ? 'info' : 'error', text: line };
  const [, level, text = ''] = match;
  return { level: level === 'fatal' ? 'error' : (level as LogLevel), text };
}
