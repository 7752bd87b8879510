import { randomUUID } from 'node:crypto';
import { type BatchOptions, type BatchReport, runBatch } from './batch/batch.js';
import { batchDue } from './batch/due.js';
import type { BatchDeps } from './batch/settings.js';
import { makeStatement, type Statement } from './batch/statement.js';
import { createRenderers, destinationFor, renderingOf } from './books.js';
import type { Config, ShopConfig } from './config/config.js';
import { secretsOf } from './config/secrets-of.js';
import type { Daemon } from './daemon.js';
import type { Destination } from './export/destination.js';
import { measuredBooks } from './export/measured-books.js';
import { createExportWorker, type ExportWorker } from './export/worker.js';
import { createIntake } from './intake/create-intake.js';
import type { Intake } from './intake/intake.js';
import { rejudgeBlocked } from './intake/rejudge-blocked.js';
import type { Order } from './orders/order.js';
import {
  addDays,
  type Clock,
  epochMsOf,
  type Instant,
  instantOf,
  type LocalDate,
  localDateOf,
} from './orders/time.js';
import { createOutbound } from './outbound/create-outbound.js';
import type { Outbound } from './outbound/outbound.js';
import { type ConfigPlan, type ConfigPlanRequest, planConfig } from './plan/plan-config.js';
import { type PollOptions, type PollReport, pollShop } from './poller/poll.js';
import { readOrders } from './poller/read-orders.js';
import type { Renderer } from './rendering/renderer.js';
import type { DocumentFormat } from './rendering/settings.js';
import { systemClock } from './runtime/clock.js';
import { holderOf, isDead } from './runtime/holder.js';
import { createLogger, type Logger } from './runtime/logger.js';
import { measured } from './runtime/measured.js';
import type { Metrics } from './runtime/metrics.js';
import { createSecretKey, type SecretKey } from './runtime/secret-key.js';
import { startOfLocalDay } from './runtime/zoned.js';
import { openStore } from './store/open-store.js';
import type { Store } from './store/store.js';
import { actOnNudges, type NudgeReport } from './webhook/nudge-worker.js';
import { createShopClient } from './woocommerce/client.js';
import { normaliseOrder } from './woocommerce/normalise-order.js';
import { orderSchema } from './woocommerce/schemas.js';
import type { NewShopClient, ShopClient } from './woocommerce/shop-client.js';

export { secretsOf };

/** What a test or the demo hands in instead of the real thing. */
export interface Overrides {
  readonly clock?: Clock;
  /** 0 (included) to 1 (excluded). */
  readonly random?: () => number;
  readonly logger?: Logger;
  /** Counts and measures; absent: nothing is. */
  readonly metrics?: Metrics;
  readonly client?: (shop: ShopConfig) => ShopClient;
  readonly destinations?: (config: Config) => readonly Destination[];
  readonly sleep?: (delayMs: number, signal?: AbortSignal) => Promise<void>;
}

/** Who we are among the processes that share a store. */
interface Self {
  readonly holder: string;
  readonly isDead: (holder: string) => boolean;
}

