import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAlerts } from '../../src/notify/alerts.js';
import { watchAll } from '../../src/notify/watch.js';
import { instantOf } from '../../src/orders/time.js';
import { payloadSchema } from '../../src/outbound/events.js';
import { createLogger } from '../../src/runtime/logger.js';
import { outboundTests } from '../support/outbound.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { until } from '../support/program.js';
import { ok, type Received, type Receiver } from '../support/receiver.js';

const HOUR_MS = 3_600_000;
const ALL = { limit: 1000 };

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const { bench, receiver } = outboundTests();

const status = (code: number, headers = {}): Receiver['answer'] => {
  return (response) => void response.writeHead(code, headers).end('no');
};
const idsOf = (received: readonly Received[]) =>
  received.map(({ headers }) => String(headers['webhook-id']));
const ordersOf = (received: readonly Received[]) =>
  received.map(({ body }) => JSON.parse(body).data.orderId as number);

test('what happens is posted, signed as the scheme’s own library verifies it', async () => {
  const { subscribe, park, deliver, outbound, store } = await bench({ startMs: Date.now() });
  const { url, received } = await receiver();
  const { id, secret } = await subscribe(url);
  await park();
  expect(await deliver()).toEqual({ delivered: 1, failed: 0 });
  const [request] = received;
  if (!request) throw new Error('nothing came');
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  expect(new Webhook(secret).verify(request.body, headers)).toEqual(JSON.parse(request.body));
  expect(() => new Webhook(secret).verify(`${request.body} `, headers)).toThrow();
  expect(payloadSchema('order.parked').parse(JSON.parse(request.body))).toMatchObject({
    type: 'order.parked',
    data: { shop: 'main', orderId: 1, state: 'parked', previousState: null },
  });
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'user-agent': 'orderpark',
    'webhook-id': expect.stringMatching(/^evt_[0-9a-f]{32}$/),
  });

  const [attempt] = await outbound.attempts({ subscriptionId: id }, ALL);
  const { 'webhook-id': eventId, 'webhook-timestamp': timestamp } = headers;
  expect(attempt).toMatchObject({
    number: 1,
    url,
    status: 204,
    error: null,
    requestHeaders: {
      'content-type': 'application/json',
      'user-agent': 'orderpark',
      'webhook-id': eventId,
      'webhook-timestamp': timestamp,
    },
    event: { id: eventId, type: 'order.parked', body: request.body },
  });
  expect(JSON.stringify(attempt)).not.toContain('v1,');
  expect(await store.dispatch(id, eventId ?? '')).toMatchObject({ state: 'delivered' });
  expect(await deliver()).toEqual({ delivered: 0, failed: 0 });
});

test('each gets what it wants, and who is disabled nothing', async () => {
  const { subscribe, park, deliver, outbound } = await bench();
  const all = await receiver();
  const some = await receiver();
  const none = await receiver();
  await subscribe(all.url);
  await subscribe(some.url, { category: 'orders', events: ['order.parked'] });
  await subscribe(none.url, { category: 'documents' });
  await subscribe(none.url, { events: ['order.expired'] });
  const { id } = await subscribe(none.url);
  await outbound.change(id, { enabled: false });
  await park(3);
  await deliver();
  expect([all, some, none].map(({ received }) => received.length)).toEqual([3, 3, 0]);
  expect(idsOf(all.received)).toEqual(idsOf(some.received));
  expect(ordersOf(all.received)).toEqual([1, 2, 3]);
});

