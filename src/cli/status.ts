import type { App } from '../app.js';
import { type Pause, readPause } from '../export/pause.js';
import { ORDER_STATES, type OrderState, type PostingState } from '../orders/states.js';
import { epochMsOf } from '../orders/time.js';
import type { RunKind, StoredAlert } from '../store/store.js';

/** How things stand, as `status --json` prints it; times are UTC instants. */
export interface StatusJson {
  readonly at: string;
  /** The process that runs as the daemon; `null`: none. On PostgreSQL none claims it. */
  readonly daemon: { readonly holder: string; readonly since: string } | null;
  readonly shops: readonly ShopStatus[];
  readonly books: readonly BooksStatus[];
  /** What needs a person, oldest first. */
  readonly alerts: readonly AlertStatus[];
}

export type AlertStatus = Pick<StoredAlert, 'key' | 'subject' | 'message' | 'fix' | 'raisedAt'>;

export interface ShopStatus {
  readonly shop: string;
  readonly lastPoll: RunStatus | null;
  readonly lastBatch: RunStatus | null;
  readonly orders: Readonly<Record<OrderState, number>>;
  /** `null` for a shop without webhooks. */
  readonly webhook: WebhookStatus | null;
}

export interface RunStatus {
  readonly state: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly error: string | null;
}

export interface WebhookStatus {
  readonly lastDeliveryAt: string | null;
  /** Deliveries not acted on yet, and how long the oldest has waited. */
  readonly backlog: number;
  readonly oldestWaitsMs: number | null;
  /** From a delivery to its postings committed, of the last 100. */
  readonly lag: { readonly count: number; readonly p50Ms: number; readonly p95Ms: number } | null;
}

export interface BooksStatus {
  readonly books: string;
  readonly postings: Readonly<Record<PostingState, number>>;
  /** `null` while it takes documents. */
  readonly paused: {
    readonly until: string;
    readonly since: string;
    readonly reason: string;
  } | null;
}

/** The store alone is asked, so that it answers also where nothing can be reached. */
export async function readStatus(app: App): Promise<StatusJson> {
  const { store, clock, config, self } = app;
  const nowMs = clock.now();
  const claim = (await store.claims()).find(
    ({ name, holder, expiresAt }) =>
      name === 'daemon' && epochMsOf(expiresAt) > nowMs && !self.isDead(holder),
  );
  const shops: ShopStatus[] = [];
  for (const { id, webhook } of config.shops) {
    shops.push({
      shop: id,
      lastPoll: await lastRun(app, 'poll', id),
      lastBatch: await lastRun(app, 'batch', id),
      orders: await countsOf(app, id),
      webhook: webhook ? await webhookStatus(app, id) : null,
    });
  }
  const books: BooksStatus[] = [];
  for (const { id } of app.destinations) {
    const pause = await readPause(store, id);
    books.push({
      books: id,
      postings: await store.postingCounts(id),
      paused: pausedNow(pause, nowMs),
    });
  }
  return {
    at: new Date(nowMs).toISOString(),
    daemon: claim ? { holder: claim.holder, since: claim.since } : null,
    shops,
    books,
    alerts: await openAlerts(app),
  };
}

async function openAlerts({ store }: App): Promise<AlertStatus[]> {
  const open = (await store.openAlerts()).filter(({ clearedAt }) => clearedAt === null);
  return open.map(({ key, subject, message, fix, raisedAt }) => ({
    key,
    subject,
    message,
    fix,
    raisedAt,
  }));
}

async function lastRun({ store }: App, kind: RunKind, subject: string): Promise<RunStatus | null> {
  const [run] = await store.runs({ kind, subject }, 1);
  if (!run) return null;
  const { state, startedAt, endedAt, error } = run;
  return { state, startedAt, endedAt, error };
}

const EVER = { from: '0000', to: '9999' };

async function countsOf({ store }: App, shop: string): Promise<ShopStatus['orders']> {
  const totals = await store.stateTotals(shop, EVER.from, EVER.to);
  const countOf = (state: OrderState) =>
    totals.filter((total) => total.state === state).reduce((sum, { count }) => sum + count, 0);
  const counts: Record<OrderState, number> = {
    parked: 0,
    forwarded: 0,
    ignored: 0,
    blocked: 0,
    expired: 0,
    withdrawn: 0,
  };
  for (const state of ORDER_STATES) counts[state] = countOf(state);
  return counts;
}

/** Few enough to be of late, enough for a 95th percentile. */
const LAG_OF = 100;

async function webhookStatus({ store, clock }: App, shop: string): Promise<WebhookStatus> {
  const { count, oldestAt } = await store.nudgeBacklog(shop);
  const lags = (await store.doneNudges(shop, LAG_OF)).flatMap(({ receivedAt, doneAt }) =>
    doneAt === null ? [] : [epochMsOf(doneAt) - epochMsOf(receivedAt)],
  );
  return {
    lastDeliveryAt: (await store.lastNudgeAt(shop)) ?? null,
    backlog: count,
    oldestWaitsMs: oldestAt === null ? null : Math.max(0, clock.now() - epochMsOf(oldestAt)),
    lag:
      lags.length === 0
        ? null
        : { count: lags.length, p50Ms: percentile(lags, 50), p95Ms: percentile(lags, 95) },
  };
}

/** By nearest rank. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] ?? 0;
}

function pausedNow(pause: Pause | undefined, nowMs: number): BooksStatus['paused'] {
  if (!pause || epochMsOf(pause.until) <= nowMs) return null;
  const { until, since, reason } = pause;
  return { until, since, reason };
}
