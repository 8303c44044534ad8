/** The editor's own switches; a program that the sidecar starts must not take them for its own. */
const editorSwitches = new Set(['ELECTRON_RUN_AS_NODE', 'ELECTRON_NO_ASAR']);

/** The environment for processes we start: the editor's switches taken out, the SDK's telemetry off. */
export function sidecarEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(environment).filter(([name]) => !editorSwitches.has(name));
  return { ...Object.fromEntries(inherited), DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' };
}
