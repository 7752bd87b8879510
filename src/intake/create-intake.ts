import type { Observation } from '../orders/observation.js';
import type { Source } from '../orders/states.js';
import { instantOf } from '../orders/time.js';
import type { StoredOrder } from '../store/store.js';
import { acceptOne } from './accept.js';
import { acceptRefundsOf, storedPicture } from './accept-refunds.js';
import { createDesk, type Desk } from './desk.js';
import { expireOrder } from './expire.js';
import type { Accepted, Intake, QuarantineItem } from './intake.js';
import { readKnown } from './known.js';
import { proposals } from './proposals.js';
import type { IntakeOptions } from './settings.js';
import { settleOrder } from './settle-order.js';
import { keepUnreadable } from './unreadable.js';

/** The one door in; see `Intake`. */
export function createIntake(options: IntakeOptions): Intake {
  const { store, clock } = options;

  /** One transaction at a desk of its own. */
  async function atDesk<T>(shopId: string, work: (desk: Desk) => Promise<T>): Promise<T> {
    const shop = options.shops.get(shopId);
    if (!shop) throw new RangeError(`no shop ${JSON.stringify(shopId)} is configured`);
    const { result, hasPostings } = await store.transaction(async (tx) => {
      const desk = createDesk(tx, options, shop, instantOf(clock.now()));
      const result = await work(desk);
      return { result, hasPostings: await desk.flush() };
    });
    if (hasPostings) options.onPostings?.();
    return result;
  }

  /** One that cannot be handled is quarantined by itself and holds no other back. */
  async function acceptWhatCanBe(observations: readonly Observation[]): Promise<Accepted[]> {
    const shopId = observations[0]?.shop;
    if (shopId === undefined) return [];
    try {
      return await atDesk(shopId, (desk) => acceptAll(desk, observations));
    } catch (error) {
      if (!(error instanceof CannotHandle)) throw error;
      const { observation } = error;
      const { orderId, source } = observation;
      await quarantine(shopId, source, [
        {
          orderId,
          raw: observation.kind === 'order' ? observation.raw : '',
          reason: `It could not be handled: ${error.message}`,
          fix: 'Look at the order in the shop; if it is in order there, report this as a bug.',
        },
      ]);
      const others = await acceptWhatCanBe(observations.filter((one) => one !== observation));
      return [...others, { orderId, outcome: 'failed', wantsRefunds: false }];
    }
  }

  const quarantine = (shopId: string, source: Source, items: readonly QuarantineItem[]) =>
    atDesk(shopId, (desk) => keepUnreadable(desk, source, items));

  return {
    accept: acceptWhatCanBe,

    acceptRefunds: (delivery) => atDesk(delivery.shop, (desk) => acceptRefundsOf(desk, delivery)),

    decide: (shopId, orderId, decision) =>
      atDesk(shopId, async (desk) => {
        const stored = await desk.tx.order(shopId, orderId);
        return stored && judgeAgain(desk, stored, { decision, source: 'manual' });
      }),

    ...proposals(atDesk),

    rejudge: (shopId, orderIds) =>
      atDesk(shopId, async (desk) => {
        let changed = 0;
        for (const stored of await desk.tx.orders(shopId, orderIds)) {
          const { decision } = stored;
          const order = await judgeAgain(desk, stored, { decision, source: 'batch' });
          if (order.state !== stored.state) changed += 1;
        }
        return changed;
      }),

    expire: (shopId, orderIds) =>
      atDesk(shopId, async (desk) => {
        const stored = await desk.tx.orders(shopId, orderIds);
        return stored.flatMap((order) => expireOrder(desk, order) ?? []);
      }),

    quarantine,
  };
}

async function acceptAll(desk: Desk, observations: readonly Observation[]): Promise<Accepted[]> {
  const ids = observations.map(({ orderId }) => orderId);
  const known = new Map<number, StoredOrder>();
  for (const order of await desk.tx.orders(desk.shop.id, ids)) known.set(order.id, order);
  if (desk.options.documents.numbering.from === 'order') {
    await desk.expectNumbers(observations.flatMap(newNumber(known)));
  }
  const seen = new Set<number>();
  const accepted: Accepted[] = [];
  for (const observation of observations) {
    const { orderId } = observation;
    // A second observation of an order must find what the first one left.
    if (seen.has(orderId)) await desk.flush();
    seen.add(orderId);
    try {
      const answer = await acceptOne(desk, observation, known.get(orderId));
      if (answer.order) known.set(orderId, answer.order);
      accepted.push(answer.accepted);
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
      throw new CannotHandle(observation, error);
    }
  }
  await desk.tx.resolveQuarantine(desk.shop.id, ids, desk.now);
  return accepted;
}

/** The number of an order's document, where it may be about to be made. */
function newNumber(known: ReadonlyMap<number, StoredOrder>) {
  return (observation: Observation): string[] =>
    observation.kind === 'order' && known.get(observation.orderId)?.state !== 'forwarded'
      ? [observation.order.number]
      : [];
}

/** Without a new reading: by the stored picture. What the shop no longer has is left as it is. */
async function judgeAgain(
  desk: Desk,
  stored: StoredOrder,
  by: { decision: StoredOrder['decision']; source: Source },
): Promise<StoredOrder> {
  if (stored.state === 'withdrawn') return stored;
  const order = await storedPicture(desk, stored);
  if (!order) return stored;
  const known = await readKnown(desk.tx, stored.shop, stored.id, stored);
  const { contentHash, readAt } = stored;
  const picture = { order, contentHash, readAt, unchanged: true, ...by };
  return (await settleOrder(desk, picture, known, [])).order;
}

/** This observation defeats us; the transaction is rolled back and done again without it. */
class CannotHandle extends Error {
  constructor(
    readonly observation: Observation,
    override readonly cause: Error,
  ) {
    super(cause.message);
  }
}
