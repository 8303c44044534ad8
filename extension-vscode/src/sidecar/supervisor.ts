import type { Backoff } from './backoff';
import { SetupError } from './setupError';

/** A started sidecar. */
export interface Running {
  /** Settles when the connection has ended, for whatever reason, with a sentence about it. */
  readonly closed: Promise<string>;
  /** Ends it in good order; never throws. */
  stop(): Promise<void>;
}

export type SupervisorState<T> =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly running: T }
  /** It crashed and is started again after `delay` milliseconds. */
  | { readonly kind: 'waiting'; readonly delay: number; readonly reason: string }
  /** It is not started again until a person asks. */
  | { readonly kind: 'failed'; readonly reason: string; readonly error: Error };

export interface Clock {
  now(): number;
  /** Resolves after `milliseconds`, or at once when the signal aborts. */
  delay(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/**
 * Keeps one sidecar running: starts it, starts it again with growing pauses when it crashes, and gives up after too many
 * crashes. At most one is alive at a time; a later call of {@link start} or {@link stop} supersedes the earlier.
 */
export class Supervisor<T extends Running> {
  private current: SupervisorState<T> = { kind: 'stopped' };
  private generation = new AbortController();
  private loop: Promise<void> = Promise.resolve();

  public constructor(
    private readonly launch: (signal: AbortSignal) => Promise<T>,
    private readonly backoff: Backoff,
    private readonly clock: Clock,
    private readonly changed: (state: SupervisorState<T>) => void,
  ) {}

  public get state(): SupervisorState<T> {
    return this.current;
  }

  /** Starts afresh, ending what runs; resolves when that attempt runs, waits for its next try, or has failed. */
  public start(): Promise<void> {
    this.backoff.reset();
    const { signal } = this.supersede();
    return new Promise(resolve => {
      this.loop = this.loop.then(() => this.supervise(signal, resolve));
    });
  }

  /** Ends what runs and starts nothing. */
  public async stop(): Promise<void> {
    this.supersede();
    await this.loop;
    this.move({ kind: 'stopped' });
  }

  private supersede(): AbortController {
    this.generation.abort();
    this.generation = new AbortController();
    return this.generation;
  }

  private async supervise(signal: AbortSignal, settled: () => void): Promise<void> {
    const superseded = () => signal.aborted;
    while (!superseded()) {
      const reason = await this.runOnce(signal, settled);
      if (reason === undefined || superseded()) break;
      const delay = this.backoff.crashed(this.clock.now());
      if (delay === undefined) {
        const sentence = `The sidecar ended too often and is not started again. Last: ${reason}`;
        this.move({ kind: 'failed', reason: sentence, error: new Error(sentence) });
        break;
      }
      this.move({ kind: 'waiting', delay, reason });
      settled();
      await this.clock.delay(delay, signal);
    }
    settled();
  }

  /** One life of the sidecar; returns why it ended, or undefined when it shall not be started again. */
  private async runOnce(signal: AbortSignal, settled: () => void): Promise<string | undefined> {
    this.move({ kind: 'starting' });
    let running: T;
    try {
      running = await this.launch(signal);
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      if (!(failure instanceof SetupError)) return failure.message;
      if (!signal.aborted) this.move({ kind: 'failed', reason: failure.message, error: failure });
      return undefined;
    }
    this.move({ kind: 'running', running });
    settled();
    const reason = await Promise.race([running.closed, aborted(signal)]);
    if (reason === undefined) await running.stop();
    return reason;
  }

  private move(state: SupervisorState<T>): void {
    this.current = state;
    this.changed(state);
  }
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise(resolve => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** The system's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  delay: (milliseconds, signal) => new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  }),
};
