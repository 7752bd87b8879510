import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headersFor } from '../../tests/support/webhooks.js';
import { createLogger } from '../runtime/logger.js';
import { startServer } from '../server/server.js';
import { openStore } from '../store/open-store.js';
import { loadSqlite } from '../store/sqlite/native.js';
import type { Store } from '../store/store.js';
import { probeEndpoint } from './health-probe.js';
import { createReceiver, type Receiver, type ReceiverOptions } from './receiver.js';
import { mountWebhooks } from './routes.js';

const SECRET = 'whsec-plain-0001';
const NOW = '2026-11-20T14:51:59.000Z';
const LATER = '2026-11-21T00:00:00.000Z';
const SHOPS = [
  { id: 'main', secrets: [SECRET, 'whsec-old-0000'], licenseKey: 'lk-main', maxAgeDays: 92 },
  { id: 'second', secrets: ['whsec-second'], licenseKey: 'lk-second', maxAgeDays: 92 },
  { id: 'keyless', secrets: ['whsec-keyless'], maxAgeDays: 92 },
];

let folder: string;
let database: string;
let store: Store;
let nowMs: number;
let lines: string[];
let nudged: string[];
let troubles: unknown[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-receiver-'));
  database = join(folder, 'orderpark.db');
  nowMs = Date.parse(NOW);
  lines = [];
  nudged = [];
  troubles = [];
  store = await openStore({ database, clock: { now: () => nowMs }, busyTimeoutMs: 20 });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function receiverOn(on: Store, more: Partial<ReceiverOptions> = {}): Receiver {
  return createReceiver({
    store: on,
    clock: { now: () => nowMs },
    logger: createLogger({ level: 'debug', format: 'json', write: (line) => lines.push(line) }),
    shops: new Map(SHOPS.map((shop) => [shop.id, shop])),
    delayMs: 1000,
    onNudges: (shop) => nudged.push(shop),
    onTrouble: (error) => troubles.push(error),
    ...more,
  });
}

function delivery(body: string, secret = SECRET, topic?: string) {
  return { headers: headersFor(body, secret, topic), body: Buffer.from(body) };
}

const ofOrder = (id: number) => delivery(`{"id":${id}}`);
const nudges = async (shop = 'main') => store.dueNudges(shop, LATER, 5000);

/** The same store, of which transactions are counted, and fail while they are told to. */
function watched() {
  const watch = { transactions: 0, fails: false };
  const transaction: Store['transaction'] = async (work) => {
    watch.transactions += 1;
    if (watch.fails) throw new Error('the store is gone');
    return store.transaction(work);
  };
  return { watch, on: { ...store, transaction } };
}

describe('what is authentic', () => {
  it('is stored before it is answered', async () => {
    const receiver = receiverOn(store);
    const { answer, receipt } = await receiver.receive('main', ofOrder(7));
    expect([answer.status, receipt]).toEqual([200, 'nudge']);
    expect(await nudges()).toMatchObject([
      { orderId: 7, topic: 'order.updated', receivedAt: NOW, dueAt: '2026-11-20T14:52:00.000Z' },
    ]);
    expect(nudged).toEqual(['main']);
  });

  it('may be signed with either of two secrets of its own shop only', async () => {
    const receiver = receiverOn(store);
    const by = async (secret: string) =>
      (await receiver.receive('main', delivery('{"id":7}', secret))).answer.status;
    expect(await by(SECRET)).toBe(200);
    expect(await by('whsec-old-0000')).toBe(200);
    expect(await by('whsec-second')).toBe(401);
  });

  it('shares its commit with what arrives at the same moment, for all shops', async () => {
    const { watch, on } = watched();
    const receiver = receiverOn(on);
    const arriving = Array.from({ length: 100 }, (_, index) =>
      index % 2 === 0
        ? receiver.receive('main', ofOrder(index + 1))
        : receiver.receive('second', delivery(`{"id":${index + 1}}`, 'whsec-second')),
    );
    const answers = await Promise.all(arriving);
    expect(new Set(answers.map(({ answer }) => answer.status))).toEqual(new Set([200]));
    expect(watch.transactions).toBe(1);
    expect((await nudges()).length + (await nudges('second')).length).toBe(100);
    expect(nudged.sort()).toEqual(['main', 'second']);
  });

  it('and of no use is kept with its reason, answered 2xx, and has the shop looked at', async () => {
    const receiver = receiverOn(store);
    const { answer, receipt } = await receiver.receive('main', delivery('{"error":1}'));
    expect([answer.status, receipt]).toEqual([200, 'quarantined']);
    expect(await nudges()).toMatchObject([{ orderId: null, topic: 'look', dueAt: NOW }]);
    expect(await store.quarantine({})).toMatchObject([
      { shop: 'main', source: 'webhook', raw: '{"error":1}', reason: 'its body has no order id' },
    ]);
  });

  it('and of another topic is kept, and nothing is looked at', async () => {
    await receiverOn(store).receive('main', delivery('{"id":7}', SECRET, 'product.updated'));
    expect(await nudges()).toEqual([]);
    expect(nudged).toEqual([]);
    expect(await store.quarantine({})).toHaveLength(1);
  });

  it('leaves no more than 64 KB of a useless body, in text that every database takes', async () => {
    const body = JSON.stringify({ code: 'a\u0000b', message: '\ud800', more: 'x'.repeat(100_000) });
    const receiver = receiverOn(store);
    await receiver.receive('main', delivery(body));
    await receiver.receive('main', delivery('\u0000not json'));
    const kept = await store.quarantine({});
    expect(kept.map(({ raw }) => Buffer.byteLength(raw) <= 65_536)).toEqual([true, true]);
    expect(kept.filter(({ raw, reason }) => `${raw}${reason}`.includes('\u0000'))).toEqual([]);
  });
});

describe('the log', () => {
  const logged = () => lines.map((line) => JSON.parse(line));

  it('tells of what was of no use, with what to do, once a minute for each shop', async () => {
    const receiver = receiverOn(store);
    for (let n = 0; n < 3; n += 1)
      await receiver.receive('main', delivery('{"id":7}', SECRET, 'x'));
    expect(logged()).toMatchObject([
      {
        level: 40,
        shop: 'main',
        count: 1,
        reason: expect.stringContaining('"x"'),
        fix: expect.any(String),
      },
    ]);
    nowMs += 60_000;
    await receiver.receive('main', delivery('<html>'));
    expect(logged().slice(1)).toMatchObject([{ count: 3, reason: 'its body is no JSON' }]);
  });

  it('does not take our own probe for a shop with a wrong secret', async () => {
    const receiver = receiverOn(store);
    const server = await startServer({
      host: '127.0.0.1',
      port: 0,
      trustProxy: 0,
      logger: createLogger({ level: 'silent', format: 'json' }),
      mount: (app) => mountWebhooks(app, { receiver, onReceived: () => {} }),
    });
    const probe = await probeEndpoint(
      `${server.url}/webhooks/woocommerce/main`,
      new AbortController().signal,
    );
    await server.stop(0);
    expect(probe.ok).toBe(true);
    expect(logged()).toMatchObject([{ level: 30, msg: expect.stringContaining('probe') }]);
  });
});

describe('what is not authentic', () => {
  it('is 401, opens no transaction and leaves no row', async () => {
    const { watch, on } = watched();
    const receiver = receiverOn(on);
    const { answer, receipt } = await receiver.receive('main', delivery('{"id":7}', 'wrong'));
    expect([answer.status, receipt]).toEqual([401, 'unauthentic']);
    expect(watch.transactions).toBe(0);
    expect(await nudges()).toEqual([]);
    expect(await store.quarantine({})).toEqual([]);
  });

  it('is told of in the log once a minute, not each time, and without the signature', async () => {
    const receiver = receiverOn(store);
    for (let n = 0; n < 50; n += 1) await receiver.receive('main', delivery('{"id":7}', 'wrong'));
    expect(lines).toHaveLength(1);
    nowMs += 60_000;
    await receiver.receive('main', delivery('{"id":7}', 'wrong'));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ count: 1 }, { count: 50 }]);
    expect(lines.join()).not.toContain(headersFor('{"id":7}', 'wrong')['x-wc-webhook-signature']);
  });

  it('a shop that is not configured is 404', async () => {
    const { answer, receipt } = await receiverOn(store).receive('other', ofOrder(7));
    expect([answer.status, receipt]).toEqual([404, 'unknown-shop']);
  });
});

