import type { Express } from 'express';
import type { App } from './app.js';
import type { Alerts } from './notify/alerts.js';
import { epochMsOf } from './orders/time.js';
import { createPeriodic, type Periodic } from './runtime/periodic.js';
import { ListenError } from './server/listen-error.js';
import { type RunningServer, startServer } from './server/server.js';
import { createReceiver } from './webhook/receiver.js';
import { mountWebhooks, WEBHOOK_PATHS } from './webhook/routes.js';

/** How long nudges of one order are gathered before it is read. */
const GATHER_MS = 1_000;
/** A beat comes each minute; what is due later needs no timer. */
const LONGEST_WAIT_MS = 60_000;
/** How long requests under way may take once we stop. */
const STOP_GRACE_MS = 5_000;

export interface RealTimeOptions {
  /** Further routes: health, metrics. */
  readonly mount: (express: Express) => void;
  readonly alerts: Pick<Alerts, 'raise' | 'clear'>;
}

/** The server, and what acts on what it receives. */
export interface RealTime {
  /** One a shop; beaten by the daemon, for nudges that wait. */
  readonly tasks: readonly Periodic[];
  /** Where it listens; absent where the config switched it off. */
  readonly url?: string;
  /** Takes nothing more in; what was answered is stored. */
  stopListening(): Promise<void>;
}

export async function startRealTime(app: App, options: RealTimeOptions): Promise<RealTime> {
  const { config, clock, logger, store } = app;
  const shops = config.shops.flatMap(({ id, webhook }) => (webhook ? [{ id, ...webhook }] : []));
  const alarms = new Map<string, { readonly atMs: number; readonly timer: NodeJS.Timeout }>();
  let isStopping = false;

  /** Has the nudges of a shop acted on at that moment, unless that is to happen sooner already. */
  const actAt = (shopId: string, atMs: number) => {
    const set = alarms.get(shopId);
    if (isStopping || (set && set.atMs <= atMs)) return;
    clearTimeout(set?.timer);
    const delayMs = Math.min(Math.max(atMs - clock.now(), 0), LONGEST_WAIT_MS);
    const timer = setTimeout(() => {
      alarms.delete(shopId);
      void tasks.get(shopId)?.runNow();
    }, delayMs);
    alarms.set(shopId, { atMs, timer });
  };
  /** What an earlier process left, came while others were read, or waits for the shop. */
  const actWhenDue = async (shopId: string) => {
    const { nextDueAt } = await store.nudgeBacklog(shopId);
    if (nextDueAt !== null) actAt(shopId, epochMsOf(nextDueAt));
  };
  const tasks = new Map(shops.map(({ id }) => [id, nudgeTask(app, id, () => actWhenDue(id))]));
  const onNudges = (shopId: string) => actAt(shopId, clock.now() + GATHER_MS);
  const receiver = createReceiver({
    store,
    clock,
    logger,
    shops: new Map(shops.map((shop) => [shop.id, shop])),
    delayMs: GATHER_MS,
    onNudges,
    onTrouble: (error) => void tellTrouble(options.alerts, error),
  });
  const mount = (express: Express) => {
    options.mount(express);
    mountWebhooks(express, {
      receiver,
      onReceived: (shop, receipt) => app.metrics?.received(shop, receipt),
    });
  };
  const server = await listen(app, mount).catch((error: unknown) => {
    // Where nothing is to be received, an address that is taken keeps nobody from polling and booking.
    if (!(error instanceof ListenError) || shops.length > 0) throw error;
    logger.warn({ reason: error.message, fix: error.fix }, 'goes on without its server');
    return undefined;
  });
  for (const { id } of shops) await actWhenDue(id);
  return {
    tasks: [...tasks.values()],
    ...(server ? { url: server.url } : {}),
    async stopListening() {
      isStopping = true;
      await server?.stop(STOP_GRACE_MS);
      await receiver.idle();
      for (const { timer } of alarms.values()) clearTimeout(timer);
    },
  };
}

async function listen(
  { config, logger }: App,
  mount: (express: Express) => void,
): Promise<RunningServer | undefined> {
  const { enabled, host, port, trustProxy } = config.server;
  if (!enabled) return undefined;
  const postedByPrograms = WEBHOOK_PATHS;
  return startServer({ host, port, trustProxy, logger, postedByPrograms, mount });
}

const NOT_STORED = 'database/write';

/** A disk that is full, or a database that is locked: known at the first delivery that meets it. */
async function tellTrouble(alerts: RealTimeOptions['alerts'], error: unknown): Promise<void> {
  if (error === null) return alerts.clear(NOT_STORED);
  return alerts.raise({
    key: NOT_STORED,
    subject: 'Webhook deliveries cannot be stored',
    message: `They are answered 503 (${error instanceof Error ? error.message : String(error)}); the polls find what they told of.`,
    fix: 'Look at the disk and the database. All goes on by itself once they can be written.',
  });
}

/** Reads the orders that webhooks told of, and then has what is left acted on at its own time. */
function nudgeTask(app: App, shopId: string, onRest: () => Promise<void>): Periodic {
  return createPeriodic({
    name: `nudges:${shopId}`,
    logger: app.logger,
    isDue: async () => {
      const { nextDueAt } = await app.store.nudgeBacklog(shopId);
      return nextDueAt !== null && epochMsOf(nextDueAt) <= app.clock.now();
    },
    work: async (signal) => {
      await app.actOnNudges(shopId, signal);
      if (!signal.aborted) await onRest();
    },
  });
}
