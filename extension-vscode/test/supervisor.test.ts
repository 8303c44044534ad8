import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Backoff } from '../src/sidecar/backoff';
import { SetupError } from '../src/sidecar/setupError';
import { Supervisor, type Clock, type Running } from '../src/sidecar/supervisor';

/** A process whose end the test decides. */
class Life implements Running {
  public stopped = false;
  public end: (reason: string) => void = () => undefined;
  public readonly closed = new Promise<string>(resolve => (this.end = resolve));
  public stop(): Promise<void> {
    this.stopped = true;
    this.end('stopped');
    return Promise.resolve();
  }
}

function added(lives: Life[]): Life {
  const life = new Life();
  lives.push(life);
  return life;
}

/** Time that passes when the test says so. */
class ManualClock implements Clock {
  public time = 0;
  private release: () => void = () => undefined;
  public now(): number {
    return this.time;
  }
  public delay(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      this.release = () => {
        this.time += milliseconds;
        resolve();
      };
    });
  }
  public pass(): void {
    this.release();
  }
}

function supervise(launch: () => Promise<Life>) {
  const states: string[] = [];
  let waiter: { readonly kind: string; readonly resolve: () => void } | undefined;
  const clock = new ManualClock();
  const backoff = new Backoff({ firstDelay: 100, maximumDelay: 1000, window: 60_000, limit: 3 });
  const supervisor = new Supervisor(launch, backoff, clock, state => {
    states.push(state.kind === 'waiting' ? `waiting ${state.delay}` : state.kind);
    if (waiter?.kind === state.kind) waiter.resolve();
  });
  const reaches = (kind: string) => new Promise<void>(resolve => (waiter = { kind, resolve }));
  return { supervisor, states, clock, reaches };
}

describe('The supervisor', () => {
  test('starts a crashed sidecar again, with growing pauses', async () => {
    const lives: Life[] = [];
    const { supervisor, states, clock, reaches } = supervise(() => Promise.resolve(added(lives)));
    await supervisor.start();
    for (const crash of [0, 1]) {
      const waiting = reaches('waiting');
      lives[crash]?.end('crashed');
      await waiting;
      const running = reaches('running');
      clock.pass();
      await running;
    }
    assert.deepEqual(states, ['starting', 'running', 'waiting 100', 'starting', 'running', 'waiting 200', 'starting', 'running']);
    await supervisor.stop();
  });

  test('gives up after too many crashes, and starts again when asked', async () => {
    let crashing = true;
    const { supervisor, states, clock, reaches } = supervise(() =>
      crashing ? Promise.reject(new Error('no')) : Promise.resolve(new Life()));
    await supervisor.start();
    for (const next of ['waiting', 'failed']) {
      const reached = reaches(next);
      clock.pass();
      await reached;
    }
    assert.deepEqual(states.at(-1), 'failed');
    crashing = false;
    await supervisor.start();
    assert.equal(supervisor.state.kind, 'running');
    await supervisor.stop();
  });

  test('does not try again what only a person can mend', async () => {
    const { supervisor, states } = supervise(() => Promise.reject(new SetupError('No dotnet.', ['openSettings'])));
    await supervisor.start();
    assert.deepEqual(states, ['starting', 'failed']);
  });

  test('has one sidecar alive at a time: a restart ends the old one first', async () => {
    const lives: Life[] = [];
    const { supervisor } = supervise(() => {
      assert.ok(lives.every(life => life.stopped));
      return Promise.resolve(added(lives));
    });
    await supervisor.start();
    await Promise.all([supervisor.start(), supervisor.start()]);
    assert.deepEqual(lives.map(life => life.stopped), [...lives.slice(1).map(() => true), false]);
    await supervisor.stop();
    assert.ok(lives.every(life => life.stopped));
  });

  test('stops while it waits, without starting again', async () => {
    const { supervisor, states } = supervise(() => Promise.reject(new Error('no')));
    await supervisor.start();
    await supervisor.stop();
    assert.deepEqual(states, ['starting', 'waiting 100', 'stopped']);
  });
});
