export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** After the first, second, … failed attempt; the last stands for all that follow. */
const DELAYS_MS = [
  5 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
] as const;

/** How long to wait after that attempt (from 1) failed. `random` is in [0, 1). */
export function retryDelayMs(attempt: number, random: number): number {
  return jittered(DELAYS_MS[Math.max(attempt, 1) - 1] ?? DAY_MS, random);
}

/** Up to a tenth later, so that what failed together does not come back together. */
export function jittered(delayMs: number, random: number): number {
  return Math.round(delayMs * (1 + 0.1 * random));
}
