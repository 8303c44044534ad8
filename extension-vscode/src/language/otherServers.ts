/** Extensions that bring a C# language server, and with it the compiler's diagnostics. */
export const csharpServers = [
  'ms-dotnettools.csharp',
  'ms-dotnettools.csdevkit',
  'nromanov.dotrush',
  'muhammad-sammy.csharp',
  'anysphere.csharp',
] as const;

export type DiagnosticsSetting = 'auto' | 'on' | 'off';

/** Whether the sidecar shall serve the compiler's diagnostics, so that nothing is reported twice. */
export function servesDiagnostics(setting: DiagnosticsSetting, isInstalled: (extension: string) => boolean): boolean {
  return setting === 'on' || (setting === 'auto' && !csharpServers.some(isInstalled));
}
