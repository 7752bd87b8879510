import type { Clock } from '../orders/time.js';

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };
