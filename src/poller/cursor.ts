import { type Instant, instantOf } from '../orders/time.js';
import type { StoreTransaction } from '../store/store.js';
import { type LegDeps, type LegShop, OVERLAP_MS } from './leg.js';
import type { Walked } from './walk.js';

/** Where a complete walk takes its cursor: to the shop's own clock at its start, less the overlap. */
export function cursorAfter({ shopStartMs }: Pick<Walked, 'shopStartMs'>): Instant {
  return instantOf(shopStartMs - OVERLAP_MS);
}

/** Moves a cursor; never back, as where the shop's clock was set back. */
export async function moveCursor(
  { store, clock }: LegDeps,
  shop: LegShop,
  name: string,
  to: Instant,
): Promise<void> {
  await store.transaction((tx) => moveCursorIn(tx, shop, name, to, instantOf(clock.now())));
}

async function moveCursorIn(
  tx: StoreTransaction,
  shop: LegShop,
  name: string,
  to: Instant,
  now: Instant,
): Promise<void> {
  const from = await tx.cursor(shop.id, name);
  if (from === undefined || from < to) await tx.setCursor(shop.id, name, to, now);
}

/** The latest whole second before `instant`: an exclusive bound that lets `instant` itself through. */
export function justBefore(instant: Instant): Instant {
  return instantOf(Math.ceil(Date.parse(instant) / 1000) * 1000 - 1000);
}