/** Everything that works, wired; the commands and the daemon do their work through it. */
export interface App {
  readonly config: Config;
  readonly store: Store;
  readonly intake: Intake;
  readonly worker: ExportWorker;
  /** Outbound webhooks: who is told of what happens here. */
  readonly outbound: Outbound;
  /** Seals what is secret and kept; each purpose gets a key of its own. */
  readonly secretKey: SecretKey;
  readonly destinations: readonly Destination[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** This process, as it signs its claims. */
  readonly self: Self;
  readonly metrics: Metrics | undefined;
  client(shopId: string): ShopClient;
  /**
   * Makes the files of documents, as those books (absent: the first that take files, or the defaults)
   * would, in these formats. Throws RangeError for books that take none.
   */
  renderer(formats: readonly DocumentFormat[], booksId?: string): Renderer;
  poll(shopId: string, options: PollOptions, signal: AbortSignal): Promise<PollReport>;
  /** `localDate` absent: the newest that is due, done or not. */
  batch(
    shopId: string,
    options: BatchOptions & { localDate?: LocalDate },
    signal: AbortSignal,
  ): Promise<BatchReport>;
  /** The date whose batch the shop is due; `null` for none. */
  batchDue(shopId: string): Promise<LocalDate | null>;
  /** Reads these orders again at a person's wish. */
  recheck(shopId: string, orderIds: readonly number[], signal: AbortSignal): Promise<void>;
  /** Judges once more, without a request, what an earlier config blocked. */
  rejudgeBlocked(shopId: string, signal: AbortSignal): Promise<number>;
  statement(
    shopId: string,
    period: { from: LocalDate; to: LocalDate },
    signal: AbortSignal,
  ): Promise<Statement>;
  /** What a changed config would do to stored orders; nothing is done. */
  plan(then: Config, request: ConfigPlanRequest): Promise<ConfigPlan>;
  /** Acts on the webhook deliveries of a shop that are due. */
  actOnNudges(shopId: string, signal: AbortSignal): Promise<NudgeReport>;
  /** The daemon: server, polls, batches and export by their schedules until `stop`. */
  start(): Promise<Daemon>;
  close(): Promise<void>;
}

/** The one place that constructs things. Throws StoreError where the database cannot be used. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const clock = overrides.clock ?? systemClock;
  const random = overrides.random ?? Math.random;
  const logger =
    overrides.logger ??
    createLogger({ level: config.logLevel, format: 'json', secrets: secretsOf(config) });
  const opened = await openStore({ database: config.database, clock, random });
  // Two apps in one process are two workers: each must see the other's claims.
  const holder = `${holderOf()}:${randomUUID()}`;
  const secretKey = createSecretKey({
    configured: config.secretKey,
    // On PostgreSQL several processes share the secrets, so that the config must have the key.
    besideFile: opened.kind === 'sqlite' ? config.database : undefined,
  });
  const { metrics } = overrides;
  const { store, outbound } = createOutbound({
    ...{ store: opened, clock, random, logger, holder, isDead, secretKey },
    allow: config.outbound.allow,
    ...(metrics ? { onAttempt: metrics.attempted } : {}),
  });
  const rendererFor = createRenderers(config);
  const books =
    overrides.destinations?.(config) ??
    config.books.map((one) => destinationFor(one, config, { clock, rendererFor }));
  const destinations = metrics
    ? books.map((one) => measuredBooks(one, metrics.booksCall(one.id)))
    : books;
  const worker = createExportWorker({
    store,
    destinations,
    clock,
    random,
    logger,
    holder,
    isDead,
    leaseMs: EXPORT_LEASE_MS,
    ...(overrides.sleep ? { sleep: overrides.sleep } : {}),
  });
  const intake = createIntake({
    store,
    clock,
    shops: new Map(
      config.shops.map((shop) => [
        shop.id,
        { ...shop, rules: shop.statuses, since: sinceOf(shop, config) },
      ]),
    ),
    documents: config.documents,
    expiryOf: (lastChange) => expiryOf(lastChange, config),
    normalise: normalisedAgain,
    onPostings: () => worker.notify(),
  });
  const clients = new Map(
    config.shops.map((shop) => {
      const plain = overrides.client?.(shop) ?? clientFor(shop, { clock, random, logger });
      const client = metrics ? measured(plain, SHOP_CALLS, metrics.shopCall(shop.id)) : plain;
      return [shop.id, client];
    }),
  );

  const client = (shopId: string): ShopClient => {
    const found = clients.get(shopId);
    if (!found) throw new RangeError(`no shop ${JSON.stringify(shopId)} is configured`);
    return found;
  };
  const depsFor = (shopId: string): BatchDeps => ({
    client: client(shopId),
    intake,
    store,
    clock,
    logger,
    holder,
    isDead,
    zone: config.timezone,
    lookBackDays: config.batch.lookBackDays,
  });
  const legShop = (shopId: string) => {
    const shop = config.shops.find(({ id }) => id === shopId);
    if (!shop) throw new RangeError(`no shop ${JSON.stringify(shopId)} is configured`);
    return { id: shopId, since: sinceOf(shop, config) };
  };
  const schedule = { zone: config.timezone, at: config.batch.at };

  /** Shops being polled by this process, where the claim excludes nothing. */
  const polling = new Set<string>();
  const poll: App['poll'] = async (shopId, options, signal) => {
    polling.add(shopId);
    try {
      return await pollShop(depsFor(shopId), legShop(shopId), options, signal);
    } finally {
      polling.delete(shopId);
    }
  };

