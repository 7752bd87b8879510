import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instantOf } from '../../src/orders/time.js';
import { createSecretKey } from '../../src/runtime/secret-key.js';
import { outboundTests } from '../support/outbound.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

const URL_OF_MINE = 'https://hooks.example.com/orderpark?key=1';
const NEVER = new AbortController().signal;
const ALL = { limit: 1000 };

const { bench, receiver } = outboundTests();

describe('a new subscription', () => {
  test('wants all unless told, is enabled, and has failed at nothing', async () => {
    const { outbound, clock } = await bench();
    const created = await outbound.create({ url: ` ${URL_OF_MINE} ` });
    const now = instantOf(clock.ms);
    const subscription = {
      id: expect.stringMatching(/^sub_[0-9a-f]{12}$/),
      url: URL_OF_MINE,
      category: 'all',
      events: [],
      description: '',
      enabled: true,
      createdAt: now,
      updatedAt: now,
      previousSecretUntil: null,
      failures: 0,
      failingSince: null,
      deliveredAt: null,
      disabled: null,
      waiting: 0,
      failed: 0,
    };
    expect(created).toEqual({
      kind: 'created',
      subscription,
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    });
    expect(await outbound.list()).toEqual([subscription]);
  });

  test('is as it was asked for', async () => {
    const { outbound, subscribe } = await bench();
    const wish = {
      category: 'orders',
      events: ['order.parked', 'order.expired', 'order.parked'],
      description: ' the warehouse ',
      enabled: false,
    };
    const { id } = await subscribe(URL_OF_MINE, wish);
    expect(await outbound.get(id)).toMatchObject({
      ...wish,
      events: ['order.parked', 'order.expired'],
      description: 'the warehouse',
    });
  });

  test('has a secret that nobody finds in the database or the log', async () => {
    const { subscribe, folder, log } = await bench();
    const { secret } = await subscribe(URL_OF_MINE);
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    expect(files.join('')).toContain('hooks.example.com');
    for (const text of [secret, secret.slice(6)]) {
      expect(files.join('') + log.join('')).not.toContain(text);
    }
  });

  test.each([
    [{ url: 'nonsense' }, 'url'],
    [{ url: 'http://hooks.example.com' }, 'url'],
    [{ url: 'https://10.0.0.1' }, 'url'],
    [{ url: 'https://2130706434' }, 'public internet'],
    [{ url: `https://hooks.example.com/${'x'.repeat(2000)}` }, 'longer than 2000'],
    [{ category: 'everything' }, 'There is no category "everything".'],
    [{ events: ['order.made'] }, '"order.made" is no event.'],
    [{ events: ['subscription.test'] }, '"subscription.test" is no event.'],
    [{ events: ['toString'] }, '"toString" is no event.'],
    [
      { category: 'documents', events: ['order.parked'] },
      '"order.parked" is no event of this category; it is of orders.',
    ],
    [{ description: 'x'.repeat(201) }, 'longer than 200'],
    [{ description: 'the\0warehouse' }, 'control character'],
    [{ url: 'https://hooks.example.com/\u0007' }, 'control character'],
  ])('is refused where something is wrong: %j', async (wish, said) => {
    const { outbound, subscribe } = await bench();
    const refused = { kind: 'invalid', problems: [expect.anything()] };
    const created = await outbound.create({ url: URL_OF_MINE, ...wish });
    expect(created).toMatchObject(refused);
    expect(JSON.stringify(created)).toContain(JSON.stringify(said).slice(1, -1));
    expect(await outbound.list()).toEqual([]);

    const { id } = await subscribe(URL_OF_MINE, { description: 'as it was' });
    expect(await outbound.change(id, wish)).toMatchObject(refused);
    expect(await outbound.get(id)).toMatchObject({ url: URL_OF_MINE, description: 'as it was' });
  });

  test('all that is wrong is told at once', async () => {
    const { outbound } = await bench();
    const wish = { url: 'http://a.example', events: ['a', 'b'], description: 'x'.repeat(300) };
    const created = await outbound.create(wish);
    const fields = created.kind === 'invalid' ? created.problems.map(({ field }) => field) : [];
    expect(fields).toEqual(['url', 'events', 'events', 'description']);
  });

  test('with more events than there are is told of so many at most', async () => {
    const { outbound } = await bench();
    const events = Array.from({ length: 5000 }, (_, index) => `order.${index}`);
    const refused = await outbound.create({ url: URL_OF_MINE, events });
    if (refused.kind !== 'invalid') throw new Error(refused.kind);
    expect(refused.problems.length).toBeLessThan(50);
  });

  test('is one too many at some number', async () => {
    const { outbound, subscribe } = await bench();
    for (let n = 0; n < 50; n += 1) await subscribe(URL_OF_MINE);
    expect(await outbound.create({ url: URL_OF_MINE })).toEqual({ kind: 'too-many', most: 50 });
  });
});

