import type { Order, Refund } from '../orders/order.js';
import type { StoredOrder } from '../store/store.js';
import { markBack, markDeleted } from './deleted-refunds.js';
import type { Desk } from './desk.js';
import type { RefundDelivery, RefundsAccepted } from './intake.js';
import { readKnown } from './known.js';
import { type Known, saleOf } from './picture.js';
import { settleOrder } from './settle-order.js';

/** Takes the refunds of known orders; each order is settled once with all of its refunds. */
export async function acceptRefundsOf(
  desk: Desk,
  delivery: RefundDelivery,
): Promise<RefundsAccepted> {
  const byOrder = new Map<number, Refund[]>();
  for (const id of delivery.complete ?? []) byOrder.set(id, []);
  for (const refund of delivery.refunds) {
    byOrder.set(refund.orderId, [...(byOrder.get(refund.orderId) ?? []), refund]);
  }
  const orders = await desk.tx.orders(delivery.shop, [...byOrder.keys()]);
  const stored = new Map(orders.map((order) => [order.id, order]));
  const counts = { credited: 0, waiting: 0, blocked: 0, unchanged: 0, deleted: 0 };
  const unknownOrders: number[] = [];
  for (const [orderId, refunds] of byOrder) {
    const order = stored.get(orderId);
    if (!order) unknownOrders.push(orderId);
    else await takeRefunds(desk, delivery, order, refunds, counts);
  }
  return { ...counts, unknownOrders };
}

type Counts = { -readonly [Key in keyof Omit<RefundsAccepted, 'unknownOrders'>]: number };

async function takeRefunds(
  desk: Desk,
  delivery: RefundDelivery,
  stored: StoredOrder,
  refunds: readonly Refund[],
  counts: Counts,
): Promise<void> {
  const read = await readKnown(desk.tx, delivery.shop, stored.id, stored);
  if (stored.state === 'withdrawn') {
    keepForLater(desk, read, refunds, counts);
    return;
  }
  const named = new Set(refunds.map(({ id }) => id));
  const isComplete = delivery.complete?.includes(stored.id) ?? false;
  const back = markBack(desk, read.refunds, named);
  const known: Known = {
    ...read,
    refunds: isComplete ? markDeleted(desk, back, named, desk.now) : back,
  };
  counts.deleted += Math.max(0, countDeleted(known) - countDeleted(read));

  const before = new Map(read.refunds.map((one) => [one.refund.id, one.state]));
  const isNews = (id: number) => !['credited', 'waiting'].includes(before.get(id) ?? '');
  const news = refunds.filter(({ id }) => isNews(id));
  counts.unchanged += refunds.length - news.length;
  if (news.length === 0 && known.refunds.every((one, index) => one === read.refunds[index])) return;
  if (!saleOf(known.documents)) {
    for (const refund of news) putWaiting(desk, refund, 'The order has no invoice yet.');
    counts.waiting += news.length;
    return;
  }
  const order = await storedPicture(desk, stored);
  if (!order) return;
  const settled = await settleOrder(
    desk,
    {
      order,
      contentHash: stored.contentHash,
      readAt: stored.readAt,
      source: delivery.source,
      unchanged: true,
      decision: stored.decision,
    },
    known,
    news,
  );
  if (settled.order.state === 'blocked') counts.blocked += news.length;
  else counts.credited += news.length;
}

/**
 * An order that left the shop stays so: what its refunds say is kept, and credited once it is back.
 * That none is named means nothing, since the shop answers so for every order that it deleted.
 */
function keepForLater(
  desk: Desk,
  { refunds: known }: Known,
  refunds: readonly Refund[],
  counts: Counts,
): void {
  const ids = new Set(known.map(({ refund }) => refund.id));
  const news = refunds.filter(({ id }) => !ids.has(id));
  for (const refund of news) putWaiting(desk, refund, 'The order is no longer in the shop.');
  counts.waiting += news.length;
  counts.unchanged += refunds.length - news.length;
}

function putWaiting(desk: Desk, refund: Refund, reason: string): void {
  desk.putRefund({ refund, state: 'waiting', reason, documentKey: null, seenAt: desk.now });
}

function countDeleted({ refunds }: Known): number {
  return refunds.filter(({ state }) => state === 'deleted').length;
}

/** The order as it was last read. */
export async function storedPicture(desk: Desk, stored: StoredOrder): Promise<Order | undefined> {
  const raw = await desk.tx.rawOrder(stored.shop, stored.id);
  return raw === undefined ? undefined : desk.options.normalise(stored.shop, raw);
}
