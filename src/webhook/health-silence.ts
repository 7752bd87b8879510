import { ORDER_STATES } from '../orders/states.js';
import { type Clock, epochMsOf, type Instant, instantOf } from '../orders/time.js';
import type { Nudge, Store, StoredOrder } from '../store/store.js';

/** How long a delivery may take from the change it tells of; beyond, real time is not what it is. */
export const TOLD_WITHIN_MS = 10 * 60_000;
/** The shop's clock and ours differ by less; one more would be taken for loss. */
const SKEW_MS = 10 * 60_000;
const PAGE = 500;
/** Of one order; deliveries of the same change are few. */
const NUDGES_LOOKED_AT = 20;

/** What the polls found changed, against what webhooks told of it. */
export interface Silence {
  /** Orders judged: changed since the last judgement, and long enough ago. */
  readonly changed: number;
  readonly told: number;
  /** Told of, but later than that. */
  readonly late: number;
  readonly lost: number;
  /** Judgements in a row that found late or lost ones. */
  readonly rounds: number;
  /** Changes between these were judged. */
  readonly from: Instant;
  readonly to: Instant;
}

interface Kept {
  /** Changes until then, by the shop's clock, have been judged. */
  readonly until: Instant;
  readonly rounds: number;
}

const CURSOR = 'webhook-silence';

/**
 * Compares the orders that changed (the poll that just ended has them all) with the deliveries that
 * came. Each change is judged once, when its delivery is overdue. Undefined where there was nothing
 * to judge yet.
 */
export async function measureSilence(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  shop: string,
): Promise<Silence | undefined> {
  const kept = await readKept(store, shop);
  if (!kept) {
    await forgetSilence({ store, clock }, shop);
    return undefined;
  }
  const to = instantOf(clock.now() - TOLD_WITHIN_MS);
  if (to <= kept.until) return undefined;
  const counts = { changed: 0, told: 0, late: 0, lost: 0 };
  for await (const order of changedBetween(store, shop, kept.until, to)) {
    const nudges = await store.nudgesOf(shop, order.id, NUDGES_LOOKED_AT);
    counts.changed += 1;
    counts[judge(order, nudges)] += 1;
  }
  // Without a change there is nothing to say: neither that it is well nor that it is not.
  const rounds =
    counts.changed === 0 ? kept.rounds : counts.late + counts.lost > 0 ? kept.rounds + 1 : 0;
  await keep({ store, clock }, shop, { until: to, rounds });
  return { ...counts, rounds, from: kept.until, to };
}

/** Begins anew from now: where webhooks were known not to work, what they did not tell of is no news. */
export async function forgetSilence(
  deps: { readonly store: Store; readonly clock: Clock },
  shop: string,
): Promise<void> {
  await keep(deps, shop, { until: instantOf(deps.clock.now()), rounds: 0 });
}

async function* changedBetween(
  store: Store,
  shop: string,
  from: Instant,
  to: Instant,
): AsyncGenerator<StoredOrder> {
  for (let afterId = 0; ; ) {
    const query = { shop, states: ORDER_STATES, since: from, afterId, limit: PAGE };
    const ids = await store.orderIds(query);
    const last = ids.at(-1);
    if (last === undefined) return;
    for (const order of await store.orders(shop, ids)) {
      if (order.modifiedAt > from && order.modifiedAt <= to) yield order;
    }
    afterId = last;
  }
}

function judge(order: StoredOrder, nudges: readonly Nudge[]): 'told' | 'late' | 'lost' {
  const changedMs = epochMsOf(order.modifiedAt);
  const lags = nudges
    .map(({ receivedAt }) => epochMsOf(receivedAt) - changedMs)
    .filter((lagMs) => lagMs >= -SKEW_MS);
  if (lags.length === 0) return 'lost';
  return Math.min(...lags) <= TOLD_WITHIN_MS ? 'told' : 'late';
}

async function readKept(store: Store, shop: string): Promise<Kept | undefined> {
  const text = await store.cursor(shop, CURSOR);
  return text === undefined ? undefined : JSON.parse(text);
}

async function keep(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  shop: string,
  kept: Kept,
): Promise<void> {
  const now = instantOf(clock.now());
  await store.transaction((tx) => tx.setCursor(shop, CURSOR, JSON.stringify(kept), now));
}
