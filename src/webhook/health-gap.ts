import { epochMsOf, type Instant, instantOf } from '../orders/time.js';
import { underClaim } from '../poller/claim.js';
import { CURSORS, OVERLAP_MS } from '../poller/leg.js';
import type { RegistrationDeps } from './registration.js';

export type Gap =
  /** The next poll reads again what changed since; `null`: there is nothing to read again. */
  { readonly kind: 'set'; readonly from: Instant | null } | { readonly kind: 'busy' };

/**
 * Has the polls read again from the last confirmed delivery on, or from `before` where that is
 * earlier. The cursor is only ever moved back. Under the poll's own claim: a poll elsewhere would
 * move it on to where it ends.
 */
export async function readGapAgain(
  deps: RegistrationDeps,
  shop: string,
  before: readonly (Instant | null)[],
  signal: AbortSignal,
): Promise<Gap> {
  const claimed = await underClaim(deps, `poll:${shop}`, signal, async () => {
    const { store, clock } = deps;
    const confirmed = await store.lastNudgeAt(shop);
    if (confirmed === undefined) return null;
    const starts = [confirmed, ...before].filter((at) => at !== null).map(epochMsOf);
    const from = instantOf(Math.min(...starts) - OVERLAP_MS);
    return store.transaction(async (tx) => {
      const cursor = await tx.cursor(shop, CURSORS.poll);
      if (cursor === undefined || cursor <= from) return null;
      await tx.setCursor(shop, CURSORS.poll, from, instantOf(clock.now()));
      return from;
    });
  });
  return claimed.taken ? { kind: 'set', from: claimed.result } : { kind: 'busy' };
}
