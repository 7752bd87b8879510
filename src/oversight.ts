import { dirname } from 'node:path';
import type { Express } from 'express';
import type { App } from './app.js';
import { isProbing, readPause } from './export/pause.js';
import { type Alerts, createAlerts } from './notify/alerts.js';
import { createChannels } from './notify/channels.js';
import type { BooksSource } from './notify/read-facts.js';
import { readinessChecks } from './notify/readiness.js';
import { addStoreMetrics } from './notify/store-metrics.js';
import { watchAll } from './notify/watch.js';
import { createPeriodic, type Periodic } from './runtime/periodic.js';
import { mountHealth } from './server/health.js';
import { mountMetrics } from './server/metrics.js';
import { mountRequestLog } from './server/request-log.js';
import { closedByPoll } from './webhook/kept.js';

/** Looks after the daemon: alerts, health, metrics. */
export interface Oversight {
  readonly alerts: Alerts;
  /** Looks for what needs a person, and tells of it; a task of its own, since it tells of a store that fails too. */
  readonly task: Periodic;
  mount(express: Express): void;
}

export function createOversight(app: App, lastBeatMs: () => number | undefined): Oversight {
  const { config, store, clock, logger, metrics, self } = app;
  const { remindHours, ...settings } = config.alerts;
  const channels = createChannels(settings, { zone: config.timezone, logger });
  const alerts = createAlerts({ store, clock, logger, channels, remindHours, self });
  const shops = config.shops.map(({ id }) => id);
  const books = app.destinations.map(({ id }) => booksSource(app, id));
  const atWorkSinceMs = clock.now();
  if (metrics) addStoreMetrics(metrics, { store, clock, shops, books: books.map(({ id }) => id) });

  const task = createPeriodic({
    name: 'alerts',
    logger,
    isDue: () => true,
    async work(signal) {
      await watchAll({
        store,
        clock,
        atWorkSinceMs,
        shops,
        books,
        schedule: { zone: config.timezone, at: config.batch.at },
        closesByItself: closedByPoll,
        ...(store.kind === 'sqlite' ? { databaseFolder: dirname(config.database) } : {}),
        alerts,
        logger,
      });
      await alerts.tell(signal);
    },
  });
  return {
    alerts,
    task,
    mount(express) {
      const token = config.server.token === undefined ? {} : { token: config.server.token };
      mountRequestLog(express, { logger, level: config.logLevel });
      const checks = readinessChecks({
        store,
        clock,
        atWorkSinceMs,
        shops,
        books,
        poll: config.poll,
        zone: config.timezone,
        lastBeatMs,
      });
      mountHealth(express, { checks, ...token });
      if (metrics) mountMetrics(express, { metrics, ...token });
    },
  };
}

function booksSource({ store }: App, id: string): BooksSource {
  return {
    id,
    async pause() {
      const pause = await readPause(store, id);
      return isProbing(pause) ? pause : undefined;
    },
  };
}
