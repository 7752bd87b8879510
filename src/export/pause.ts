import { epochMsOf, type Instant, instantOf } from '../orders/time.js';
import type { Store } from '../store/store.js';
import { booksDelayMs } from './retry-delay.js';

/** So many failures of the books in a row, and nothing more is sent for a while. */
const FAILURES_BEFORE_PAUSE = 3;

/** Failures of a whole books in a row. Shared by all processes, as a cursor of the books. */
export interface Pause {
  readonly failures: number;
  readonly since: Instant;
  /** Nothing is sent before this; then one document is, as a probe. */
  readonly until: Instant;
  readonly reason: string;
}

export async function readPause(store: Store, books: string): Promise<Pause | undefined> {
  const text = await store.cursor(books, 'pause');
  return text ? (JSON.parse(text) as Pause) : undefined;
}

export async function writePause(
  store: Store,
  books: string,
  pause: Pause | undefined,
  now: number,
): Promise<void> {
  const text = pause ? JSON.stringify(pause) : '';
  await store.transaction((tx) => tx.setCursor(books, 'pause', text, instantOf(now)));
}

/** After one more failure. */
export function lengthened(
  pause: Pause | undefined,
  failure: { readonly reason: string; readonly afterMs?: number },
  now: number,
  random: number,
): Pause {
  const failures = (pause?.failures ?? 0) + 1;
  const beyond = failures - FAILURES_BEFORE_PAUSE;
  const delayMs = beyond < 0 ? 0 : booksDelayMs(beyond + 2, random);
  return {
    failures,
    since: pause?.since ?? instantOf(now),
    until: instantOf(now + Math.max(delayMs, failure.afterMs ?? 0)),
    reason: failure.reason,
  };
}

export function isPaused(pause: Pause | undefined, now: number): pause is Pause {
  return pause !== undefined && epochMsOf(pause.until) > now;
}

/** While the books keep failing, one document at a time is risked. */
export function isProbing(pause: Pause | undefined): boolean {
  return pause !== undefined && pause.failures >= FAILURES_BEFORE_PAUSE;
}