describe('the ping', () => {
  const PING = {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from('webhook_id=1'),
  };

  it('is answered 200, noted in the log once a minute, and changes nothing', async () => {
    const { watch, on } = watched();
    const receiver = receiverOn(on);
    for (let n = 0; n < 5; n += 1) {
      const { answer, receipt } = await receiver.receive('main', PING);
      expect([answer.status, receipt]).toEqual([200, 'ping']);
    }
    expect(watch.transactions).toBe(0);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ webhookId: '1' }]);
  });

  it('is answered also while nothing can be stored', async () => {
    const { watch, on } = watched();
    watch.fails = true;
    expect((await receiverOn(on).receive('main', PING)).answer.status).toBe(200);
  });
});

describe('while the store cannot be written', () => {
  it('deliveries are 503, told once, and taken again by themselves', async () => {
    const { watch, on } = watched();
    const receiver = receiverOn(on);
    watch.fails = true;
    const failed = await Promise.all([1, 2, 3].map((id) => receiver.receive('main', ofOrder(id))));
    expect(failed.map(({ answer, receipt }) => [answer.status, receipt])).toEqual(
      Array(3).fill([503, 'not-stored']),
    );
    await receiver.receive('main', ofOrder(4));
    expect(lines.filter((line) => line.includes('cannot be stored'))).toHaveLength(1);
    expect(nudged).toEqual([]);
    watch.fails = false;
    expect((await receiver.receive('main', ofOrder(5))).answer.status).toBe(200);
    await receiver.receive('main', ofOrder(6));
    expect(troubles).toEqual([expect.any(Error), expect.any(Error), null]);
    expect(lines.filter((line) => line.includes('can be stored again'))).toHaveLength(1);
    expect((await nudges()).map(({ orderId }) => orderId)).toEqual([5, 6]);
  });

  it('a database that another process keeps locked is such a time', async () => {
    const receiver = receiverOn(store);
    const Native = await loadSqlite();
    const other = new Native(database);
    try {
      other.exec('begin immediate');
      expect((await receiver.receive('main', ofOrder(1))).answer.status).toBe(503);
      other.exec('rollback');
      expect((await receiver.receive('main', ofOrder(2))).answer.status).toBe(200);
    } finally {
      other.close();
    }
    expect(troubles).toMatchObject([{ kind: 'busy' }, null]);
  });

  it('more than may wait are 503 at once, and those that wait are taken', async () => {
    const receiver = receiverOn(store, { mostWaiting: 10 });
    const arriving = Array.from({ length: 25 }, (_, index) =>
      receiver.receive('main', ofOrder(index + 1)),
    );
    const statuses = (await Promise.all(arriving)).map(({ answer }) => answer.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(statuses.filter((status) => status === 503)).toHaveLength(15);
    expect(await nudges()).toHaveLength(10);
  });

  it('what those who are told do wrong does not undo what is stored', async () => {
    const receiver = receiverOn(store, {
      onNudges: () => {
        throw new Error('no timer');
      },
    });
    expect((await receiver.receive('main', ofOrder(1))).answer.status).toBe(200);
    expect(await nudges()).toHaveLength(1);
  });
});

describe('the license key', () => {
  it('names its shop, and no other text does', () => {
    const receiver = receiverOn(store);
    expect(receiver.shopOfLicense('lk-main')).toBe('main');
    expect(receiver.shopOfLicense('lk-second')).toBe('second');
    for (const wrong of ['', 'lk-main ', 'LK-MAIN', 'lk', 'undefined']) {
      expect(receiver.shopOfLicense(wrong)).toBeUndefined();
    }
  });
});