describe('what fails', () => {
  test('comes again by the schedule, with the same id and body, newly signed', async () => {
    const { subscribe, park, deliverNext, clock, outbound } = await bench();
    const target = await receiver(status(503));
    const { id, secret } = await subscribe(target.url);
    await park();
    const timesMs: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await deliverNext();
      timesMs.push(clock.ms);
    }
    target.answer = ok;
    await deliverNext();
    expect(await deliverNext()).toBe(false);
    const { received } = target;
    expect(timesMs.map((ms) => (ms - (timesMs[0] ?? 0)) / 1000)).toEqual([0, 5, 65, 365]);
    expect(new Set(idsOf(received)).size).toBe(1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['webhook-signature'])).size).toBe(5);
    expect(secret).toMatch(/^whsec_/);
    const attempts = await outbound.attempts({ subscriptionId: id }, ALL);
    expect(attempts.map(({ number, status: code, error }) => [number, code, error])).toEqual([
      [5, 204, null],
      ...[4, 3, 2, 1].map((number) => [number, 503, 'it answered 503']),
    ]);
    expect(attempts[1]).toMatchObject({ responseBody: 'no' });
    const failed = await outbound.attempts({ subscriptionId: id, failed: true }, ALL);
    expect(failed).toHaveLength(4);
    expect(await outbound.get(id)).toMatchObject({ failures: 0, failingSince: null, waiting: 0 });
  });

  test('waits for as long as Retry-After says', async () => {
    const { subscribe, park, deliver, clock, store } = await bench();
    const target = await receiver(status(429, { 'retry-after': '120' }));
    await subscribe(target.url);
    await park();
    await deliver();
    const [due] = await store.dispatchesDue();
    expect(due?.dueAt).toBe(instantOf(clock.ms + 120_000));
  });

  test('holds up no later event of the same subscription', async () => {
    const { subscribe, park, deliver } = await bench();
    const target = await receiver((response, { body }) =>
      status(JSON.parse(body).data.orderId === 2 ? 400 : 204)(response, { headers: {}, body }),
    );
    await subscribe(target.url);
    await park(4);
    expect(await deliver()).toEqual({ delivered: 3, failed: 1 });
    expect(ordersOf(target.received)).toEqual([1, 2, 3, 4]);
  });

  test('for five days disables the subscription, which the others are told', async () => {
    const { subscribe, park, deliverNext, clock, outbound, log } = await bench();
    const broken = await receiver(status(500));
    const other = await receiver();
    const { id } = await subscribe(broken.url, { description: 'the warehouse' });
    await subscribe(other.url, { category: 'operations' });
    await park();
    const startMs = clock.ms;
    while (await deliverNext());
    expect((clock.ms - startMs) / HOUR_MS).toBeGreaterThan(4 * 24);
    expect(broken.received).toHaveLength(12);
    expect(await outbound.get(id)).toMatchObject({
      enabled: false,
      failures: 12,
      failed: 1,
      disabled: { at: instantOf(clock.ms), reason: expect.stringContaining('it answered 500') },
    });
    const told = other.received.map(({ body }) => JSON.parse(body));
    expect(told).toMatchObject([
      {
        type: 'subscription.disabled',
        data: {
          subscriptionId: id,
          description: 'the warehouse',
          host: `127.0.0.1:${broken.port}`,
        },
      },
    ]);
    expect(payloadSchema('subscription.disabled').safeParse(told[0]).success).toBe(true);
    // Rule 11: the address may hold a key.
    expect(log.join('') + JSON.stringify(told)).not.toContain('verysecretkey');

    await park();
    expect(await deliverNext()).toBe(false);
    expect(broken.received).toHaveLength(12);
  });

  test('is an alert once it was disabled, until a person has seen to it', async () => {
    const { subscribe, park, deliver, outbound, store, clock } = await bench();
    const gone = await receiver(status(410));
    const ids = [];
    for (let n = 0; n < 3; n += 1) ids.push((await subscribe(gone.url)).id);
    await park();
    await deliver();
    const logger = createLogger({ level: 'silent', format: 'json' });
    const alerts = createAlerts({ store, clock, logger, channels: [], remindHours: 24 });
    const schedule = { zone: 'UTC', at: '03:30' };
    const open = async () => {
      const sources = { store, clock, atWorkSinceMs: 0, shops: [], books: [], schedule };
      await watchAll({ ...sources, closesByItself: () => false, alerts, logger });
      const found = await alerts.open();
      expect(JSON.stringify(found)).not.toContain('verysecretkey');
      return found.map(({ key }) => key).sort();
    };
    const keys = ids.map((id) => `subscription-disabled/${id}`);
    expect(await open()).toEqual(keys.toSorted());
    await outbound.change(ids[0] ?? '', { enabled: true });
    await outbound.change(ids[1] ?? '', { enabled: false });
    expect(await open()).toEqual([keys[2]]);
    await outbound.remove(ids[2] ?? '');
    expect(await open()).toEqual([]);
  });

  test('with 410 disables it at once', async () => {
    const { subscribe, park, deliver, outbound } = await bench();
    const gone = await receiver(status(410));
    const { id } = await subscribe(gone.url);
    await park(3);
    expect(await deliver()).toEqual({ delivered: 0, failed: 1 });
    expect(await outbound.get(id)).toMatchObject({
      enabled: false,
      disabled: { reason: 'It answered 410 (gone): it wants nothing more.' },
      failed: 1,
      waiting: 2,
    });
    expect(gone.received).toHaveLength(1);
  });

  test('is logged as disabled by us only where it was not a person', async () => {
    const { subscribe, park, deliver, outbound, log } = await bench();
    const target = await receiver();
    const { id } = await subscribe(target.url);
    await park();
    target.answer = async (response) => {
      await outbound.change(id, { enabled: false });
      response.writeHead(500).end();
    };
    expect(await deliver()).toEqual({ delivered: 0, failed: 1 });
    const told = () => log.filter((line) => line.includes('a subscription was disabled'));
    expect(told()).toEqual([]);
    target.answer = status(410);
    await outbound.change(id, { enabled: true });
    await outbound.retryAllFailed(id);
    await deliver();
    expect(told()).toHaveLength(1);
  });
});

