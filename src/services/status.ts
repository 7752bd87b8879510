import type { App } from '../app.js';
import { type Pause, readPause } from '../export/pause.js';
import { ORDER_STATES, type OrderState } from '../orders/states.js';
import { epochMsOf } from '../orders/time.js';
import type {
  AlertStatus,
  BooksStatus,
  RunStatus,
  ShopStatus,
  StatusJson,
  WebhookStatus,
} from '../shapes/status.js';
import type { RunKind } from '../store/store.js';

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
  for (const { id } of app.destinations) books.push(await booksStatus(app, id));
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

/** The latest run of a kind, whatever came of it. */
export async function lastRun(
  { store }: App,
  kind: RunKind,
  subject: string,
): Promise<RunStatus | null> {
  const [run] = await store.runs({ kind, subject }, 1);
  if (!run) return null;
  const { state, startedAt, endedAt, error } = run;
  return { state, startedAt, endedAt, error };
}

async function countsOf({ store }: App, shop: string): Promise<ShopStatus['orders']> {
  const totals = await store.allTotals(shop);
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

export async function webhookStatus({ store, clock }: App, shop: string): Promise<WebhookStatus> {
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

export async function booksStatus({ store, clock }: App, books: string): Promise<BooksStatus> {
  return {
    books,
    postings: await store.postingCounts(books),
    paused: pausedNow(await readPause(store, books), clock.now()),
  };
}

function pausedNow(pause: Pause | undefined, nowMs: number): BooksStatus['paused'] {
  if (!pause || epochMsOf(pause.until) <= nowMs) return null;
  const { until, since, reason } = pause;
  return { until, since, reason };
}
