import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HARD } from '../../src/demo/kinds.js';
import { seededRandom } from '../../src/demo/random.js';
import { type DemoShop, startDemoShop } from '../../src/demo/shop-server.js';
import { createIntake } from '../../src/intake/create-intake.js';
import { epochMsOf, instantOf } from '../../src/orders/time.js';
import { CURSORS, OVERLAP_MS } from '../../src/poller/leg.js';
import { pollShop } from '../../src/poller/poll.js';
import { systemClock } from '../../src/runtime/clock.js';
import { createLogger } from '../../src/runtime/logger.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import {
  createWebhookHealth,
  type WebhookHealth,
  type WebhookHealthReport,
} from '../../src/webhook/health.js';
import type { RaisedAlert } from '../../src/webhook/health-alerts.js';
import type { HealthShop } from '../../src/webhook/health-shop.js';
import { registerWebhooks, WHOLE } from '../../src/webhook/registration.js';
import { createShopClient } from '../../src/woocommerce/client.js';
import { normaliseOrder } from '../../src/woocommerce/normalise-order.js';
import { orderSchema } from '../../src/woocommerce/schemas.js';
import { DEFAULT_RULES } from '../support/intake.js';
import { DOCUMENT_SETTINGS } from '../support/settings.js';
import { startWebhookServer, type WebhookServer } from '../support/webhooks.js';

/* The shop's webhooks looked after: the demo shop delivers to the real server, on a real store. */

const MINUTE_MS = 60_000;
const KEY = { consumerKey: `ck_${'1'.repeat(40)}`, consumerSecret: `cs_${'1'.repeat(40)}` };
const READ_KEY = { consumerKey: `ck_${'2'.repeat(40)}`, consumerSecret: `cs_${'2'.repeat(40)}` };
const SHOP = { id: 'main', since: '2026-01-01T00:00:00.000Z' };
const SECRET = 'a-secret-of-the-webhooks';
const never = new AbortController().signal;

let nowMs: number;
let folder: string;
let demo: DemoShop;
let store: Store;
let receiver: WebhookServer;
let gateway: Gateway;
let alerts: Map<string, RaisedAlert>;
let log: string[];
const clock = { now: () => nowMs };

/** What stands before our server: the public address, which may be down or lead elsewhere. */
interface Gateway {
  readonly url: string;
  mode: 'up' | 'down' | 'redirects' | 'refuses';
  close(): Promise<void>;
}

async function openGateway(target: () => string): Promise<Gateway> {
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    if (opened.mode === 'down') return void request.socket.destroy();
    if (opened.mode === 'redirects') {
      return void response.writeHead(301, { Location: 'https://www.orders.example/' }).end();
    }
    if (opened.mode === 'refuses') return void response.writeHead(403).end('<html>');
    const names = ['content-type', 'x-wc-webhook-topic', 'x-wc-webhook-signature'];
    const headers = names.flatMap((name): [string, string][] => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    });
    const body = Buffer.concat(chunks);
    const answer = await fetch(`${target()}${request.url}`, { method: 'POST', headers, body });
    response.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const opened: Gateway = {
    url: `http://127.0.0.1:${port}`,
    mode: 'up',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return opened;
}

