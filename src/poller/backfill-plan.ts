import { epochMsOf, type Instant, instantOf } from '../orders/time.js';

/** How far the first read has come; kept as JSON in its cursor. */
export interface BackfillPlan {
  /** The `since` that it reads from. */
  readonly since: Instant;
  /** Creation dates before this are read. */
  readonly next: Instant;
  /** Creation dates from here on are the poll's. */
  readonly until: Instant;
}

/**
 * What is left of the first read, or `undefined`: all is read. Where the owner has set `since` to an
 * earlier day meanwhile, what lies between is read too.
 */
export function remainingPlan(
  stored: BackfillPlan | undefined,
  since: Instant,
  now: () => Instant,
): BackfillPlan | undefined {
  if (!stored) return { since, next: since, until: now() };
  if (stored.next < stored.until) return stored;
  if (since < stored.since) return { since, next: since, until: stored.since };
  return undefined;
}

/** Orders a window should hold: some ten pages, so that little is read again after a stop. */
const WANTED = 1000;
const HOUR_MS = 3_600_000;
export const FIRST_WINDOW_MS = 7 * 24 * HOUR_MS;
export const SHORTEST_WINDOW_MS = HOUR_MS;
const LONGEST_WINDOW_MS = 180 * 24 * HOUR_MS;

/** The width of the next window, after one of `widthMs` that held `found` orders. */
export function nextWidthMs(widthMs: number, found: number): number {
  // At most four times as wide: a quiet summer must not lead into the whole of December.
  const factor = found === 0 ? 4 : Math.min(4, WANTED / found);
  return Math.round(Math.min(Math.max(widthMs * factor, SHORTEST_WINDOW_MS), LONGEST_WINDOW_MS));
}

/** The end of the window from `plan.next`. */
export function windowEnd(plan: BackfillPlan, widthMs: number): Instant {
  const end = instantOf(Math.floor((epochMsOf(plan.next) + widthMs) / 1000) * 1000);
  return end < plan.until ? end : plan.until;
}
