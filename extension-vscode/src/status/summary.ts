import type { WorkspaceStatus } from '../protocol';

/** Everything the status depends on. */
export interface StatusInputs {
  readonly sidecar: 'stopped' | 'starting' | 'running' | 'waiting' | 'failed';
  /** Why the sidecar is not running, when it is not. */
  readonly reason?: string;
  /** What the sidecar last said; undefined until it has said something. */
  readonly workspace?: WorkspaceStatus;
}

export type Tone = 'busy' | 'good' | 'attention' | 'bad';

/** The status for a person: a word or two, and a sentence. */
export interface Summary {
  readonly tone: Tone;
  /** Short, for the status bar. */
  readonly label: string;
  /** One sentence. */
  readonly sentence: string;
}

/** Says how things stand. */
export function summarize({ sidecar, reason, workspace }: StatusInputs): Summary {
  switch (sidecar) {
    case 'stopped':
      return { tone: 'attention', label: 'Stopped', sentence: reason ?? 'The sidecar is not running.' };
    case 'starting':
      return { tone: 'busy', label: 'Starting', sentence: 'The sidecar is starting.' };
    case 'waiting':
      return { tone: 'busy', label: 'Restarting', sentence: reason ?? 'The sidecar ended and is started again.' };
    case 'failed':
      return { tone: 'bad', label: 'Failed', sentence: reason ?? 'The sidecar could not be started.' };
    case 'running':
      return workspace === undefined
        ? { tone: 'busy', label: 'Starting', sentence: 'The sidecar is looking for a solution.' }
        : summarizeWorkspace(workspace);
  }
}

function summarizeWorkspace(workspace: WorkspaceStatus): Summary {
  const sentence = workspace.message;
  switch (workspace.state) {
    case 'loading':
      return { tone: 'busy', label: 'Loading', sentence };
    case 'failed':
      return { tone: 'bad', label: 'Failed', sentence };
    case 'empty':
      return { tone: 'attention', label: 'No solution', sentence };
    case 'ready':
      if (!workspace.trusted) return { tone: 'attention', label: 'Restricted', sentence };
      return workspace.issues.some(issue => issue.severity === 'error')
        ? { tone: 'attention', label: 'Ready, with issues', sentence }
        : { tone: 'good', label: 'Ready', sentence };
  }
}
