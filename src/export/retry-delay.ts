import { DAY_MS, jittered, MINUTE_MS, retryDelayMs, SECOND_MS } from '../runtime/retry-delay.js';

/**
 * Seven attempts on the first day and one on each of the next six make a week. Both must have
 * passed: attempts alone can be many where a process was often stopped in the middle of one, and
 * time alone where it was not running.
 */
const MOST_ATTEMPTS = 14;
const LONGEST_AGE_MS = 6.5 * DAY_MS;

/** While a whole books is out of order it is tried at least this often. */
const LONGEST_BOOKS_DELAY_MS = 30 * MINUTE_MS;

/** The far side may still be at work on a call whose end we did not see. */
const SETTLE_MS = 5 * SECOND_MS;

/** Nothing is tried again by itself after this. */
export function isLastAttempt(attempt: number, ageMs: number): boolean {
  return attempt >= MOST_ATTEMPTS && ageMs >= LONGEST_AGE_MS;
}

/** Where the books, and not the document, are at fault; there is no last attempt. */
export function booksDelayMs(failures: number, random: number): number {
  return Math.min(retryDelayMs(failures, random), jittered(LONGEST_BOOKS_DELAY_MS, random));
}

/**
 * How long a call of unknown end is left alone before it is looked up: longer each time, since what
 * stays unclear attempt after attempt is not to be sent every few seconds.
 */
export function settleDelayMs(attempt: number, random: number): number {
  return booksDelayMs(attempt, random);
}

/** How much of that is left for a call that a process started, and did not live to end. */
export function abandonedDelayMs(sinceCallMs: number): number {
  return Math.max(SETTLE_MS - sinceCallMs, 0);
}

/** A look-up that told nothing waits twice as long as the one before, up to a day. */
export function lookupDelayMs(waitedMs: number, random: number): number {
  return jittered(Math.min(Math.max(2 * waitedMs, SETTLE_MS), DAY_MS), random);
}