describe('on PostgreSQL without a secretKey', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  test('none is made, and the answer says what to write', async () => {
    const database = await server.freshDatabase();
    const secretKey = createSecretKey({});
    const { outbound, another } = await bench({ database, secretKey });
    const refused = { kind: 'no-secret-key', fix: expect.stringContaining('ORDERPARK_SECRET_KEY') };
    expect(await outbound.create({ url: URL_OF_MINE })).toMatchObject(refused);
    expect(await outbound.list()).toEqual([]);

    const other = await another({ secretKey: createSecretKey({ configured: 'x'.repeat(32) }) });
    const { id } = await other.subscribe(URL_OF_MINE);
    expect(await outbound.rotate(id)).toMatchObject(refused);
    // That there is none is said first: no key is asked for, or made, for nothing.
    expect(await outbound.rotate('sub_x')).toEqual({ kind: 'unknown' });
  });
});

test('what was sealed with a lost key is told in the attempt, and mended by a rotation', async () => {
  const { subscribe, another } = await bench();
  const target = await receiver();
  const { id } = await subscribe(target.url);
  const later = await another({ secretKey: createSecretKey({ configured: 'y'.repeat(32) }) });
  await later.park();
  await later.deliver();
  expect(await later.outbound.attempts({ subscriptionId: id }, ALL)).toMatchObject([
    { error: expect.stringContaining('it could not be signed: A stored secret cannot be opened') },
  ]);
  expect(target.received).toEqual([]);
  await later.outbound.rotate(id);
  await later.outbound.retryAllFailed(id);
  await later.deliver();
  expect(target.received).toHaveLength(1);
});

describe('a change', () => {
  test('touches only what it names', async () => {
    const { outbound, subscribe, clock } = await bench();
    const { id } = await subscribe(URL_OF_MINE, { category: 'orders', description: 'mine' });
    const before = await outbound.get(id);
    clock.ms += 1000;
    const changed = { ...before, description: 'yours', updatedAt: instantOf(clock.ms) };
    expect(await outbound.change(id, { description: 'yours' })).toEqual({
      kind: 'changed',
      subscription: changed,
    });
    expect(await outbound.get(id)).toEqual(changed);
  });

  test('enabling one that was disabled gives it a new beginning', async () => {
    const { outbound, subscribe, park, deliver } = await bench();
    const target = await receiver((response) => void response.writeHead(410).end());
    const { id } = await subscribe(target.url);
    await park(2);
    await deliver();
    expect(await outbound.get(id)).toMatchObject({ enabled: false, disabled: {}, failures: 1 });
    target.answer = (response) => void response.writeHead(200).end();
    await outbound.change(id, { enabled: true });
    expect(await outbound.get(id)).toMatchObject({ enabled: true, disabled: null, failures: 0 });
    expect(await deliver()).toEqual({ delivered: 1, failed: 0 });
  });

  test('a person who disables it has seen to it', async () => {
    const { outbound, subscribe, park, deliver } = await bench();
    const target = await receiver((response) => void response.writeHead(410).end());
    const { id } = await subscribe(target.url);
    await park();
    await deliver();
    await outbound.change(id, { enabled: false });
    expect(await outbound.get(id)).toMatchObject({ enabled: false, disabled: null });
  });

  test('another address has failed at nothing yet', async () => {
    const { outbound, subscribe, park, deliver } = await bench();
    const target = await receiver((response) => void response.writeHead(500).end());
    const { id } = await subscribe(target.url);
    await park();
    await deliver();
    expect(await outbound.get(id)).toMatchObject({ failures: 1 });
    await outbound.change(id, { url: URL_OF_MINE });
    expect(await outbound.get(id)).toMatchObject({ failures: 0, failingSince: null });
  });
});

test('one that is removed is gone, with all that was to be sent to it', async () => {
  const { outbound, subscribe, park, deliver, store } = await bench();
  const target = await receiver();
  const { id } = await subscribe(target.url);
  await park(2);
  expect(await outbound.remove(id)).toEqual({ kind: 'removed' });
  expect(await outbound.list()).toEqual([]);
  expect(await deliver()).toEqual({ delivered: 0, failed: 0 });
  expect(await store.dispatchCounts()).toEqual([]);
  expect(target.received).toEqual([]);
});

