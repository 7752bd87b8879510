import { epochMsOf, instantOf } from '../orders/time.js';
import type { ReadOptions, RefundsPage } from '../woocommerce/shop-client.js';
import { ShopError } from '../woocommerce/shop-error.js';
import { cursorAfter, justBefore, moveCursor } from './cursor.js';
import { type Counts, CURSORS, count, type LegDeps, type LegShop, PAGE_SIZE } from './leg.js';
import { readOrders } from './read-orders.js';
import { quarantineUnreadable } from './take-orders.js';
import { walk } from './walk.js';

/** A shop without the list may be updated: it is asked again after this time. */
const ASK_AGAIN_AFTER_MS = 24 * 3_600_000;

/**
 * The refunds made since the last sweep, a hundred a request with their lines. On WooCommerce before
 * 9.0, which has no such list, the refunds of orders that changed are read order by order instead.
 */
export async function sweepRefunds(
  deps: LegDeps,
  shop: LegShop,
  counts: Counts,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock } = deps;
  const unsupportedSince = await store.cursor(shop.id, CURSORS.refundsUnsupported);
  if (unsupportedSince && clock.now() < epochMsOf(unsupportedSince) + ASK_AGAIN_AFTER_MS) return;
  const isSupported = await walkRefunds(deps, shop, counts, signal);
  const next = isSupported ? '' : instantOf(clock.now());
  if ((unsupportedSince ?? '') === next) return;
  await store.transaction((tx) =>
    tx.setCursor(shop.id, CURSORS.refundsUnsupported, next, instantOf(clock.now())),
  );
}

/** False where the shop has no list of refunds; the cursor then stays. */
async function walkRefunds(
  deps: LegDeps,
  shop: LegShop,
  counts: Counts,
  signal: AbortSignal,
): Promise<boolean> {
  const { client, store, clock } = deps;
  const read: ReadOptions = { source: 'poll', signal };
  const createdAfter = (await store.cursor(shop.id, CURSORS.refunds)) ?? justBefore(shop.since);
  try {
    const walked = await walk(
      {
        read: (place) => client.refunds({ ...place, createdAfter }, read),
        // Of a refund that cannot be read only its order is known.
        idsOf: ({ refunds, unreadable }) => [
          ...refunds.map(({ id }) => id),
          ...unreadable.map(() => null),
        ],
        take: (page) => takeRefunds(deps, shop, page, read, counts),
        again: () => count(counts, 'walkedAgain'),
      },
      { clock, pageSize: PAGE_SIZE, signal },
    );
    await moveCursor(deps, shop, CURSORS.refunds, cursorAfter(walked));
    return true;
  } catch (error) {
    if (error instanceof ShopError && error.kind === 'gone') return false;
    throw error;
  }
}

async function takeRefunds(
  deps: LegDeps,
  shop: LegShop,
  page: RefundsPage,
  read: ReadOptions,
  counts: Counts,
): Promise<void> {
  await quarantineUnreadable(deps, page.unreadable, read, counts);
  count(counts, 'refunds', page.refunds.length);
  if (page.refunds.length === 0) return;
  const taken = await deps.intake.acceptRefunds({
    shop: shop.id,
    source: read.source,
    refunds: page.refunds,
  });
  count(counts, 'credited', taken.credited);
  // Of an order that we should have: reading it reads its refunds too.
  await readOrders(
    deps,
    taken.unknownOrders,
    read,
    counts,
    (observation) => observation.kind === 'order' && observation.order.createdAt >= shop.since,
  );
}
