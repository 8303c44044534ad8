import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until `check` gives something truthy and returns it. For states outside of the page (files, processes); inside of
 * it, Playwright's own waiting is used.
 */
export async function until(what, check, timeout = 60_000) {
  const deadline = Date.now() + timeout;
  for (;;) {
    const result = await check();
    if (result) return result;
    if (Date.now() > deadline) throw new Error(`Waited ${timeout / 1000} s in vain: ${what}`);
    await pause(100);
  }
}