beforeEach(async () => {
  nowMs = Date.parse('2026-11-20T12:00:00Z');
  folder = mkdtempSync(join(tmpdir(), 'orderpark-health-'));
  alerts = new Map();
  log = [];
  store = await openStore({ database: join(folder, 'orderpark.db'), clock });
  demo = await startDemoShop({
    clock,
    signatureClock: systemClock,
    seed: 7,
    timezone: 'Europe/Amsterdam',
    credentials: [
      { ...KEY, permissions: 'read_write' },
      { ...READ_KEY, permissions: 'read' },
    ],
  });
  const shop = { id: SHOP.id, secrets: [SECRET], maxAgeDays: 92 };
  receiver = await startWebhookServer({ store, shops: [shop], now: () => nowMs });
  gateway = await openGateway(() => receiver.server.url);
});
afterEach(async () => {
  await demo.close();
  await gateway.close();
  await receiver.stop();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function legDeps(credential = KEY) {
  const intake = createIntake({
    store,
    clock,
    shops: new Map([[SHOP.id, { ...SHOP, rules: DEFAULT_RULES, books: ['journal'] }]]),
    documents: DOCUMENT_SETTINGS,
    expiryOf: (lastChange) => instantOf(epochMsOf(lastChange) + 21 * 86_400_000),
    normalise: (id, raw) => normaliseOrder(id, orderSchema.parse(JSON.parse(raw))),
  });
  const client = createShopClient({
    shop: SHOP.id,
    url: demo.url,
    ...credential,
    clock,
    random: () => 0,
    sleep: async () => {},
  });
  const logger = createLogger({ level: 'info', format: 'json', write: (line) => log.push(line) });
  return { client, intake, store, clock, logger, holder: 'here:1:1', isDead: () => false };
}

const target = () => ({ shop: SHOP.id, url: gateway.url, secret: SECRET });
const register = (credential = KEY) =>
  registerWebhooks(legDeps(credential), target(), WHOLE, never);

/** As the daemon does: a poll, then the look at the webhooks. */
function healthFor(more: Partial<HealthShop> = {}, credential = KEY): WebhookHealth {
  const deps = legDeps(credential);
  const shop = { id: SHOP.id, shopUrl: demo.url, url: gateway.url, secrets: [SECRET] };
  return createWebhookHealth({
    ...deps,
    client: () => deps.client,
    shops: [{ ...shop, register: true, ...more }],
    alerts: {
      raise: (alert) => void alerts.set(alert.key, alert),
      clear: (key) => void alerts.delete(key),
    },
  });
}

/** As the daemon does: a poll, then the look at the webhooks. */
async function poll(
  more: Partial<HealthShop> = {},
  credential = KEY,
): Promise<WebhookHealthReport | undefined> {
  nowMs += 1000;
  expect(await pollShop(legDeps(credential), SHOP, {}, never)).toMatchObject({ state: 'done' });
  return healthFor(more, credential).afterPoll(SHOP.id, never);
}

function place(): number {
  const kind = HARD['mixedVat'];
  if (!kind) throw new Error('no such kind');
  const id = demo.state.place(kind(seededRandom(nowMs)));
  demo.state.setStatus(id, 'processing');
  return id;
}

const pass = (minutes: number) => {
  nowMs += minutes * MINUTE_MS;
};
const statuses = () => demo.webhooks.all().map(({ status }) => status);
const updatedWebhook = () => {
  const found = demo.webhooks.all().find(({ topic }) => topic === 'order.updated');
  if (!found) throw new Error('not registered');
  return found;
};
const cursor = () => store.cursor(SHOP.id, CURSORS.poll);

/** So many deliveries of one order that do not arrive. */
async function failDeliveries(id: number, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    demo.state.save(id);
    await demo.deliverWebhooks();
  }
}

describe('registration, over the REST API', () => {
  it('makes four webhooks that are pinged and deliver what we take; a second time none', async () => {
    await register();
    expect(receiver.receipts).toEqual(Array(4).fill(['main', 'ping']));
    expect(await register()).toMatchObject({ created: [], repaired: [], removed: [] });
    expect(demo.webhooks.all()).toHaveLength(4);
    const id = place();
    await demo.deliverWebhooks();
    const topics = (await store.nudgesOf(SHOP.id, id, 10)).map(({ topic }) => topic);
    expect(topics.sort()).toEqual(['order.created', 'order.updated']);
  });

  it('makes no duplicate of a webhook whose answer was lost', async () => {
    const lose = { rates: { 'dropped-after-commit': 1 } } as const;
    demo.onRequest(({ method }) => demo.setFaults(method === 'POST' ? lose : { rates: {} }));
    expect((await register()).created).toHaveLength(4);
    expect(demo.webhooks.all()).toHaveLength(4);
  });

  it('says which permission a read-only key lacks', async () => {
    await expect(register(READ_KEY)).rejects.toMatchObject({
      kind: 'config',
      fix: expect.stringContaining('Read/Write'),
    });
  });
});

describe('at the start', () => {
  it('webhooks are made where the config says so, and a paused one stays as it is', async () => {
    await healthFor().atStart(SHOP.id, never);
    expect(demo.webhooks.all()).toHaveLength(4);
    demo.webhooks.update(updatedWebhook(), { status: 'paused', secret: 'typed wrongly' });
    await healthFor().atStart(SHOP.id, never);
    expect(updatedWebhook()).toMatchObject({ status: 'paused', secret: SECRET });
    expect(alerts).toEqual(new Map());
  });

  it('nothing is made where it does not say so', async () => {
    await healthFor({ register: false }).atStart(SHOP.id, never);
    expect(demo.webhooks.all()).toEqual([]);
  });

  it('a shop that does not let us is told of, and stops nothing', async () => {
    await healthFor({}, READ_KEY).atStart(SHOP.id, never);
    expect(alerts.get('webhook-missing/main')?.fix).toContain('Read/Write');
  });

  it('a shop that is down just then is none of a person’s business: a later poll makes them', async () => {
    demo.setFaults({ rates: { 'bad-gateway': 1 } });
    await healthFor().atStart(SHOP.id, never);
    expect(alerts).toEqual(new Map());
    demo.setFaults({ rates: {} });
    expect(await poll()).toMatchObject({ state: 'mended' });
    expect(demo.webhooks.all()).toHaveLength(4);
  });
});

describe('a disabled webhook', () => {
  let id: number;
  beforeEach(async () => {
    await register();
    await poll();
    id = place();
    await demo.deliverWebhooks();
    await poll();
    pass(30);
    gateway.mode = 'down';
    await failDeliveries(id, 7);
    expect(updatedWebhook().status).toBe('disabled');
  });

  it('stays disabled while our address does not answer, and a person is told why', async () => {
    const before = await cursor();
    expect(await poll()).toMatchObject({ state: 'disabled' });
    expect(updatedWebhook().status).toBe('disabled');
    expect(alerts.get('webhook-disabled/main')).toMatchObject({
      message: expect.stringContaining('does not answer'),
    });
    // The poll itself moved it on, and nothing moved it back.
    expect(((await cursor()) ?? '') > (before ?? '')).toBe(true);
  });

  it.each([
    ['redirects', /redirects/],
    ['refuses', /firewall/],
  ] as const)('also where something before it %s', async (mode, fix) => {
    gateway.mode = mode;
    expect(await poll()).toMatchObject({ state: 'disabled' });
    expect(alerts.get('webhook-disabled/main')?.fix).toMatch(fix);
    expect(updatedWebhook().status).toBe('disabled');
  });

  it('is active again once it answers, and the gap is read again', async () => {
    const confirmed = await store.lastNudgeAt(SHOP.id);
    gateway.mode = 'up';
    const report = await poll();
    const from = instantOf(epochMsOf(confirmed ?? '') - OVERLAP_MS);
    expect(report).toMatchObject({ state: 'mended', gapFrom: from });
    expect(log.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ level: 30, topics: ['order.updated'], gapFrom: from }),
    );
    expect(await cursor()).toBe(from);
    expect(statuses()).toEqual(Array(4).fill('active'));
    expect(alerts.get('webhook-disabled/main')?.message).toContain('read again');

    expect(updatedWebhook().failures).toBe(6);
    demo.state.save(id);
    await demo.deliverWebhooks();
    expect(updatedWebhook()).toMatchObject({ status: 'active', failures: 0 });
    expect(await poll()).toMatchObject({ state: 'well' });
    expect(alerts).toEqual(new Map());
    expect(((await cursor()) ?? '') > from).toBe(true);
  });

  it('gets the secret anew, since a wrong one may be why deliveries failed', async () => {
    demo.webhooks.update(updatedWebhook(), { secret: 'typed wrongly' });
    gateway.mode = 'up';
    await poll();
    expect(updatedWebhook().secret).toBe(SECRET);
  });

  it('cannot be made active with a read-only key: a person is told which right it needs', async () => {
    gateway.mode = 'up';
    expect(await poll({}, READ_KEY)).toMatchObject({ state: 'disabled' });
    expect(alerts.get('webhook-disabled/main')?.fix).toContain('Read/Write');
  });

  it('never moves the cursor forward', async () => {
    gateway.mode = 'up';
    const early = instantOf(nowMs - 100 * MINUTE_MS);
    await store.transaction((tx) => tx.setCursor(SHOP.id, CURSORS.poll, early, instantOf(nowMs)));
    const report = await healthFor().afterPoll(SHOP.id, never);
    expect(report?.state).toBe('mended');
    expect(report?.gapFrom).toBeUndefined();
    expect(await cursor()).toBe(early);
  });
});

