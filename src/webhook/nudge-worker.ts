import { epochMsOf, type Instant, instantOf } from '../orders/time.js';
import { underClaim } from '../poller/claim.js';
import { type LegDeps, PAGE_SIZE } from '../poller/leg.js';
import { readOrders } from '../poller/read-orders.js';
import type { Nudge } from '../store/store.js';
import { ShopError } from '../woocommerce/shop-error.js';
import { closeKept } from './kept.js';

export interface NudgeOptions {
  readonly shop: string;
  /** Reads what changed lately: for deliveries that did not say which order. */
  readonly poll: (signal: AbortSignal) => Promise<boolean>;
  /** From delivery to posting committed, in milliseconds. */
  readonly onDone?: (lagMs: number) => void;
}

export interface NudgeReport {
  readonly taken: number;
  readonly postponed: number;
}

/** Waits between attempts at a shop that cannot be reached: 5 s, doubled up to 15 minutes. */
const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 15 * 60_000;
const MOST_AT_ONCE = 1000;
const TOO_OLD = 'it is older than webhook.maxAgeDays';

/**
 * Acts on all nudges that are due: each order is read freshly, up to 100 in one request, and goes
 * through the one door. Nudges for one order coalesce. If the shop cannot be reached they wait, in
 * the store, so across restarts.
 */
export async function actOnNudges(
  deps: LegDeps,
  options: NudgeOptions,
  signal: AbortSignal,
): Promise<NudgeReport> {
  const claimed = await underClaim(deps, `nudges:${options.shop}`, signal, async (held) => {
    let report = { taken: 0, postponed: 0 };
    for (;;) {
      const now = instantOf(deps.clock.now());
      const due = await deps.store.dueNudges(options.shop, now, MOST_AT_ONCE);
      if (due.length === 0 || held.aborted) return report;
      report = added(report, await actOn(deps, options, due, held));
    }
  });
  return claimed.taken ? claimed.result : { taken: 0, postponed: 0 };
}

async function actOn(
  deps: LegDeps,
  options: NudgeOptions,
  due: readonly Nudge[],
  signal: AbortSignal,
): Promise<NudgeReport> {
  const nameless = due.filter(({ orderId }) => orderId === null);
  const named = byOrder(due);
  let report = { taken: 0, postponed: 0 };
  for (let from = 0; from < named.length && !signal.aborted; from += PAGE_SIZE) {
    report = added(
      report,
      await takePage(deps, options, named.slice(from, from + PAGE_SIZE), signal),
    );
  }
  if (nameless.length > 0 && !signal.aborted) {
    report = added(report, await look(deps, options, nameless, signal));
  }
  return report;
}

interface NudgedOrder {
  readonly orderId: number;
  readonly nudges: readonly Nudge[];
}

function byOrder(nudges: readonly Nudge[]): NudgedOrder[] {
  const grouped = new Map<number, Nudge[]>();
  for (const nudge of nudges) {
    if (nudge.orderId === null) continue;
    const own = grouped.get(nudge.orderId);
    if (own) own.push(nudge);
    else grouped.set(nudge.orderId, [nudge]);
  }
  return [...grouped].map(([orderId, own]) => ({ orderId, nudges: own }));
}

async function takePage(
  deps: LegDeps,
  options: NudgeOptions,
  page: readonly NudgedOrder[],
  signal: AbortSignal,
): Promise<NudgeReport> {
  const nudges = page.flatMap((order) => order.nudges);
  const tooOld = new Set<number>();
  try {
    const ids = page.map(({ orderId }) => orderId);
    const { accepted } = await readOrders(
      deps,
      ids,
      { source: 'webhook', signal, fresh: true },
      {},
    );
    for (const each of accepted) if (each.tooOld) tooOld.add(each.orderId);
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    await postpone(deps, nudges, error.message);
    return { taken: 0, postponed: nudges.length };
  }
  const isTooOld = ({ orderId }: Nudge) => orderId !== null && tooOld.has(orderId);
  await finish(deps, options, nudges, isTooOld);
  return { taken: nudges.length, postponed: 0 };
}

async function look(
  deps: LegDeps,
  { shop, poll }: NudgeOptions,
  nudges: readonly Nudge[],
  signal: AbortSignal,
): Promise<NudgeReport> {
  if (!(await poll(signal))) {
    await postpone(deps, nudges, 'the shop could not be polled');
    return { taken: 0, postponed: nudges.length };
  }
  const now = instantOf(deps.clock.now());
  const ids = nudges.map(({ id }) => id);
  await deps.store.transaction(async (tx) => {
    await tx.finishNudges(ids, { outcome: 'polled', detail: '', now });
    // A delivery of the same kind that came during the poll has a nudge, and so a poll, of its own.
    await closeKept(tx, shop, { troubles: ['unclear'], until: newestOf(nudges), now });
  });
  return { taken: nudges.length, postponed: 0 };
}

async function finish(
  { store, clock }: LegDeps,
  { shop, onDone }: NudgeOptions,
  nudges: readonly Nudge[],
  isTooOld: (nudge: Nudge) => boolean,
): Promise<void> {
  const nowMs = clock.now();
  const now = instantOf(nowMs);
  const idsOf = (some: readonly Nudge[]) => some.map(({ id }) => id);
  const left = idsOf(nudges.filter(isTooOld));
  const taken = idsOf(nudges.filter((nudge) => !isTooOld(nudge)));
  await store.transaction(async (tx) => {
    await tx.finishNudges(taken, { outcome: 'taken', detail: '', now });
    await tx.finishNudges(left, { outcome: 'too-old', detail: TOO_OLD, now });
    const good = nudges.filter(({ topic }) => topic !== 'order.deleted');
    await closeKept(tx, shop, { troubles: ['owner'], until: newestOf(good), now });
  });
  for (const { receivedAt } of nudges) onDone?.(nowMs - epochMsOf(receivedAt));
}

/** When the newest of them came. */
function newestOf(nudges: readonly Nudge[]): Instant {
  return nudges.reduce((newest, { receivedAt }) => (receivedAt > newest ? receivedAt : newest), '');
}

async function postpone(deps: LegDeps, nudges: readonly Nudge[], detail: string): Promise<void> {
  const attempts = Math.max(...nudges.map((nudge) => nudge.attempts));
  const delayMs = Math.min(FIRST_DELAY_MS * 2 ** Math.min(attempts, 10), LONGEST_DELAY_MS);
  const dueAt = instantOf(deps.clock.now() + delayMs);
  const ids = nudges.map(({ id }) => id);
  await deps.store.transaction((tx) => tx.postponeNudges(ids, dueAt, detail));
  deps.logger.warn(
    { shop: deps.client.shop, count: ids.length, dueAt, reason: detail },
    'nudges wait for the shop',
  );
}

function added(a: NudgeReport, b: NudgeReport): NudgeReport {
  return { taken: a.taken + b.taken, postponed: a.postponed + b.postponed };
}
