import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type App, createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config/load.js';
import { instantOf } from '../../src/orders/time.js';
import { type RealTime, startRealTime } from '../../src/real-time.js';
import { headersFor } from '../support/webhooks.js';

/* The server and its gathering of nudges, without the daemon's heartbeat. */

const SECRET = 'whsec-plain-0001';
const FOREVER = '9999-01-01T00:00:00.000Z';

let folder: string;
let app: App;
let realTime: RealTime;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-real-time-'));
  const env = {
    DEMO_FOLDER: folder,
    DEMO_SHOP_URL: 'http://127.0.0.1:9',
    DEMO_CONSUMER_KEY: 'ck_demo',
    DEMO_CONSUMER_SECRET: 'cs_demo',
    DEMO_SMTP: 'smtp://127.0.0.1:9',
  };
  const loaded = loadConfig({ path: 'config/demo.yaml', env });
  if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
  const webhook = { secrets: [SECRET], register: false, maxAgeDays: 92 };
  const { config } = loaded;
  const shops = config.shops.map((shop) => ({ ...shop, webhook }));
  app = await createApp({ ...config, shops });
  const alerts = { raise: async () => undefined, clear: async () => undefined };
  const acting: App = { ...app, actOnNudges: takeAllDue };
  realTime = await startRealTime(acting, { mount: () => undefined, alerts });
});
afterEach(async () => {
  await realTime.stopListening();
  await Promise.all(realTime.tasks.map((task) => task.stop()));
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Stands for the reading of the orders. */
async function takeAllDue(shop: string) {
  const now = instantOf(app.clock.now());
  const due = await app.store.dueNudges(shop, now, 100);
  const ids = due.map(({ id }) => id);
  await app.store.transaction((tx) => tx.finishNudges(ids, { outcome: 'taken', detail: '', now }));
  return { taken: ids.length, postponed: 0 };
}

async function deliver(orderId: number): Promise<void> {
  const body = JSON.stringify({ id: orderId });
  const url = `${realTime.url}/webhooks/woocommerce/demo`;
  const answer = await fetch(url, { method: 'POST', headers: headersFor(body, SECRET), body });
  expect(answer.status).toBe(200);
}

it('what comes while others are gathered is acted on without a further delivery or a beat', async () => {
  await deliver(1);
  await sleep(500);
  await deliver(2);
  expect(await app.store.dueNudges('demo', FOREVER, 10)).toHaveLength(2);
  while ((await app.store.nudgeBacklog('demo')).count > 0) await sleep(20);
  expect(await app.store.dueNudges('demo', FOREVER, 10)).toEqual([]);
});

it('the answer to a delivery has no headers for browsers; what a person may look at has', async () => {
  const url = `${realTime.url}/webhooks/woocommerce/demo`;
  const posted = await fetch(url, { method: 'POST', body: '{}' });
  const looked = await fetch(url);
  expect(posted.headers.has('content-security-policy')).toBe(false);
  expect(looked.headers.has('content-security-policy')).toBe(true);
});

it('an address that is taken stops who is to receive webhooks, and nobody else', async () => {
  const port = Number(new URL(realTime.url ?? '').port);
  const alerts = { raise: async () => undefined, clear: async () => undefined };
  const options = { mount: () => undefined, alerts };
  const onPort = (shops: App['config']['shops']): App => {
    const server = { ...app.config.server, port };
    return { ...app, config: { ...app.config, server, shops } };
  };
  await expect(startRealTime(onPort(app.config.shops), options)).rejects.toThrow('EADDRINUSE');
  const pollingOnly = app.config.shops.map(({ webhook: _, ...shop }) => shop);
  const without = await startRealTime(onPort(pollingOnly), options);
  expect(without.url).toBeUndefined();
  await without.stopListening();
});