it('a paused webhook is told of and left as it is', async () => {
  await register();
  demo.webhooks.update(updatedWebhook(), { status: 'paused' });
  expect(await poll()).toMatchObject({ state: 'paused' });
  expect(updatedWebhook().status).toBe('paused');
  expect([...alerts.keys()]).toEqual(['webhook-paused/main']);
  demo.webhooks.update(updatedWebhook(), { status: 'active' });
  await poll();
  expect(alerts).toEqual(new Map());
});

describe('a missing webhook', () => {
  it('is made again where we are to register them, beside one that is paused', async () => {
    await register();
    demo.webhooks.remove(updatedWebhook().id);
    const [created] = demo.webhooks.all();
    if (created) demo.webhooks.update(created, { status: 'paused' });
    expect(await poll()).toMatchObject({ state: 'mended' });
    expect(updatedWebhook()).toMatchObject({ status: 'active', secret: SECRET });
    expect(created?.status).toBe('paused');
    expect(demo.webhooks.all()).toHaveLength(4);
  });

  it('is left alone where we are not', async () => {
    await register();
    demo.webhooks.remove(updatedWebhook().id);
    expect(await poll({ register: false })).toMatchObject({ state: 'well' });
    expect(demo.webhooks.all()).toHaveLength(3);
  });

  it('that cannot be made is told of, with the right that the key lacks', async () => {
    expect(await poll({}, READ_KEY)).toMatchObject({ state: 'missing' });
    expect(alerts.get('webhook-missing/main')?.fix).toContain('Read/Write');
  });
});

