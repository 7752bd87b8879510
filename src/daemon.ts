import type { Express } from 'express';
import type { App } from './app.js';
import { instantOf } from './orders/time.js';
import { createOversight } from './oversight.js';
import { startRealTime } from './real-time.js';
import { AlreadyRunningError } from './runtime/already-running.js';
import { createCronTimer } from './runtime/cron.js';
import { startHeartbeat } from './runtime/heartbeat.js';
import { createPeriodic, type Periodic } from './runtime/periodic.js';
import { createWeb } from './web.js';
import { createWebhookHealth, type WebhookHealth } from './webhook/health.js';

/** The long-running process at work. */
export interface Daemon {
  /** Resolves when it ended: by `stop`, or since its claim on the database was lost. */
  readonly ended: Promise<'stopped' | 'claim-lost'>;
  /** Where its page is; absent where the config switched the server off. */
  readonly url?: string;
  /** No new work; what is under way ends or is left resumable. */
  stop(): Promise<void>;
}

const CLAIM = 'daemon';
const CLAIM_TTL_MS = 180_000;

/**
 * Polls, batches and exports until it is stopped. One daemon a SQLite file; on PostgreSQL any number
 * share the work, since each leg takes its own claim.
 */
export async function startDaemon(app: App): Promise<Daemon> {
  const { store, clock, logger, config, self } = app;
  const isExclusive = store.kind === 'sqlite';
  const expiresAt = () => instantOf(clock.now() + CLAIM_TTL_MS);
  const now = () => instantOf(clock.now());
  if (isExclusive) {
    const claim = { name: CLAIM, ...self, now: now(), expiresAt: expiresAt() };
    const answer = await store.acquireClaim(claim);
    if (!answer.taken) throw new AlreadyRunningError(answer.holder, answer.since);
  }

  let lastBeatMs: number | undefined;
  const oversight = createOversight(app, () => lastBeatMs);
  const { alerts } = oversight;
  const web = config.server.enabled ? await createWeb(app) : undefined;
  const mount = (express: Express) => {
    oversight.mount(express);
    web?.mount(express);
  };
  const realTime = await startRealTime(app, { mount, alerts }).catch(async (error: unknown) => {
    if (isExclusive) await store.releaseClaim(CLAIM, self.holder);
    throw error;
  });
  const health = createWebhookHealth({
    store,
    clock,
    logger,
    ...self,
    client: app.client,
    shops: config.shops.flatMap(({ id, url, webhook }) =>
      webhook ? [{ ...webhook, id, shopUrl: url }] : [],
    ),
    alerts,
  });
  const tasks = [
    ...config.shops.flatMap(({ id }) => shopTasks(app, id, health)),
    ...realTime.tasks,
  ];
  app.worker.start();
  app.outbound.start();
  let stopping: Promise<void> | undefined;
  let end: (how: 'stopped' | 'claim-lost') => void = () => {};
  const ended = new Promise<'stopped' | 'claim-lost'>((resolve) => {
    end = resolve;
  });

  const stopWith = (how: 'stopped' | 'claim-lost'): Promise<void> => {
    stopping ??= (async () => {
      await heartbeat.stop();
      await realTime.stopListening();
      await Promise.all([...tasks, oversight.task].map((task) => task.stop()));
      await Promise.all([app.worker.stop(), app.outbound.stop()]);
      if (isExclusive && how === 'stopped') await store.releaseClaim(CLAIM, self.holder);
      end(how);
    })();
    return stopping;
  };

  const beat = async (): Promise<void> => {
    lastBeatMs = clock.now();
    void oversight.task.beat();
    if (isExclusive && !(await store.renewClaim(CLAIM, self.holder, expiresAt(), now()))) {
      logger.error({}, 'another process took over this database; stopping');
      await stopWith('claim-lost');
      return;
    }
    await Promise.all(tasks.map((task) => task.beat()));
  };
  const heartbeat = startHeartbeat(() => {
    beat().catch((err) => logger.error({ err }, 'the heartbeat failed'));
  }, logger);
  beat().catch((err) => logger.error({ err }, 'the first beat failed'));

  const url = realTime.url === undefined ? {} : { url: realTime.url };
  return { ended, ...url, stop: () => stopWith('stopped') };
}

/** A shop's poll and batch, which take turns. */
function shopTasks(app: App, shopId: string, health: WebhookHealth): Periodic[] {
  const { config, clock, logger } = app;
  const inTurn = createTurns();
  const isCronDue = createCronTimer(config.poll, config.timezone, clock);
  let isFirst = true;
  const poll = createPeriodic({
    name: `poll:${shopId}`,
    logger,
    isDue: () => isCronDue() || isFirst,
    work: (signal) =>
      inTurn(async () => {
        if (isFirst) {
          await health.atStart(shopId, signal);
          await app.rejudgeBlocked(shopId, signal);
        }
        isFirst = false;
        const { state } = await app.poll(shopId, {}, signal);
        if (state === 'done') await health.afterPoll(shopId, signal);
      }),
  });
  const batch = createPeriodic({
    name: `batch:${shopId}`,
    logger,
    isDue: async () => !isFirst && (await app.batchDue(shopId)) !== null,
    work: (signal) =>
      inTurn(async () => {
        const localDate = await app.batchDue(shopId);
        if (localDate !== null) await app.batch(shopId, { localDate }, signal);
      }),
  });
  return [poll, batch];
}

/** One after the other, in the order in which they came. */
function createTurns(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
