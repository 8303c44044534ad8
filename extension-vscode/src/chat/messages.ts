// What the extension host and the chat's page say to each other.

import type { NextStep } from '../sidecar/setupError';

export type AnswerState = 'streaming' | 'done' | 'stopped' | 'failed';

export interface Failure {
  /** One sentence: what went wrong, and what to do. */
  readonly message: string;
  readonly nextSteps: readonly NextStep[];
}

/** A question and what came back. */
export interface Turn {
  readonly id: number;
  readonly question: string;
  /** Markdown. */
  readonly answer: string;
  readonly state: AnswerState;
  readonly failure?: Failure;
}

/** How the sidecar stands, in the words of the chat's footer. */
export interface Footer {
  readonly text: string;
  readonly tone: 'busy' | 'good' | 'attention' | 'bad';
}

/** To the page. */
export type ToPage =
  | { readonly type: 'everything'; readonly turns: readonly Turn[]; readonly footer: Footer; readonly texts: PageTexts }
  | { readonly type: 'turn'; readonly turn: Turn }
  | { readonly type: 'chunk'; readonly id: number; readonly text: string }
  | { readonly type: 'footer'; readonly footer: Footer }
  | { readonly type: 'focus' };

/** From the page. */
export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'ask'; readonly text: string }
  | { readonly type: 'stop' }
  | { readonly type: 'open'; readonly href: string }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'showStatus' }
  | { readonly type: 'nextStep'; readonly step: NextStep; readonly id: number };

/** The words on the page; the host gives them, because only it can translate. */
export interface PageTexts {
  readonly title: string;
  readonly introduction: string;
  readonly suggestions: readonly string[];
  readonly placeholder: string;
  readonly send: string;
  readonly stop: string;
  readonly you: string;
  readonly working: string;
  readonly stopped: string;
  readonly copy: string;
  readonly copied: string;
  readonly transcript: string;
  readonly showStatus: string;
  readonly nextSteps: Readonly<Record<NextStep, string>>;
}

/** Reads a message from the page; undefined when it is not one of ours. */
export function readFromPage(message: unknown): FromPage | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, text, href, step, id } = message as Record<string, unknown>;
  switch (type) {
    case 'ready':
    case 'stop':
    case 'showStatus':
      return { type };
    case 'ask':
    case 'copy':
      return typeof text === 'string' ? { type, text } : undefined;
    case 'open':
      return typeof href === 'string' ? { type, href } : undefined;
    case 'nextStep':
      return isNextStep(step) && typeof id === 'number' ? { type, step, id } : undefined;
    default:
      return undefined;
  }
}

const nextSteps: Readonly<Record<NextStep, true>> = {
  showLog: true, restart: true, openSettings: true, manageTrust: true, askAgain: true,
};

function isNextStep(value: unknown): value is NextStep {
  return typeof value === 'string' && Object.hasOwn(nextSteps, value);
}
