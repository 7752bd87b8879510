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
 * the store, so across restarts; a shop that is found to be down is not asked again for the rest.
 */
export async function actOnNudges(
  deps: LegDeps,
  options: NudgeOptions,
  signal: AbortSignal,
): Promise<NudgeReport> {
  const claimed = await underClaim(deps, `nudges:${options.shop}`, signal, async (held) => {
    let pass: Pass = NOTHING;
    for (;;) {
      const now = instantOf(deps.clock.now());
      const due = await deps.store.dueNudges(options.shop, now, MOST_AT_ONCE);
      if (due.length === 0 || held.aborted) return pass;
      const acted =
        pass.down === undefined
          ? await actOn(deps, options, due, held)
          : await postpone(deps, { tried: [], untried: due }, pass.down);
      pass = { ...pass, ...acted, ...added(pass, acted) };
    }
  });
  const { taken, postponed } = claimed.taken ? claimed.result : NOTHING;
  return { taken, postponed };
}

/** What became of some nudges; `down`: why the shop cannot be read at all. */
interface Pass extends NudgeReport {
  readonly down?: string;
}
const NOTHING: Pass = { taken: 0, postponed: 0 };

async function actOn(
  deps: LegDeps,
  options: NudgeOptions,
  due: readonly Nudge[],
  signal: AbortSignal,
): Promise<Pass> {
  const nameless = due.filter(({ orderId }) => orderId === null);
  const orders = byOrder(due);
  let report: NudgeReport = NOTHING;
  for (let from = 0; from < orders.length && !signal.aborted; from += PAGE_SIZE) {
    const page = orders.slice(from, from + PAGE_SIZE).flat();
    const failed = await takePage(deps, options, page, signal);
    if (!failed) {
      report = added(report, { taken: page.length, postponed: 0 });
      continue;
    }
    if (failed.kind === 'aborted') return report;
    const isDown = isOfWholeShop(failed);
    const untried = isDown ? [...orders.slice(from + PAGE_SIZE).flat(), ...nameless] : [];
    report = added(report, await postpone(deps, { tried: page, untried }, failed.message));
    if (isDown) return { ...report, down: failed.message };
  }
  if (nameless.length > 0 && !signal.aborted) {
    report = added(report, await look(deps, options, nameless, signal));
  }
  return report;
}

/** Whether another request would fare no better. */
function isOfWholeShop({ kind }: ShopError): boolean {
  switch (kind) {
    case 'config':
    case 'wait':
    // One order that the shop fails on was looked for, and is not to blame.
    case 'spoiled':
      return true;
    case 'garbled':
    case 'gone':
    case 'aborted':
      return false;
  }
}

/** Those of one order, in the place of the first that is due. */
function byOrder(nudges: readonly Nudge[]): Nudge[][] {
  const grouped = new Map<number, Nudge[]>();
  for (const nudge of nudges) {
    if (nudge.orderId === null) continue;
    const own = grouped.get(nudge.orderId);
    if (own) own.push(nudge);
    else grouped.set(nudge.orderId, [nudge]);
  }
  return [...grouped.values()];
}

/** Undefined where all of them are done; the shop's trouble where they have to wait. */
async function takePage(
  deps: LegDeps,
  options: NudgeOptions,
  page: readonly Nudge[],
  signal: AbortSignal,
): Promise<ShopError | undefined> {
  const ids = [...new Set(page.flatMap(({ orderId }) => orderId ?? []))];
  const tooOld = new Set<number>();
  try {
    const read = { source: 'webhook', signal, fresh: true } as const;
    const { accepted } = await readOrders(deps, ids, read, {});
    for (const each of accepted) if (each.tooOld) tooOld.add(each.orderId);
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    return error;
  }
  const isTooOld = ({ orderId }: Nudge) => orderId !== null && tooOld.has(orderId);
  await finish(deps, options, page, isTooOld);
  return undefined;
}

async function look(
  deps: LegDeps,
  { shop, poll }: NudgeOptions,
  nudges: readonly Nudge[],
  signal: AbortSignal,
): Promise<NudgeReport> {
  if (!(await poll(signal))) {
    if (signal.aborted) return NOTHING;
    return postpone(deps, { tried: nudges, untried: [] }, 'the shop could not be polled');
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
    // That an order was deleted is told by any owner, with or without rights.
    const good = nudges.filter(({ topic }) => topic !== 'order.deleted');
    await closeKept(tx, shop, { troubles: ['owner'], until: newestOf(good), now });
  });
  for (const { receivedAt } of nudges) onDone?.(nowMs - epochMsOf(receivedAt));
}

/** When the newest of them came. */
function newestOf(nudges: readonly Nudge[]): Instant {
  return nudges.reduce((newest, { receivedAt }) => (receivedAt > newest ? receivedAt : newest), '');
}

interface Waiting {
  readonly tried: readonly Nudge[];
  readonly untried: readonly Nudge[];
}

/**
 * Each waits by the attempts of its own, so that what was tried less is soon due without the rest: a
 * request that fails each time holds up no other.
 */
async function postpone(
  { store, clock, client, logger }: LegDeps,
  { tried, untried }: Waiting,
  detail: string,
): Promise<NudgeReport> {
  const nowMs = clock.now();
  await store.transaction(async (tx) => {
    for (const [dueAt, ids] of byDueAt(tried, nowMs)) {
      await tx.postponeNudges(ids, { dueAt, detail, isAttempt: true });
    }
    for (const [dueAt, ids] of byDueAt(untried, nowMs)) {
      await tx.postponeNudges(ids, { dueAt, detail, isAttempt: false });
    }
  });
  const count = tried.length + untried.length;
  logger.warn({ shop: client.shop, count, reason: detail }, 'nudges wait for the shop');
  return { taken: 0, postponed: count };
}

/** The ids, by when they are tried again, which is later after each attempt. */
function byDueAt(nudges: readonly Nudge[], nowMs: number): ReadonlyMap<Instant, number[]> {
  const grouped = new Map<Instant, number[]>();
  for (const { id, attempts } of nudges) {
    const delayMs = Math.min(FIRST_DELAY_MS * 2 ** Math.min(attempts, 10), LONGEST_DELAY_MS);
    const dueAt = instantOf(nowMs + delayMs);
    const others = grouped.get(dueAt);
    if (others) others.push(id);
    else grouped.set(dueAt, [id]);
  }
  return grouped;
}

function added(a: NudgeReport, b: NudgeReport): NudgeReport {
  return { taken: a.taken + b.taken, postponed: a.postponed + b.postponed };
}
