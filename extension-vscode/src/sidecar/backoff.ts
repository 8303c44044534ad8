/** How often, and after which pauses, a crashed process is started again. */
export interface BackoffLimits {
  /** Pause after the first crash, in milliseconds; each further crash in the window doubles it. */
  readonly firstDelay: number;
  readonly maximumDelay: number;
  /** Crashes older than this many milliseconds are forgotten. */
  readonly window: number;
  /** This many crashes within the window end the attempts. */
  readonly limit: number;
}

export const defaultLimits: BackoffLimits = { firstDelay: 500, maximumDelay: 30_000, window: 180_000, limit: 6 };

/** Counts crashes in a sliding window and names the pause before the next start. Holds no timer and reads no clock. */
export class Backoff {
  private crashes: readonly number[] = [];

  public constructor(private readonly limits: BackoffLimits = defaultLimits) {}

  /** Notes a crash at `now` (milliseconds); returns the pause, or undefined when it is time to give up. */
  public crashed(now: number): number | undefined {
    const { firstDelay, maximumDelay, window, limit } = this.limits;
    this.crashes = [...this.crashes.filter(crash => now - crash < window), now];
    if (this.crashes.length >= limit) return undefined;
    return Math.min(maximumDelay, firstDelay * 2 ** (this.crashes.length - 1));
  }

  /** Forgets all crashes: a person asked for a fresh start. */
  public reset(): void {
    this.crashes = [];
  }
}
