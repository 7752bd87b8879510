import { setTimeout as sleep } from 'node:timers/promises';

/** How a database that others hold is waited for. */
export interface Waiting {
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly timeoutMs: number;
}

const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 50;

/**
 * The pauses between attempts, growing, and jittered so that two waiting processes part; answers
 * false once their sum has reached the timeout. The sum, not a clock, so that a clock which stands
 * still or leaps changes nothing.
 */
export function pauses({ random, timeoutMs }: Waiting): () => Promise<boolean> {
  let nextMs = FIRST_PAUSE_MS;
  let waitedMs = 0;
  return async () => {
    if (waitedMs >= timeoutMs) return false;
    const pauseMs = nextMs * (0.5 + random() / 2);
    waitedMs += pauseMs;
    nextMs = Math.min(nextMs * 2, LONGEST_PAUSE_MS);
    await sleep(pauseMs);
    return true;
  };
}