describe('silence that does not fit the polls', () => {
  beforeEach(async () => {
    await register();
    await poll();
    pass(1);
  });

  it('is none where each change was told of in time', async () => {
    place();
    await demo.deliverWebhooks();
    pass(15);
    expect((await poll())?.silence).toMatchObject({ changed: 1, told: 1, late: 0, lost: 0 });
    expect(alerts).toEqual(new Map());
  });

  it('is not judged before a delivery is overdue, and then once', async () => {
    place();
    pass(5);
    expect((await poll())?.silence).toBeUndefined();
    pass(10);
    expect((await poll())?.silence).toMatchObject({ changed: 1, lost: 1 });
    pass(15);
    expect((await poll())?.silence).toMatchObject({ changed: 0, lost: 0 });
    expect(alerts).toEqual(new Map());
  });

  it('of a change of a moment ago is not judged with older ones, but the next time', async () => {
    place();
    pass(14);
    place();
    pass(1);
    expect((await poll())?.silence).toMatchObject({ changed: 1, lost: 1 });
    pass(15);
    expect((await poll())?.silence).toMatchObject({ changed: 1, lost: 1 });
  });

  it('that repeats is told with its likely cause, and over once deliveries come', async () => {
    for (const _ of [1, 2]) {
      place();
      pass(15);
      expect((await poll())?.silence).toMatchObject({ lost: 1, told: 0 });
    }
    expect(alerts.get('webhook-silent/main')?.message).toContain('WP-Cron does not run');
    await demo.deliverWebhooks();
    place();
    await demo.deliverWebhooks();
    pass(15);
    await poll();
    expect(alerts).toEqual(new Map());
  });

  it('of deliveries that come late is laid to WP-Cron', async () => {
    for (const _ of [1, 2]) {
      place();
      pass(12);
      await demo.deliverWebhooks();
      pass(3);
      expect((await poll())?.silence).toMatchObject({ late: 1, lost: 0 });
    }
    expect(alerts.get('webhook-silent/main')?.message).toContain('WP-Cron runs seldom');
  });

  it.each([
    ['redirects', /It redirects/],
    ['refuses', /firewall/],
  ] as const)('where our address %s is laid to that', async (mode, fix) => {
    gateway.mode = mode;
    for (const _ of [1, 2]) {
      place();
      // A redirect counts as a success in the shop, so nothing is disabled.
      await demo.deliverWebhooks();
      pass(15);
      await poll();
    }
    expect(alerts.get('webhook-silent/main')?.fix).toMatch(fix);
  });

  it('while webhooks were disabled is no news', async () => {
    const id = place();
    await demo.deliverWebhooks();
    gateway.mode = 'down';
    await failDeliveries(id, 7);
    pass(15);
    await poll();
    gateway.mode = 'up';
    await poll();
    pass(15);
    expect((await poll())?.silence).toMatchObject({ changed: 0 });
  });
});

it('an owner without rights is told of, until a delivery has an order again', async () => {
  await register();
  updatedWebhook().ownerHasRights = false;
  place();
  await demo.deliverWebhooks();
  await poll();
  expect([...alerts.keys()]).toEqual(['webhook-owner/main']);
  pass(3 * 24 * 60);
  await poll();
  expect([...alerts.keys()]).toEqual(['webhook-owner/main']);
  const open = await store.quarantine({ open: true });
  const now = instantOf(nowMs);
  await store.transaction((tx) =>
    tx.closeQuarantine(
      open.map(({ id }) => id),
      now,
    ),
  );
  await poll();
  expect([...alerts.keys()]).toEqual([]);
});

it('a shop whose webhooks cannot be read is no trouble of the poll', async () => {
  demo.onRequest(({ path }) =>
    demo.setFaults(path.endsWith('/webhooks') ? { rates: { 'html-200': 1 } } : { rates: {} }),
  );
  expect(await poll()).toMatchObject({ state: 'unknown' });
});
