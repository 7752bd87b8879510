import type { Clock } from '../orders/time.js';

/**
 * Says when it is time to tell of something again, so that a flood of requests is no flood of log
 * lines: how often it happened since it was last told, or `undefined` to be silent. `key` must be of
 * a small set, such as shops.
 */
export function createNowAndThen(
  clock: Clock,
  everyMs: number,
): (key: string) => number | undefined {
  const known = new Map<string, { toldMs: number; since: number }>();
  return (key) => {
    const nowMs = clock.now();
    const last = known.get(key);
    const since = (last?.since ?? 0) + 1;
    // A clock that was set back must not silence it for as long.
    const isSoon = last !== undefined && Math.abs(nowMs - last.toldMs) < everyMs;
    known.set(key, isSoon ? { toldMs: last.toldMs, since } : { toldMs: nowMs, since: 0 });
    return isSoon ? undefined : since;
  };
}