test('of one that there is not nothing is done', async () => {
  const { outbound } = await bench();
  const unknown = { kind: 'unknown' };
  expect(await outbound.get('sub_x')).toBeUndefined();
  expect(await outbound.change('sub_x', { enabled: false })).toEqual(unknown);
  expect(await outbound.rotate('sub_x')).toEqual(unknown);
  expect(await outbound.remove('sub_x')).toEqual(unknown);
  expect(await outbound.test('sub_x', NEVER)).toEqual(unknown);
  expect(await outbound.retry('sub_x', 'evt_x')).toEqual(unknown);
  expect(await outbound.retryAllFailed('sub_x')).toEqual(unknown);
  expect(await outbound.attempts({ subscriptionId: 'sub_x' }, ALL)).toEqual([]);
});

describe('a test', () => {
  test('is sent at once, to a disabled one too, whatever it wants, and to nobody else', async () => {
    const { outbound, subscribe, deliver } = await bench();
    const target = await receiver((response) => void response.writeHead(202).end('fine'));
    const other = await receiver();
    const { id } = await subscribe(target.url, { category: 'documents', enabled: false });
    await subscribe(other.url);
    const tested = await outbound.test(id, NEVER);
    expect(tested).toMatchObject({
      kind: 'tested',
      attempt: { status: 202, responseBody: 'fine', error: null, number: 1 },
    });
    const [attempt] = await outbound.attempts({ subscriptionId: id }, ALL);
    expect(tested).toEqual({ kind: 'tested', attempt });
    expect(JSON.parse(target.received[0]?.body ?? '')).toMatchObject({
      type: 'subscription.test',
      data: { subscriptionId: id },
    });
    await deliver();
    expect(other.received).toEqual([]);
    expect(await outbound.get(id)).toMatchObject({ waiting: 0, failed: 0 });
  });

  test('that fails is not repeated, and is held against nobody', async () => {
    const { outbound, subscribe, deliverNext } = await bench();
    const target = await receiver((response) => void response.writeHead(410).end());
    const { id } = await subscribe(target.url);
    expect(await outbound.test(id, NEVER)).toMatchObject({
      kind: 'tested',
      attempt: { status: 410, error: 'it answered 410 (gone)' },
    });
    expect(await outbound.get(id)).toMatchObject({ enabled: true, failures: 0, failed: 1 });
    expect(await deliverNext()).toBe(false);
  });

  test('that was cut off is sent by whoever delivers next', async () => {
    const { outbound, subscribe, deliverNext } = await bench();
    const cut = new AbortController();
    const target = await receiver(() => cut.abort());
    const { id } = await subscribe(target.url);
    expect(await outbound.test(id, cut.signal)).toEqual({ kind: 'stopped' });
    target.answer = (response) => void response.writeHead(200).end();
    expect(await deliverNext()).toBe(true);
    const ids = target.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('a person has it delivered again', () => {
  test('one event, delivered before or not, at once', async () => {
    const { outbound, subscribe, park, deliver } = await bench();
    const target = await receiver();
    const { id } = await subscribe(target.url);
    await park();
    const eventOf = async () =>
      (await outbound.attempts({ subscriptionId: id }, ALL))[0]?.event.id ?? '';
    await deliver();
    expect(await outbound.retry(id, 'evt_x')).toEqual({ kind: 'unknown-event' });
    expect(await outbound.retry(id, await eventOf())).toEqual({ kind: 'queued', count: 1 });
    expect(await outbound.retry(id, await eventOf())).toEqual({ kind: 'waits-already' });
    await deliver();
    target.answer = (response) => void response.writeHead(500).end();
    await outbound.retry(id, await eventOf());
    await deliver();
    expect(await outbound.retry(id, await eventOf())).toEqual({ kind: 'queued', count: 1 });
    await deliver();
    expect(new Set(target.received.map(({ body }) => body)).size).toBe(1);
    expect(target.received).toHaveLength(4);
    await outbound.change(id, { enabled: false });
    expect(await outbound.retry(id, await eventOf())).toEqual({ kind: 'disabled' });
  });

  test('all that failed, at once', async () => {
    const { outbound, subscribe, park, deliver } = await bench();
    const target = await receiver((response) => void response.writeHead(500).end());
    const { id } = await subscribe(target.url);
    await park(3);
    await deliver();
    expect(await deliver()).toEqual({ delivered: 0, failed: 0 });
    target.answer = (response) => void response.writeHead(200).end();
    expect(await outbound.retryAllFailed(id)).toEqual({ kind: 'queued', count: 3 });
    expect(await deliver()).toEqual({ delivered: 3, failed: 0 });
    expect(await outbound.retryAllFailed(id)).toEqual({ kind: 'queued', count: 0 });
    await outbound.change(id, { enabled: false });
    expect(await outbound.retryAllFailed(id)).toEqual({ kind: 'disabled' });
  });
});
