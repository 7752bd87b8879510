import type { Refund } from '../orders/order.js';
import type { ReadOptions } from '../woocommerce/shop-client.js';
import { ShopError } from '../woocommerce/shop-error.js';
import { type Counts, count, type LegDeps } from './leg.js';

/** Orders whose refunds are asked for at the same time; the client limits its requests further. */
const AT_ONCE = 4;

interface RefundedOrder {
  readonly id: number;
  readonly currency: string;
}

/** Reads all refunds of these orders and hands them to intake; one that fails holds no other back. */
export async function readRefunds(
  deps: LegDeps,
  orders: readonly RefundedOrder[],
  options: ReadOptions,
  counts: Counts,
): Promise<void> {
  for (let from = 0; from < orders.length; from += AT_ONCE) {
    const some = orders.slice(from, from + AT_ONCE);
    const read = await settleAll(
      some.map((order) => readOrQuarantine(deps, order, options, counts)),
    );
    const complete = read.filter((each) => each !== undefined);
    if (complete.length === 0) continue;
    const taken = await deps.intake.acceptRefunds({
      shop: deps.client.shop,
      source: options.source,
      refunds: complete.flatMap(({ refunds }) => refunds),
      complete: complete.map(({ orderId }) => orderId),
    });
    count(counts, 'credited', taken.credited);
    count(counts, 'deletedRefunds', taken.deleted);
  }
}

interface RefundsRead {
  readonly orderId: number;
  readonly refunds: readonly Refund[];
}

/** Undefined where the shop fails on the refunds of this order alone. */
async function readOrQuarantine(
  deps: LegDeps,
  order: RefundedOrder,
  options: ReadOptions,
  counts: Counts,
): Promise<RefundsRead | undefined> {
  try {
    return { orderId: order.id, refunds: await deps.client.refundsOf(order, options) };
  } catch (error) {
    if (!isOfThisOrder(error)) throw error;
    await deps.intake.quarantine(deps.client.shop, options.source, [
      {
        orderId: order.id,
        raw: error.details.excerpt ?? '',
        reason: `its refunds cannot be read: ${error.message}`,
        fix: error.fix,
      },
    ]);
    count(counts, 'unreadable');
    return undefined;
  }
}

function isOfThisOrder(error: unknown): error is ShopError {
  return (
    error instanceof ShopError &&
    (error.kind === 'spoiled' || error.kind === 'garbled' || error.kind === 'gone')
  );
}

/** Waits for all, so that nothing goes on behind a failure, then throws the first. */
export async function settleAll<Value>(promises: readonly Promise<Value>[]): Promise<Value[]> {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
