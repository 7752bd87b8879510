import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Alerts, createAlerts } from '../../src/notify/alerts.js';
import { type Channel, ChannelError, type Message } from '../../src/notify/channel.js';
import { createChannels } from '../../src/notify/channels.js';
import { watchAll } from '../../src/notify/watch.js';
import { instantOf } from '../../src/orders/time.js';
import { createLogger } from '../../src/runtime/logger.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store, StoreTransaction } from '../../src/store/store.js';
import { closedByPoll } from '../../src/webhook/kept.js';
import { aDocument, anOrder, aQuarantineEntry, issued } from '../conformance/store/samples.js';
import { openMailServer } from '../support/smtp.js';

const HOUR_MS = 3_600_000;
const NEVER = new AbortController().signal;
const ALERT = { key: 'a', subject: 'a needs you', message: 'It does.', fix: 'Do this.' };

let folder: string;
let store: Store;
let nowMs: number;
let lines: Record<string, unknown>[];
const closers: (() => Promise<void>)[] = [];
const clock = { now: () => nowMs };
const logger = createLogger({
  level: 'debug',
  format: 'json',
  write: (line) => lines.push(JSON.parse(line)),
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderpark-alerts-'));
  nowMs = Date.parse('2026-11-20T12:00:00.000Z');
  lines = [];
  store = await openStore({ database: join(folder, 'orderpark.db'), clock });
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

/** What each message told, as `+new`, `!reminder` and `-over`. */
class Heard implements Channel {
  readonly messages: Message[] = [];
  isDown = false;
  during: () => Promise<void> = async () => {};
  constructor(readonly name: string) {}
  async send(message: Message): Promise<void> {
    await this.during();
    if (this.isDown) throw new ChannelError('it is down', 'Wait.');
    this.messages.push(message);
  }
  get words(): string[] {
    return this.messages.map(({ raised, reminded, cleared }) =>
      [
        ...raised.map(({ key }) => `+${key}`),
        ...reminded.map(({ key }) => `!${key}`),
        ...cleared.map(({ key }) => `-${key}`),
      ].join(' '),
    );
  }
}

/** As after a restart: nothing is known but what is stored. */
function start(channels: readonly Channel[], on: Store = store, holder?: string): Alerts {
  const self = holder === undefined ? {} : { self: { holder, isDead: () => false } };
  return createAlerts({ store: on, clock, logger, channels, remindHours: 24, ...self });
}

/** The store, whose writes fail while `isFull`. */
function failing(how: { isFull: boolean; isGone?: boolean }): Store {
  return new Proxy(store, {
    get(on, name) {
      if (how.isGone || (how.isFull && name === 'transaction')) {
        return async () => {
          throw new Error('database or disk is full');
        };
      }
      const value: unknown = Reflect.get(on, name);
      return typeof value === 'function'
        ? (...given: unknown[]) => Reflect.apply(value, on, given)
        : value;
    },
  });
}

describe('told once', () => {
  test('what was raised before a restart is told after it, once', async () => {
    const mail = new Heard('mail');
    await start([mail]).raise(ALERT);
    await start([mail]).tell(NEVER);
    await start([mail]).tell(NEVER);
    const after = start([mail]);
    await after.raise(ALERT);
    await after.tell(NEVER);
    expect(mail.words).toEqual(['+a']);
  });

  test('reminders and the all-clear, each once, across restarts', async () => {
    const mail = new Heard('mail');
    await start([mail]).raise(ALERT);
    for (let hour = 0; hour < 60; hour += 1) {
      await start([mail]).tell(NEVER);
      nowMs += HOUR_MS;
    }
    expect(mail.words).toEqual(['+a', '!a', '!a']);
    await start([mail]).clear('a');
    await start([mail]).tell(NEVER);
    await start([mail]).tell(NEVER);
    expect(mail.words.slice(3)).toEqual(['-a']);
    expect(await store.openAlerts()).toEqual([]);
  });

  test('all that is new at one beat is one message', async () => {
    const mail = new Heard('mail');
    const alerts = start([mail]);
    await alerts.raise(ALERT);
    await alerts.tell(NEVER);
    await alerts.raise({ ...ALERT, key: 'b' });
    await alerts.raise({ ...ALERT, key: 'c' });
    await alerts.clear('a');
    await alerts.tell(NEVER);
    expect(mail.words).toEqual(['+a', '+b +c -a']);
  });

  test('a channel that fails is tried at the next beat; the other is told nothing twice', async () => {
    const [mail, webhook] = [new Heard('mail'), new Heard('webhook')];
    const alerts = start([mail, webhook]);
    mail.isDown = true;
    await alerts.raise(ALERT);
    await alerts.tell(NEVER);
    await alerts.tell(NEVER);
    expect([mail.words, webhook.words]).toEqual([[], ['+a']]);
    mail.isDown = false;
    await start([mail, webhook]).tell(NEVER);
    await start([mail, webhook]).tell(NEVER);
    expect([mail.words, webhook.words]).toEqual([['+a'], ['+a']]);
  });

  test('what was over before the failed channel worked again is not told to it at all', async () => {
    const [mail, webhook] = [new Heard('mail'), new Heard('webhook')];
    const alerts = start([mail, webhook]);
    mail.isDown = true;
    await alerts.raise(ALERT);
    await alerts.tell(NEVER);
    await alerts.clear('a');
    mail.isDown = false;
    await alerts.tell(NEVER);
    expect([mail.words, webhook.words]).toEqual([[], ['+a', '-a']]);
    expect(await store.openAlerts()).toEqual([]);
  });

  test('a message whose end was not stored comes again under the same id', async () => {
    const mail = new Heard('mail');
    const how = { isFull: false };
    const alerts = start([mail], failing(how));
    await alerts.raise(ALERT);
    how.isFull = true;
    await alerts.tell(NEVER);
    nowMs += 60_000;
    await start([mail]).tell(NEVER);
    expect(mail.words).toEqual(['+a', '+a']);
    expect(mail.messages[1]?.id).toBe(mail.messages[0]?.id);
  });

  test('two beats at once tell once', async () => {
    const mail = new Heard('mail');
    const alerts = start([mail]);
    await alerts.raise(ALERT);
    await Promise.all([alerts.tell(NEVER), alerts.tell(NEVER)]);
    expect(mail.words).toEqual(['+a']);
  });

  test('of several processes one tells', async () => {
    const mail = new Heard('mail');
    const [one, other] = [start([mail], store, 'h:1:1'), start([mail], store, 'h:2:2')];
    await one.raise(ALERT);
    mail.during = async () => {
      mail.during = async () => {};
      await other.tell(NEVER);
    };
    await one.tell(NEVER);
    await other.tell(NEVER);
    expect(mail.words).toEqual(['+a']);
  });

  test('a stop is no failure, and leaves it for the next start', async () => {
    const mail = new Heard('mail');
    const alerts = start([mail]);
    await alerts.raise(ALERT);
    await alerts.tell(AbortSignal.abort());
    expect(mail.words).toEqual([]);
    await start([mail]).tell(NEVER);
    expect(mail.words).toEqual(['+a']);
  });

  test('without a channel they are stored and logged, and gone when they are over', async () => {
    const alerts = start([]);
    await alerts.raise(ALERT);
    await alerts.tell(NEVER);
    expect(await alerts.open()).toMatchObject([{ key: 'a', toldAt: null }]);
    await alerts.clear('a');
    await alerts.tell(NEVER);
    expect(await store.openAlerts()).toEqual([]);
    const told = lines.filter(({ alert }) => alert === 'a').map(({ level, msg }) => [level, msg]);
    expect(told).toEqual([
      [40, 'a needs you'],
      [30, 'all clear: a needs you'],
    ]);
  });
});

describe('while the database cannot be written', () => {
  test('people are told of it all the same, once, and all is stored afterwards', async () => {
    const mail = new Heard('mail');
    const how = { isFull: true };
    const alerts = start([mail], failing(how), 'h:1:1');
    for (let beat = 0; beat < 3; beat += 1) {
      await alerts.raise({ ...ALERT, message: `It does, ${beat}.` });
      await alerts.tell(NEVER);
    }
    expect(mail.words).toEqual(['+a']);
    expect(await alerts.open()).toMatchObject([{ key: 'a', message: 'It does, 2.' }]);
    expect(await store.openAlerts()).toEqual([]);
    how.isFull = false;
    await alerts.tell(NEVER);
    expect(await store.openAlerts()).toMatchObject([
      { key: 'a', message: 'It does, 2.', toldAt: instantOf(nowMs) },
    ]);
    await start([mail]).tell(NEVER);
    expect(mail.words).toEqual(['+a']);
  });

  test('nor read', async () => {
    const mail = new Heard('mail');
    const how = { isFull: true, isGone: true };
    const alerts = start([mail], failing(how), 'h:1:1');
    await alerts.raise(ALERT);
    await alerts.tell(NEVER);
    await alerts.clear('a');
    await alerts.tell(NEVER);
    await alerts.tell(NEVER);
    expect(mail.words).toEqual(['+a', '-a']);
  });
});

test('by mail, from a real server that was down at first', async () => {
  let isDown = true;
  const server = await openMailServer({
    user: 'shop',
    beforeTaking: () => {
      if (isDown) throw Object.assign(new Error('later'), { responseCode: 451 });
    },
  });
  closers.push(() => server.close());
  const mail = { smtp: server.url, from: 'a@shop.example', to: ['b@shop.example'] };
  const channels = createChannels({ mail }, { zone: 'Europe/Amsterdam', logger });
  const alerts = start(channels);
  await alerts.raise(ALERT);
  await alerts.tell(NEVER);
  expect(server.mails).toEqual([]);
  expect(lines.filter(({ level }) => level === 50)).toEqual([]);
  expect(lines.find(({ channel }) => channel === 'mail')).toMatchObject({
    level: 40,
    reason: expect.stringContaining('451'),
  });
  isDown = false;
  await alerts.tell(NEVER);
  await alerts.tell(NEVER);
  expect(server.mails.map(({ text }) => /^Subject: (.*)\r$/m.exec(text)?.[1])).toEqual([
    'orderpark: a needs you',
  ]);
});

describe('a look at everything', () => {
  const paused: { since: string; reason: string }[] = [];
  const look = (alerts: Alerts, on: Store = store, atWorkSinceMs = nowMs - 24 * HOUR_MS) =>
    watchAll({
      store: on,
      clock,
      atWorkSinceMs,
      shops: ['main', 'second'],
      books: [{ id: 'journal', pause: async () => paused[0] }],
      schedule: { zone: 'Europe/Amsterdam', at: '03:30' },
      closesByItself: closedByPoll,
      alerts,
      logger,
    });
  const keys = async (alerts: Alerts) => (await alerts.open()).map(({ key }) => key).sort();
  const ago = (minutes: number) => instantOf(nowMs - minutes * 60_000);

  async function run(
    tx: StoreTransaction,
    kind: 'poll' | 'batch',
    minutes: number,
    error: string | null = null,
  ): Promise<void> {
    const localDate = kind === 'batch' ? '2026-11-20' : null;
    const id = await tx.addRun({ kind, subject: 'main', localDate, startedAt: ago(minutes) });
    const state = error === null ? 'done' : 'failed';
    await tx.finishRun(id, { state, endedAt: ago(minutes - 1), counts: {}, error });
  }

  test('a healthy store raises nothing', async () => {
    const alerts = start([]);
    await store.transaction(async (tx) => {
      await run(tx, 'poll', 10);
      await run(tx, 'batch', 300);
      await tx.putOrders([anOrder(1), anOrder(2, { state: 'forwarded' })]);
    });
    await look(alerts);
    expect(await keys(alerts)).toEqual([]);
  });

  test('all trouble is one message, and its end another', async () => {
    const mail = new Heard('mail');
    const alerts = start([mail]);
    const documents = [aDocument(1), aDocument(2)];
    const posting = { books: 'journal', attempt: 1, now: ago(60) };
    await store.transaction(async (tx) => {
      await tx.putOrders([
        anOrder(1, { state: 'blocked', reason: 'no VAT rule' }),
        anOrder(2, { expiresAt: instantOf(nowMs + 47 * HOUR_MS) }),
        anOrder(3, { expiresAt: instantOf(nowMs + 49 * HOUR_MS) }),
      ]);
      await run(tx, 'poll', 2000);
      for (const minutes of [35, 20, 5]) await run(tx, 'poll', minutes, 'HTTP 401');
      await run(tx, 'batch', 90, 'HTTP 401');
      await tx.addQuarantine(aQuarantineEntry());
      const difference = { count: 1, orders: [{ orderId: 9, what: 'only in the shop' }] };
      const body = JSON.stringify({ difference });
      await tx.addStatement({ shop: 'main', from: ago(9), to: ago(8), madeAt: ago(7), body });
      await tx.addDocuments(documents.map(issued));
      await tx.addPostings(
        documents.map(({ key }) => ({ documentKey: key, books: 'journal', at: ago(90) })),
      );
      const now = ago(80);
      await tx.claimPostings({ books: 'journal', limit: 9, holder: 'h', now, expiresAt: ago(1) });
      await tx.movePosting({
        ...posting,
        documentKey: 'main/1/invoice',
        from: ['sending'],
        to: 'rejected',
        reason: 'closed period',
        dueAt: null,
      });
      await tx.movePosting({
        ...posting,
        documentKey: 'main/2/invoice',
        from: ['sending'],
        to: 'uncertain',
        reason: 'cut off',
        dueAt: ago(59),
      });
    });
    paused.push({ since: ago(30), reason: 'no connection' });
    await look(alerts);
    await alerts.tell(NEVER);
    const all = [
      'batch-missed/main',
      'blocked/main',
      'expiring/main',
      'paused/journal',
      'quarantine/main',
      'rejected/journal',
      'shop-unreachable/main',
      'statement/main',
      'uncertain/journal',
    ];
    expect(await keys(alerts)).toEqual(all);
    expect(mail.messages[0]?.raised.map(({ key }) => key).sort()).toEqual(all);
    expect((await alerts.open()).find(({ key }) => key === 'expiring/main')?.message).toMatch(
      /: 2\.$/,
    );

    paused.length = 0;
    await store.transaction(async (tx) => {
      await tx.putOrders([anOrder(1, { state: 'forwarded' }), anOrder(2, { state: 'ignored' })]);
      await run(tx, 'poll', 2);
      await run(tx, 'batch', 2);
      await tx.resolveQuarantine('main', [7], ago(1));
      const body = JSON.stringify({ difference: { count: 0, orders: [] } });
      await tx.addStatement({ shop: 'main', from: ago(9), to: ago(8), madeAt: ago(1), body });
      for (const documentKey of ['main/1/invoice', 'main/2/invoice']) {
        await tx.movePosting({
          ...posting,
          documentKey,
          from: ['rejected', 'uncertain'],
          to: 'booked',
          reason: '',
          dueAt: null,
        });
      }
    });
    await look(alerts);
    await alerts.tell(NEVER);
    expect(await keys(alerts)).toEqual([]);
    expect(mail.messages).toHaveLength(2);
    expect(mail.messages[1]?.cleared.map(({ key }) => key).sort()).toEqual(all);
  });

  test('a look that finds what the last one found writes nothing', async () => {
    const alerts = start([new Heard('mail')]);
    await store.transaction((tx) => tx.putOrders([anOrder(1, { state: 'blocked' })]));
    await look(alerts);
    await alerts.tell(NEVER);
    const full = failing({ isFull: true });
    const later = start([new Heard('mail')], full);
    await look(later, full);
    await later.tell(NEVER);
    expect(lines.filter(({ level }) => level === 40)).toHaveLength(1);
  });

  test('an unusable delivery is told of as long as it is open, but for those that a poll closes', async () => {
    const alerts = start([]);
    const entry = (reason: string) =>
      aQuarantineEntry({ orderId: null, source: 'webhook', at: ago(0), reason });
    await store.transaction((tx) => tx.addQuarantine(entry('its body is no JSON')));
    await look(alerts);
    expect(await keys(alerts)).toEqual([]);
    const topic = entry('its topic is "coupon.created", which is not of orders');
    await store.transaction((tx) => tx.addQuarantine(topic));
    nowMs += 7 * 24 * HOUR_MS;
    await look(alerts);
    expect(await alerts.open()).toMatchObject([
      { key: 'quarantine/main', subject: expect.stringContaining('1 thing') },
    ]);
    const open = await store.quarantine({ open: true });
    await store.transaction((tx) =>
      tx.closeQuarantine(
        open.map(({ id }) => id),
        ago(0),
      ),
    );
    await look(alerts);
    expect(await keys(alerts)).toEqual([]);
  });

  test('an attempt that is looked up within minutes is no news', async () => {
    const alerts = start([]);
    await store.transaction(async (tx) => {
      await tx.addDocuments([issued(aDocument(1))]);
      await tx.addPostings([{ documentKey: 'main/1/invoice', books: 'journal', at: ago(1) }]);
      const [now, expiresAt] = [ago(1), ago(0)];
      await tx.claimPostings({ books: 'journal', limit: 9, holder: 'h', now, expiresAt });
      await tx.movePosting({
        documentKey: 'main/1/invoice',
        books: 'journal',
        attempt: 1,
        now,
        from: ['sending'],
        to: 'uncertain',
        reason: 'cut off',
        dueAt: ago(-1),
      });
    });
    await look(alerts);
    expect(await keys(alerts)).toEqual([]);
  });

  test('a database that cannot be read is told, and what was raised stays', async () => {
    const mail = new Heard('mail');
    const how = { isFull: false, isGone: false };
    const on = failing(how);
    const alerts = start([mail], on);
    await store.transaction((tx) => tx.putOrders([anOrder(1, { state: 'blocked' })]));
    await look(alerts, on);
    await alerts.tell(NEVER);
    how.isGone = true;
    await look(alerts, on);
    await alerts.tell(NEVER);
    how.isGone = false;
    await look(alerts, on);
    await alerts.tell(NEVER);
    expect(mail.words).toEqual(['+blocked/main', '+database/read', '-database/read']);
  });

  test('alerts of others, and of shops that left the config', async () => {
    const alerts = start([]);
    await alerts.raise({ ...ALERT, key: 'webhook-disabled/main' });
    await alerts.raise({ ...ALERT, key: 'blocked/gone' });
    await look(alerts);
    expect(await keys(alerts)).toEqual(['webhook-disabled/main']);
  });
});