describe('a name that leads inside', () => {
  test('gets no connection, and says so', async () => {
    const answers = ['1.1.1.1', '127.0.0.1'];
    const inside = await receiver();
    const { subscribe, park, deliver, outbound } = await bench({
      allow: ['rebound.example'],
      resolve: async () => [{ address: answers.at(-1) ?? '', family: 4 }],
    });
    const { id } = await subscribe(`https://other.example:${inside.port}/`);
    await park();
    await deliver();
    expect(await outbound.attempts({ subscriptionId: id }, ALL)).toMatchObject([
      {
        status: null,
        error: 'other.example leads to 127.0.0.1, which is not of the public internet',
      },
    ]);
    expect(inside.received).toEqual([]);
  });

  test('is no longer delivered to once the config does not allow it', async () => {
    const { subscribe, park, deliver, another } = await bench();
    const inside = await receiver();
    const { id } = await subscribe(inside.url);
    await park();
    await deliver();
    const later = await another({ allow: [] });
    await later.park();
    await later.deliver();
    expect(inside.received).toHaveLength(1);
    expect(await later.outbound.attempts({ subscriptionId: id }, { limit: 1 })).toMatchObject([
      { status: null, error: expect.stringContaining('its address is not allowed') },
    ]);
  });
});

test('a slow receiver holds up nobody else', async () => {
  const { subscribe, park, deliver } = await bench();
  const fast = await receiver();
  let isSlowAnswered = false;
  const slow = await receiver((response) => {
    // Answers only once the other one has everything.
    void until(() => fast.received.length === 5).then(() => {
      isSlowAnswered = true;
      ok(response);
    });
  });
  await subscribe(slow.url);
  await subscribe(fast.url);
  await park(5);
  expect(await deliver()).toEqual({ delivered: 10, failed: 0 });
  expect(isSlowAnswered).toBe(true);
});

test('after a rotation both secrets sign for a day, then the new one alone', async () => {
  const startMs = Date.now() - 25 * HOUR_MS;
  const { subscribe, park, deliver, outbound, clock } = await bench({ startMs });
  const target = await receiver();
  const { id, secret } = await subscribe(target.url);
  const rotated = await outbound.rotate(id);
  if (rotated.kind !== 'rotated') throw new Error(rotated.kind);
  expect(rotated.previousUntil).toBe(instantOf(startMs + 24 * HOUR_MS));
  expect(rotated.secret).not.toBe(secret);
  await park();
  await deliver();
  clock.ms += 25 * HOUR_MS;
  await park();
  await deliver();
  const signatures = target.received.map(({ headers, body }) => {
    const signed = `${headers['webhook-signature']}`.split(' ');
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    return [rotated.secret, secret].map((one) =>
      signed.includes(new Webhook(one).sign(`${headers['webhook-id']}`, at, body)),
    );
  });
  expect(signatures).toEqual([
    [true, true],
    [true, false],
  ]);
  expect(await outbound.get(id)).toMatchObject({ previousSecretUntil: null });
});

