import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Order } from '../orders/order.js';
import type { OrderState } from '../orders/states.js';
import type { Instant } from '../orders/time.js';
import type { Store, StoredOrder } from '../store/store.js';
import { type Outcome, outcomeOf, type PlanSetup } from './outcome.js';

/** One shop under the config in force and under the changed one. */
export interface PlanShop {
  readonly id: string;
  readonly now: PlanSetup;
  readonly then: PlanSetup;
}

export interface PlanDeps {
  readonly store: Store;
  /** Reads a stored raw observation again; throws on one that it cannot. */
  readonly normalise: (shop: string, raw: string) => Order;
}

export interface PlanRequest {
  readonly shops: readonly PlanShop[];
  /** Orders created from then on. */
  readonly from: Instant;
  readonly to: Instant;
  /** At most so many are told one by one; all are counted. Absent: all. */
  readonly most?: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** An order that would end differently. */
interface PlanDifference {
  readonly shop: string;
  readonly id: number;
  readonly number: string;
  /** As it is stored. */
  readonly state: OrderState;
  readonly now: Outcome;
  readonly then: Outcome;
  /** It has a document, which stays as it is (rule 3): `then` would be so only if it were new. */
  readonly stays: boolean;
}

/** Its JSON is stable: `plan --json` prints it. */
export interface PlanReport {
  readonly orders: number;
  /** How many would go from which state to which: `parked -> forwarded`. */
  readonly counts: Readonly<Record<string, number>>;
  readonly differing: number;
  readonly staying: number;
  /** Stored orders whose raw text could not be read again. */
  readonly unreadable: number;
  readonly differences: readonly PlanDifference[];
}

const PAGE_SIZE = 100;

/**
 * Which stored orders would end differently under a changed config. Writes nothing, asks no shop.
 * Orders that left their shop are left out. Stops with what it has where the signal aborts.
 */
export async function planChange(deps: PlanDeps, request: PlanRequest): Promise<PlanReport> {
  const report = {
    ...{ orders: 0, differing: 0, staying: 0, unreadable: 0 },
    counts: {} as Record<string, number>,
    differences: [] as PlanDifference[],
  };
  const total = await countOf(deps.store, request);
  for (const shop of request.shops) {
    for await (const stored of ordersOf(deps.store, shop.id, request)) {
      const order = await readAgain(deps, stored);
      report.orders += 1;
      if (order === undefined) report.unreadable += 1;
      else take(report, request, differenceOf(stored, order, shop));
      request.onProgress?.(report.orders, total);
    }
  }
  return report;
}

type Growing = { -readonly [Key in keyof PlanReport]: PlanReport[Key] } & {
  counts: Record<string, number>;
  differences: PlanDifference[];
};

function take(report: Growing, { most }: PlanRequest, found: PlanDifference | undefined): void {
  if (!found) return;
  const kind = `${found.now.state} -> ${found.then.state}`;
  report.counts[kind] = (report.counts[kind] ?? 0) + 1;
  report.differing += 1;
  if (found.stays) report.staying += 1;
  if (most === undefined || report.differences.length < most) report.differences.push(found);
}

/** Both configs are asked alike, so that what only time brought about is no difference. Pure. */
function differenceOf(
  stored: StoredOrder,
  order: Order,
  { now, then }: PlanShop,
): PlanDifference | undefined {
  const before = outcomeOf(order, stored.decision, now);
  const after = outcomeOf(order, stored.decision, then);
  if (before.state === after.state && before.document === after.document) return undefined;
  const { shop, id, number, state } = stored;
  const stays = state === 'forwarded' || (state === 'blocked' && before.state === 'forwarded');
  return { shop, id, number, state, now: before, then: after, stays };
}

async function countOf(store: Store, { shops, from, to }: PlanRequest): Promise<number> {
  const totals = await Promise.all(shops.map(({ id }) => store.stateTotals(id, from, to)));
  return totals.flat().reduce((sum, { count }) => sum + Number(count), 0);
}

/** Newest first; lets others have their turn after each page. */
async function* ordersOf(
  store: Store,
  shop: string,
  { from, to, signal }: PlanRequest,
): AsyncGenerator<StoredOrder> {
  let after: { at: Instant; id: string } | undefined;
  while (!signal.aborted) {
    const page = { limit: PAGE_SIZE, ...(after && { after }) };
    const orders = await store.listOrders({ shop, from, to }, page);
    yield* orders.filter(({ state }) => state !== 'withdrawn');
    const last = orders.at(-1);
    if (!last || orders.length < PAGE_SIZE) return;
    after = { at: last.createdAt, id: String(last.id) };
    await nextTurn();
  }
}

async function readAgain(
  { store, normalise }: PlanDeps,
  { shop, id }: StoredOrder,
): Promise<Order | undefined> {
  const raw = await store.rawOrder(shop, id);
  if (raw === undefined) return undefined;
  try {
    return normalise(shop, raw);
  } catch {
    return undefined;
  }
}
