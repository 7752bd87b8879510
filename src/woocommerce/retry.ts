import type { ShopError } from './shop-error.js';

export interface RetryPolicy {
  /** Attempts after the first. */
  readonly retries: number;
  /** 0 (included) to 1 (excluded). */
  readonly random: () => number;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;
/** A shop that asks for more than this gets it from the schedule, not from a request that hangs. */
const LONGEST_RETRY_AFTER_MS = 30_000;

/** How long to wait before attempt `attempt` + 1 (from 1); undefined: give up. */
export function retryDelayMs(
  error: ShopError,
  attempt: number,
  policy: RetryPolicy,
): number | undefined {
  if (attempt > allowedRetries(error, policy.retries)) return undefined;
  const asked = error.details.retryAfterMs;
  if (asked !== undefined && asked > LONGEST_RETRY_AFTER_MS) return undefined;
  const backOff = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
  const jittered = Math.round(backOff / 2 + (policy.random() * backOff) / 2);
  return Math.max(jittered, asked ?? 0);
}

/** A 500 is repeated once, to tell a passing one from one that this request always meets. */
function allowedRetries(error: ShopError, retries: number): number {
  if (error.kind === 'wait' || error.details.code === 'ENOTFOUND') return retries;
  if (error.kind === 'spoiled' && error.details.status === 500) return Math.min(retries, 1);
  return 0;
}
