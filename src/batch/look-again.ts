import type { OrderObservation } from '../orders/observation.js';
import { type Counts, type LegShop, PAGE_SIZE } from '../poller/leg.js';
import { type OrdersTaken, readOrders } from '../poller/read-orders.js';
import type { OrderFigures, StoredOrder } from '../store/store.js';
import type { ReadOptions } from '../woocommerce/shop-client.js';
import { difference, type Suspect } from './compare.js';
import type { BatchDeps, Period } from './settings.js';
import type { Amount } from './tally.js';

/** What a second look made of an order. */
export type Verdict = {
  /** What we have now, where it belongs to the period. */
  readonly held?: OrderFigures;
  /** What the shop says of it now, where it belongs to the period. */
  readonly inShop?: Amount & { readonly isListed: boolean };
} & (
  | { readonly kind: 'agrees'; readonly id: number }
  /** The same in the shop and here, but the shop leaves it out of its lists (recorded fact 8). */
  | { readonly kind: 'not-listed'; readonly id: number }
  | { readonly kind: 'differs'; readonly id: number | null; readonly what: string }
);

/**
 * Reads the orders in doubt once more, past every cache, through intake, and compares again: what
 * changed in the shop while the lists were compared is not a difference.
 */
export async function lookAgain(
  deps: BatchDeps,
  shop: LegShop,
  period: Period,
  suspects: readonly Suspect[],
  unreadable: readonly (number | null)[],
  read: ReadOptions,
): Promise<readonly Verdict[]> {
  const ids = new Set([...suspects.map(({ id }) => id), ...unreadable]);
  const inDoubt = [...ids].filter((id) => id !== null).sort((a, b) => a - b);
  const verdicts: Verdict[] = [];
  const listed = suspects.filter((suspect) => suspect.listed).map(({ id }) => id);
  const named = new Set([...unreadable, ...listed]);
  let nameless = unreadable.filter((id) => id === null).length;
  const counts: Counts = {};
  for (let from = 0; from < inDoubt.length; from += PAGE_SIZE) {
    const some = inDoubt.slice(from, from + PAGE_SIZE);
    const taken = await readOrders(deps, some, { ...read, fresh: true }, counts);
    const held = await deps.store.orders(shop.id, some);
    verdicts.push(...some.flatMap((id) => judge(id, taken, held, period) ?? []));
    // What the list could not name is one of those that cannot be read by their id either.
    nameless -= taken.unreadable.filter(({ orderId }) => !named.has(orderId)).length;
  }
  for (; nameless > 0; nameless -= 1) verdicts.unshift(A_NAMELESS);
  return verdicts;
}

const A_NAMELESS: Verdict = {
  kind: 'differs',
  id: null,
  what: 'the shop lists an order that it cannot show',
};

/** Undefined where the order turned out not to belong to the period, or to be nowhere any more. */
function judge(
  id: number,
  taken: OrdersTaken,
  heldOrders: readonly StoredOrder[],
  period: Period,
): Verdict | undefined {
  const stored = heldOrders.find((order) => order.id === id);
  const held = stored && isIn(period, stored) ? { held: figuresOf(stored) } : {};
  const seen = taken.observations.find((observation) => observation.orderId === id);
  if (!seen) {
    const reason = taken.unreadable.find(({ orderId }) => orderId === id)?.reason;
    return { ...held, kind: 'differs', id, what: `the shop's order cannot be read: ${reason}` };
  }
  if (seen.kind !== 'order') return judgeGone(id, held.held);
  if (!isIn(period, seen.order)) return judgeElsewhere(id, held.held);
  const { currency, grossMinor } = seen.order;
  const isListed = !taken.notListed.has(id);
  const shown = { ...held, inShop: { currency, grossMinor, isListed } };
  const what = differenceNow(seen, stored);
  if (what !== undefined) return { ...shown, kind: 'differs', id, what };
  return { ...shown, kind: isListed ? 'agrees' : 'not-listed', id };
}

function judgeGone(id: number, held: OrderFigures | undefined): Verdict | undefined {
  if (!held) return undefined;
  if (held.state === 'withdrawn') return { held, kind: 'agrees', id };
  return { held, kind: 'differs', id, what: 'the shop no longer has it' };
}

/** The shop gave it another creation date. */
function judgeElsewhere(id: number, held: OrderFigures | undefined): Verdict | undefined {
  return held && { held, kind: 'differs', id, what: 'in the shop it is dated in another period' };
}

function differenceNow(seen: OrderObservation, stored: StoredOrder | undefined) {
  if (!stored) return 'we do not have it';
  const { status, currency, grossMinor, taxMinor } = seen.order;
  return difference({ id: seen.orderId, status, currency, grossMinor, taxMinor }, stored);
}

function isIn({ from, to }: Period, { createdAt }: { readonly createdAt: string }): boolean {
  return from <= createdAt && createdAt < to;
}

function figuresOf(order: StoredOrder): OrderFigures {
  const { id, state, status, currency, grossMinor, taxMinor } = order;
  return { id, state, status, currency, grossMinor, taxMinor };
}
