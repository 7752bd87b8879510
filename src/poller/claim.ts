import type { Instant } from '../orders/time.js';
import { instantOf } from '../orders/time.js';
import type { LegDeps } from './leg.js';

export type Claimed<Result> =
  | { readonly taken: true; readonly result: Result }
  /** Another process does this work now. */
  | { readonly taken: false; readonly holder: string; readonly since: Instant };

/** Long enough for one request with all its retries, short enough to wait for after a crash elsewhere. */
const TTL_MS = 10 * 60_000;
const RENEW_EVERY_MS = 60_000;

/** The claim was taken over; what is under way must stop. */
export class ClaimLostError extends Error {
  override readonly name = 'ClaimLostError';
}

/**
 * Does `work` under a claim in the store, so that the daemon, the commands and system cron never do
 * the same work at once. The claim is renewed meanwhile; where it is lost, the signal aborts. Within
 * one process it excludes nothing, since the holder is the same: there the caller does.
 */
export async function underClaim<Result>(
  deps: Pick<LegDeps, 'store' | 'clock' | 'logger' | 'holder' | 'isDead'>,
  name: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Claimed<Result>> {
  const { store, clock, holder, isDead } = deps;
  const expiresAt = () => instantOf(clock.now() + TTL_MS);
  const now = () => instantOf(clock.now());
  const answer = await store.acquireClaim({
    name,
    holder,
    now: now(),
    expiresAt: expiresAt(),
    isDead,
  });
  if (!answer.taken) return answer;

  const controller = new AbortController();
  const onAbort = () => controller.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  const renew = async () => {
    const kept = await store.renewClaim(name, holder, expiresAt(), now());
    if (!kept) controller.abort(new ClaimLostError(`the claim ${name} was taken over`));
  };
  const timer = setInterval(() => {
    renew().catch((err) => deps.logger.warn({ claim: name, err }, 'a claim could not be renewed'));
  }, RENEW_EVERY_MS);
  timer.unref();
  try {
    return { taken: true, result: await work(controller.signal) };
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', onAbort);
    await store.releaseClaim(name, holder);
  }
}
