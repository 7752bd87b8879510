import { setTimeout as delay } from 'node:timers/promises';

/** Waits; rejects with an AbortError where `signal` aborts first. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal ? { signal } : {});
}
