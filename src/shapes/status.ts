import { z } from 'zod';
import type { App } from '../app.js';
import { type Pause, readPause } from '../export/pause.js';
import { ORDER_STATES, type OrderState, POSTING_STATES } from '../orders/states.js';
import { epochMsOf } from '../orders/time.js';
import type { RunKind } from '../store/store.js';
import { instant } from './scalars.js';

const runShape = z.object({
  state: z.enum(['running', 'done', 'failed', 'stopped']),
  startedAt: instant,
  endedAt: instant.nullable(),
  error: z.string().nullable(),
});
export type RunStatus = z.infer<typeof runShape>;

const webhookShape = z.object({
  lastDeliveryAt: instant.nullable(),
  backlog: z.int().describe('Deliveries not acted on yet.'),
  oldestWaitsMs: z.int().nullable().describe('How long the oldest of them has waited.'),
  lag: z
    .object({ count: z.int(), p50Ms: z.int(), p95Ms: z.int() })
    .nullable()
    .describe('From a delivery to its postings committed, of the last 100.'),
});
export type WebhookStatus = z.infer<typeof webhookShape>;

const counts = <Key extends string>(keys: readonly Key[]) => z.record(z.enum(keys), z.int());

export const shopShape = z.object({
  shop: z.string(),
  lastPoll: runShape.nullable(),
  lastBatch: runShape.nullable(),
  orders: counts(ORDER_STATES),
  webhook: webhookShape.nullable().describe('Null for a shop without webhooks.'),
});
export type ShopStatus = z.infer<typeof shopShape>;

export const booksShape = z.object({
  books: z.string(),
  postings: counts(POSTING_STATES),
  paused: z
    .object({ until: instant, since: instant, reason: z.string() })
    .nullable()
    .describe('Null while it takes documents.'),
});
export type BooksStatus = z.infer<typeof booksShape>;

/** How things stand, as `status --json` prints it; times are UTC instants. */
export const statusShape = z.object({
  at: instant,
  daemon: z
    .object({ holder: z.string(), since: instant })
    .nullable()
    .describe('The process that runs as the daemon. On PostgreSQL none claims it.'),
  shops: z.array(shopShape),
  books: z.array(booksShape),
});
export type StatusJson = z.infer<typeof statusShape>;

/** The store alone is asked, so that it answers also where nothing can be reached. */
export async function readStatus(app: App): Promise<StatusJson> {
  const { store, clock, config } = app;
  const nowMs = clock.now();
  const claim = (await store.claims()).find(
    ({ name, expiresAt }) => name === 'daemon' && epochMsOf(expiresAt) > nowMs,
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
  };
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
