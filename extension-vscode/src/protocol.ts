// The wire between this extension and the sidecar, beyond the Language Server Protocol: docs/protocol.md in types.

/** What the sidecar is told with `initialize`. */
export interface InitializationOptions {
  /** Build logic, analyzers and generators may run. */
  readonly trusted: boolean;
  /** What to open, relative to the first workspace folder; the sidecar looks for it when absent. */
  readonly solution?: string;
  /** The sidecar serves the compiler's diagnostics. */
  readonly diagnostics: boolean;
}

export type WorkspaceState = 'loading' | 'ready' | 'failed' | 'empty';

export interface ProjectStatus {
  readonly name: string;
  /** Absolute path of the project file. */
  readonly path: string;
  readonly targetFramework: string;
  readonly documents: number;
  readonly missingPackages: readonly string[];
}

export interface LoadIssue {
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  readonly path: string | null;
}

export interface WorkspaceStatus {
  readonly state: WorkspaceState;
  /** One sentence for a person. */
  readonly message: string;
  /** Snapshot version, 0 while there is none. */
  readonly version: number;
  /** Absolute path of what was opened. */
  readonly target: string | null;
  readonly stage: 'projectFiles' | 'msbuild' | null;
  readonly roslyn: string | null;
  readonly trusted: boolean;
  readonly projects: readonly ProjectStatus[];
  readonly issues: readonly LoadIssue[];
}

export interface SessionUpdate {
  readonly sessionId: string;
  readonly update: {
    readonly sessionUpdate: string;
    readonly content?: { readonly type: string; readonly text?: string };
  };
}

export interface PromptResult {
  readonly stopReason: 'end_turn' | 'cancelled';
}

/** Method names, spelt once. */
export const methods = {
  status: '_qwenide/workspace/status',
  describe: '_qwenide/workspace/describe',
  trust: '_qwenide/workspace/trust',
  newSession: 'session/new',
  prompt: 'session/prompt',
  cancel: 'session/cancel',
  update: 'session/update',
} as const;