describe.each(['sqlite', 'postgres'] as const)('several processes on %s', (kind) => {
  const database = async () =>
    kind === 'postgres' ? { database: await server.freshDatabase() } : {};

  test('make one attempt at a time to a subscription, and each event once', async () => {
    const first = await bench(await database());
    const others = [await first.another(), await first.another()];
    let open = 0;
    let most = 0;
    const target = await receiver((response) => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        ok(response);
      });
    });
    await first.subscribe(target.url);
    await first.park(20);
    const counts = await Promise.all([first, ...others].map((one) => one.deliver()));
    expect(most).toBe(1);
    expect(counts.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(20);
    expect(new Set(idsOf(target.received)).size).toBe(20);
    expect(target.received).toHaveLength(20);
    expect(await first.store.claims()).toEqual([]);
  });

  test('take over from one that died in the middle, with the same id', async () => {
    const first = await bench({ ...(await database()), timeoutMs: 60_000 });
    const target = await receiver(() => undefined);
    await first.subscribe(target.url);
    await first.park();
    const cut = new AbortController();
    const dying = first.outbound.deliverDue(cut.signal);
    await until(() => target.received.length === 1);
    const claimed = (await first.store.claims())[0];
    const heir = await first.another({ isDead: (holder) => holder === claimed?.holder });
    const waiting = await first.another();
    expect(await waiting.deliver()).toEqual({ delivered: 0, failed: 0 });
    target.answer = ok;
    expect(await heir.deliver()).toEqual({ delivered: 1, failed: 0 });
    expect(new Set(idsOf(target.received)).size).toBe(1);
    expect(target.received).toHaveLength(2);
    cut.abort();
    expect(await dying).toEqual({ delivered: 0, failed: 0 });
    expect(await first.outbound.list()).toMatchObject([{ waiting: 0, failed: 0, failures: 0 }]);
  });
});

describe('in the background', () => {
  test('events are delivered as they are told, until it is stopped', async () => {
    const { subscribe, park, outbound } = await bench();
    const target = await receiver();
    await subscribe(target.url);
    outbound.start();
    outbound.start();
    await park(3);
    await until(() => target.received.length === 3);
    await outbound.stop();
    await park();
    outbound.start();
    await until(() => target.received.length === 4);
    await outbound.stop();
    expect(new Set(idsOf(target.received)).size).toBe(4);
  });

  test('a stop waits for the attempt under way, and what is stored of it', async () => {
    const { subscribe, park, outbound } = await bench();
    let answer = () => {};
    const target = await receiver((response) => {
      answer = () => ok(response);
    });
    const { id } = await subscribe(target.url);
    outbound.start();
    await park();
    await until(() => target.received.length === 1);
    const stopped = outbound.stop();
    answer();
    await stopped;
    expect(await outbound.attempts({ subscriptionId: id }, ALL)).toHaveLength(1);
  });

  test('a receiver that fails is no fault of ours, and leaves no claim behind', async () => {
    const { subscribe, park, outbound, store, log } = await bench();
    const target = await receiver(status(500));
    const { id } = await subscribe(target.url);
    outbound.start();
    await park();
    await until(async () => (await outbound.attempts({ subscriptionId: id }, ALL)).length === 1);
    await outbound.stop();
    expect(await store.claims()).toEqual([]);
    expect(log.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  test('what is old is taken away, but nothing that waits for an enabled subscription', async () => {
    const { subscribe, park, deliver, outbound, clock, store } = await bench();
    const target = await receiver();
    const { id } = await subscribe(target.url);
    await park();
    await deliver();
    const eventId = idsOf(target.received)[0] ?? '';
    clock.ms += 31 * 24 * HOUR_MS;
    outbound.start();
    await until(async () => (await store.dispatch(id, eventId)) === undefined);
    await outbound.stop();
    expect(await outbound.attempts({ subscriptionId: id }, ALL)).toEqual([]);
  });
});

test('`deliver` takes away what is old as well, and delivers first what waited long', async () => {
  const { subscribe, park, deliver, another, clock, store } = await bench();
  const target = await receiver();
  const { id } = await subscribe(target.url);
  await park();
  await deliver();
  const [delivered = ''] = idsOf(target.received);
  await park();
  clock.ms += 31 * 24 * HOUR_MS;
  // Each run of the command is a process of its own.
  expect(await (await another()).deliver()).toEqual({ delivered: 1, failed: 0 });
  expect(await store.dispatch(id, delivered)).toBeUndefined();
});

test('each attempt is counted by how it ended', async () => {
  const counted: string[] = [];
  const onAttempt = (id: string, outcome: string) => void counted.push(`${id} ${outcome}`);
  const { subscribe, park, deliver, deliverNext } = await bench({ onAttempt });
  const target = await receiver(status(500));
  const { id } = await subscribe(target.url);
  await park();
  await deliver();
  target.answer = ok;
  await deliverNext();
  target.answer = status(410);
  await park();
  await deliver();
  expect(counted).toEqual([`${id} failed`, `${id} delivered`, `${id} gone`]);
});