  const app: App = {
    config,
    store,
    intake,
    worker,
    outbound,
    secretKey,
    destinations,
    clock,
    logger,
    self: { holder, isDead },
    metrics,
    client,
    renderer: (formats, booksId) => rendererFor(renderingOf(config, booksId), formats),
    poll,
    async batch(shopId, { localDate, ...options }, signal) {
      await rejudgeBlocked(store, intake, shopId, signal);
      const forgetBefore = instantOf(clock.now() - NUDGES_KEPT_MS);
      await store.transaction((tx) => tx.forgetNudges(forgetBefore));
      const date = localDate ?? localDateOf(clock.now(), config.timezone);
      return runBatch(depsFor(shopId), legShop(shopId), date, options, signal);
    },
    batchDue: (shopId) => batchDue(store, shopId, schedule, clock.now()),
    async recheck(shopId, orderIds, signal) {
      await readOrders(depsFor(shopId), orderIds, { source: 'manual', signal, fresh: true }, {});
    },
    actOnNudges(shopId, signal) {
      // While another poll goes on, what did not say which order it is waits for the next attempt.
      const look = async (held: AbortSignal) =>
        !polling.has(shopId) && (await poll(shopId, {}, held)).state === 'done';
      const onDone = metrics ? { onDone: metrics.nudged } : {};
      return actOnNudges(depsFor(shopId), { shop: shopId, poll: look, ...onDone }, signal);
    },
    rejudgeBlocked: (shopId, signal) => rejudgeBlocked(store, intake, shopId, signal),
    statement(shopId, { from, to }, signal) {
      const period = {
        from: instantOf(startOfLocalDay(from, config.timezone)),
        to: instantOf(startOfLocalDay(addDays(to, 1), config.timezone)),
      };
      return makeStatement(depsFor(shopId), legShop(shopId), period, signal);
    },
    plan: (then, request) =>
      planConfig({ store, clock, normalise: normalisedAgain }, { now: config, then }, request),
    // With the server, the page and the API it is most of the program, and one command alone needs it.
    async start() {
      const { startDaemon } = await import('./daemon.js');
      return startDaemon(app);
    },
    async close() {
      await Promise.all([worker.stop(), outbound.stop()]);
      await store.close();
    },
  };
  return app;
}

/** A stored raw observation, read as it was when it came. */
function normalisedAgain(shop: string, raw: string): Order {
  return normaliseOrder(shop, orderSchema.parse(JSON.parse(raw)));
}

/** How long webhook deliveries that were acted on are remembered, for `why` and `status`. */
const NUDGES_KEPT_MS = 90 * 86_400_000;

const SHOP_CALLS = [
  'orders',
  'ordersById',
  'order',
  'summaries',
  'refunds',
  'refundsOf',
  'about',
] as const;

/** Long enough for one attempt at slow books; what is left of a dead process waits no longer. */
const EXPORT_LEASE_MS = 120_000;

/** How a shop is reached, whether a config names it yet or not. */
type ShopAccess = Omit<ShopConfig, 'since' | 'statuses' | 'webhook' | 'books'>;

/** The client of a shop that no config names yet; it logs nothing. */
export function connectShop(shop: ShopAccess, overrides: Overrides = {}): NewShopClient {
  const { clock = systemClock, random = Math.random } = overrides;
  const logger = createLogger({ level: 'silent', format: 'json' });
  return clientFor(shop, { clock, random, logger });
}

function clientFor(
  shop: ShopAccess,
  shared: { clock: Clock; random: () => number; logger: Logger },
): NewShopClient {
  return createShopClient({
    shop: shop.id,
    url: shop.url,
    consumerKey: shop.consumerKey,
    consumerSecret: shop.consumerSecret,
    allowPlainHttp: shop.allowPlainHttp,
    timeoutMs: shop.timeoutSeconds * 1000,
    concurrency: shop.concurrency,
    ...(shop.auth === undefined ? {} : { auth: shop.auth }),
    ...(shop.requestsPerSecond === undefined ? {} : { requestsPerSecond: shop.requestsPerSecond }),
    ...shared,
  });
}

function sinceOf(shop: ShopConfig, { timezone }: Config): Instant {
  return instantOf(startOfLocalDay(shop.since, timezone));
}

/** The night after the look-back's last day: the batch of that date reads the order a last time. */
function expiryOf(lastChange: Instant, { timezone, batch }: Config): Instant {
  const lastDay = addDays(localDateOf(epochMsOf(lastChange), timezone), batch.lookBackDays);
  return instantOf(startOfLocalDay(addDays(lastDay, 1), timezone));
}
