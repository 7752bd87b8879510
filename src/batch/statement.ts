import type { OrderState } from '../orders/states.js';
import { epochMsOf, type Instant, instantOf, localDateOf } from '../orders/time.js';
import { justBefore } from '../poller/cursor.js';
import { type LegShop, PAGE_SIZE } from '../poller/leg.js';
import { walk } from '../poller/walk.js';
import type { OrderFigures, VatTotal } from '../store/store.js';
import type { ReadOptions } from '../woocommerce/shop-client.js';
import { type Comparer, type Comparison, createComparer } from './compare.js';
import { lookAgain, type Verdict } from './look-again.js';
import type { BatchDeps, Period } from './settings.js';
import { moneyBetween, type Tally, tallied } from './tally.js';

/**
 * The completeness statement of a shop for the orders created in `[from, to)`: its own count and
 * money against ours. Money is the orders' gross in integer minor units of its currency. Its JSON is
 * stable: it is stored, printed by `statement --json`, and shown.
 *
 * `listed` = the states' sum, less `withdrawn` and `notListed`, plus `difference`.
 */
export interface Statement {
  readonly shop: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly madeAt: Instant;
  /** What the shop lists. */
  readonly listed: Tally;
  /** What we have, in each order state. */
  readonly states: Readonly<Record<OrderState, Tally>>;
  /** Of what we have: the shop has it too, but leaves it out of its lists (a status no longer registered). */
  readonly notListed: Tally;
  readonly difference: StatementDifference;
  /** Documents dated in the period: invoices less credit notes, per VAT rate. */
  readonly vat: readonly VatTotal[];
}

/** All zero and empty where the shop and we agree. */
interface StatementDifference {
  /** Orders that make it up, those without a known id included. */
  readonly count: number;
  /** The shop's money less ours, on these orders. */
  readonly byCurrency: Readonly<Record<string, number>>;
  readonly orderIds: readonly number[];
  /** Each in words; `orderId` is null where the shop could not even tell the id. */
  readonly orders: readonly { readonly orderId: number | null; readonly what: string }[];
}

/**
 * Walks the shop's list of the period and compares it with what we have. Orders on which the two do
 * not agree are first read again and handed to intake, so that only what remains is a difference.
 * Throws ShopError, RestlessListError.
 */
export async function makeStatement(
  deps: BatchDeps,
  shop: LegShop,
  period: Period,
  signal: AbortSignal,
): Promise<Statement> {
  const { from, to } = clip(period, shop);
  const read: ReadOptions = { source: 'batch', signal };
  const { comparison, unreadable } = await compareLists(deps, shop, { from, to }, read);
  const verdicts = await lookAgain(deps, shop, { from, to }, comparison.suspects, unreadable, read);
  return {
    shop: shop.id,
    from,
    to,
    madeAt: instantOf(deps.clock.now()),
    ...sumUp(comparison, verdicts),
    vat: await vatOf(deps, shop, { from, to }),
  };
}

/** Whole seconds, as the shop's bounds are; nothing before `since`, where we have nothing. */
function clip({ from, to }: Period, { since }: LegShop): Period {
  const wholeSecond = (instant: Instant) => instantOf(Math.floor(epochMsOf(instant) / 1000) * 1000);
  return { from: wholeSecond(from > since ? from : since), to: wholeSecond(to) };
}

async function compareLists(
  deps: BatchDeps,
  shop: LegShop,
  { from, to }: Period,
  read: ReadOptions,
): Promise<{ comparison: Comparison; unreadable: readonly (number | null)[] }> {
  const window = { createdAfter: justBefore(from), createdBefore: to };
  const begin = (): Comparer => createComparer(heldOrders(deps, shop, { from, to }));
  let comparer = begin();
  let unreadable: (number | null)[] = [];
  await walk(
    {
      read: (place) => deps.client.summaries({ ...place, ...window }, read),
      idsOf: (page) => [
        ...page.summaries.map(({ id }) => id),
        ...page.unreadable.map(({ orderId }) => orderId),
      ],
      async take(page) {
        unreadable.push(...page.unreadable.map(({ orderId }) => orderId));
        await comparer.add(page.summaries);
      },
      again() {
        comparer = begin();
        unreadable = [];
      },
    },
    { clock: deps.clock, pageSize: PAGE_SIZE, signal: read.signal ?? NEVER },
  );
  return { comparison: await comparer.end(), unreadable };
}

const NEVER = new AbortController().signal;

async function* heldOrders(
  { store }: BatchDeps,
  shop: LegShop,
  { from, to }: Period,
): AsyncGenerator<OrderFigures, undefined> {
  const limit = 500;
  let afterId = 0;
  for (;;) {
    const figures = await store.orderFigures({ shop: shop.id, from, to, afterId, limit });
    yield* figures;
    const last = figures.at(-1);
    if (!last) return undefined;
    afterId = last.id;
  }
}

/** Pure: the agreed, and what a second look made of the rest. */
export function sumUp(
  comparison: Comparison,
  verdicts: readonly Verdict[],
): Pick<Statement, 'listed' | 'states' | 'notListed' | 'difference'> {
  const states = { ...comparison.agreed };
  let listed = comparison.listed;
  let notListed: Tally = { count: 0, byCurrency: {} };
  let theirs: Tally = { count: 0, byCurrency: {} };
  let ours: Tally = { count: 0, byCurrency: {} };
  const orders: { orderId: number | null; what: string }[] = [];
  for (const verdict of verdicts) {
    const { held, inShop } = verdict;
    if (held) states[held.state] = tallied(states[held.state], held);
    if (inShop?.isListed) listed = tallied(listed, inShop);
    if (held && verdict.kind === 'not-listed') notListed = tallied(notListed, held);
    if (verdict.kind !== 'differs') continue;
    orders.push({ orderId: verdict.id, what: verdict.what });
    if (inShop?.isListed) theirs = tallied(theirs, inShop);
    if (held && held.state !== 'withdrawn') ours = tallied(ours, held);
  }
  return {
    listed,
    states,
    notListed,
    difference: {
      count: orders.length,
      byCurrency: moneyBetween(theirs, ours),
      orderIds: orders.map(({ orderId }) => orderId).filter((id) => id !== null),
      orders,
    },
  };
}

async function vatOf(
  { store, zone }: BatchDeps,
  shop: LegShop,
  { from, to }: Period,
): Promise<readonly VatTotal[]> {
  const last = localDateOf(epochMsOf(to) - 1, zone);
  return store.vatTotals(shop.id, localDateOf(epochMsOf(from), zone), last);
}
