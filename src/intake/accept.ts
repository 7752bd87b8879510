import type { Observation, OrderObservation } from '../orders/observation.js';
import type { StoredOrder } from '../store/store.js';
import { markDeleted } from './deleted-refunds.js';
import type { Desk } from './desk.js';
import { withdraw } from './gone.js';
import type { Accepted } from './intake.js';
import { readKnown } from './known.js';
import { standingOf } from './newest.js';
import type { Known } from './picture.js';
import { settleOrder } from './settle-order.js';
import { isTooOldForWebhook } from './webhook-age.js';

/** Takes one observation; `stored` is what this transaction knows of the order so far. */
export async function acceptOne(
  desk: Desk,
  observation: Observation,
  stored: StoredOrder | undefined,
): Promise<{ accepted: Accepted; order: StoredOrder | undefined }> {
  const { orderId } = observation;
  if (observation.kind === 'order') return acceptOrder(desk, observation, stored);
  const known = await readKnown(desk.tx, observation.shop, orderId, stored);
  const order = withdraw(desk, observation, known);
  const outcome = order ? (stored ? 'changed' : 'new') : 'unchanged';
  return {
    accepted: { orderId, outcome, state: order?.state ?? 'withdrawn', wantsRefunds: false },
    order: order ?? stored,
  };
}

async function acceptOrder(
  desk: Desk,
  observation: OrderObservation,
  stored: StoredOrder | undefined,
): Promise<{ accepted: Accepted; order: StoredOrder | undefined }> {
  const { orderId, order } = observation;
  const tooOld = isTooOldForWebhook(desk, observation);
  if (stored && tooOld) {
    const { state } = stored;
    return {
      accepted: { orderId, outcome: 'stale', state, wantsRefunds: false, tooOld },
      order: stored,
    };
  }
  const standing = standingOf(observation, stored);
  if (stored && (standing === 'stale' || standing === 'unsettled')) {
    return {
      accepted: { orderId, outcome: standing, state: stored.state, wantsRefunds: false },
      order: stored,
    };
  }
  const unchanged = standing === 'unchanged';
  const isQuiet = unchanged && stored?.state === 'forwarded' && order.refunds.length === 0;
  if (stored && isQuiet) {
    return {
      accepted: { orderId, outcome: 'unchanged', state: stored.state, wantsRefunds: false },
      order: stored,
    };
  }
  const read = await readKnown(desk.tx, observation.shop, orderId, stored);
  const named = new Set(order.refunds.map(({ id }) => id));
  const known: Known = {
    ...read,
    refunds: markDeleted(desk, read.refunds, named, observation.readAt),
  };
  const picture = {
    order,
    contentHash: observation.contentHash,
    readAt: observation.readAt,
    source: observation.source,
    ...(unchanged ? {} : { raw: observation.raw }),
    unchanged,
    decision: stored?.decision ?? null,
  };
  const arrived = observation.refunds ?? [];
  const settled = await settleOrder(desk, picture, known, arrived);
  const has = new Set([
    ...arrived.map(({ id }) => id),
    ...known.refunds.filter(({ state }) => state !== 'deleted').map(({ refund }) => refund.id),
  ]);
  return {
    accepted: {
      orderId,
      outcome: standing,
      state: settled.order.state,
      wantsRefunds: settled.hasSale && [...named].some((id) => !has.has(id)),
      ...(tooOld ? { tooOld } : {}),
    },
    order: settled.order,
  };
}
