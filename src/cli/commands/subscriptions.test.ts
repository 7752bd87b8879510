import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliShop, openCliShop } from '../../../tests/support/cli-shop.js';
import { type Receiver, startReceiver } from '../../../tests/support/receiver.js';
import type { AttemptJson, SubscriptionJson } from '../../shapes/subscription.js';
import { EXIT } from '../exit-codes.js';

let bench: CliShop;
let receiver: Receiver;

beforeEach(async () => {
  bench = await openCliShop();
  bench.configure({}, { outbound: { allow: ['127.0.0.1'] } });
  receiver = await startReceiver();
});
afterEach(async () => {
  await receiver.close();
  await bench.close();
});

const cli = (...args: string[]) => bench.cli('subscriptions', ...args);

async function json<Shape>(...args: string[]): Promise<Shape> {
  const { code, out, err } = await cli(...args, '--json');
  expect(code, err).toBe(EXIT.done);
  return JSON.parse(out);
}

const add = (...more: string[]) =>
  json<SubscriptionJson & { secret: string }>('add', receiver.url, ...more);
const list = () => json<SubscriptionJson[]>('list');

describe('subscriptions add', () => {
  it('prints the secret, once', async () => {
    const said = await cli('add', receiver.url, '--description', 'the warehouse');
    expect(said.code).toBe(EXIT.done);
    const secret = /^whsec_.*$/m.exec(said.out)?.[0] ?? '';
    expect(secret.length).toBeGreaterThan(40);
    const id = /sub_\w+/.exec(said.out)?.[0] ?? '';
    const everything = await Promise.all([
      cli('list'),
      cli('list', '--json'),
      cli('edit', id, '--description', 'x', '--json'),
      cli('disable', id, '--json'),
      cli('attempts', id, '--json'),
    ]);
    expect(JSON.stringify(everything)).not.toContain(secret.slice(6));
  });

  it('takes all that a subscription is', async () => {
    const made = await add(
      ...['--category', 'orders', '--event', 'order.parked', 'order.expired', '--disabled'],
    );
    expect(await list()).toEqual([
      {
        id: made.id,
        url: receiver.url,
        category: 'orders',
        events: ['order.parked', 'order.expired'],
        description: '',
        enabled: false,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        failures: 0,
        waiting: 0,
        failed: 0,
      },
    ]);
  });

  it('says all that is wrong at once, with what to do, and makes nothing', async () => {
    const said = await cli('add', 'http://hooks.example.com', '--event', 'order.made');
    expect(said.code).toBe(EXIT.usage);
    expect(said.err).toContain('url: It is not encrypted');
    expect(said.err).toContain('outbound: { allow: ["hooks.example.com"] }');
    expect(said.err).toContain('events: "order.made" is no event');
    expect(await list()).toEqual([]);
  });
});

it('subscriptions edit changes what is named, and enable and disable the rest', async () => {
  const { id } = await add('--category', 'orders', '--event', 'order.parked');
  await cli('edit', id, '--url', 'https://other.example/x', '--description', 'new');
  expect(await list()).toMatchObject([
    { url: 'https://other.example/x', description: 'new', events: ['order.parked'] },
  ]);
  await cli('edit', id, '--all-events', '--category', 'all');
  await cli('disable', id);
  expect(await list()).toMatchObject([{ category: 'all', events: [], enabled: false }]);
  expect((await cli('list')).out).toMatch(/sub_\w+ +disabled +all: every event/);
  await cli('enable', id);
  expect(await list()).toMatchObject([{ enabled: true }]);
  await cli('remove', id);
  expect((await cli('list')).out).toContain('There are no subscriptions');
});

it('what happens in a command is told by `deliver`, signed with either secret after a rotation', async () => {
  const { id, secret } = await add();
  const rotated = await json<{ secret: string; previousSecretUntil: string }>('rotate', id);
  bench.place('on-hold');
  expect((await bench.cli('poll')).code).toBe(EXIT.done);
  expect(await list()).toMatchObject([{ waiting: 1 }]);
  const said = await cli('deliver');
  expect(said.out).toBe('1 event delivered, 0 attempts failed\n');
  const [request] = receiver.received;
  const { 'webhook-id': eventId, 'webhook-timestamp': at, ...headers } = request?.headers ?? {};
  const signed = String(headers['webhook-signature']).split(' ');
  for (const one of [rotated.secret, secret]) {
    const when = new Date(Number(at) * 1000);
    expect(signed).toContain(new Webhook(one).sign(String(eventId), when, request?.body ?? ''));
  }
  const attempts = await json<AttemptJson[]>('attempts', id);
  expect(attempts).toEqual([
    {
      id: expect.any(Number),
      event: { id: eventId, type: 'order.parked', at: expect.any(String) },
      number: 1,
      startedAt: expect.any(String),
      durationMs: expect.any(Number),
      request: { url: receiver.url, headers: expect.any(Object), body: request?.body },
      response: { status: 204, headers: expect.any(Object), body: '' },
    },
  ]);
  expect((await cli('attempts', id)).out).toMatch(/order\.parked +evt_\w+ +1 +204 .* delivered/);
});

it('what failed is shown, and retried at a person’s wish', async () => {
  const { id } = await add();
  receiver.answer = (response) => void response.writeHead(500).end('\u001b[31mno');
  bench.place('on-hold');
  bench.place('on-hold');
  await bench.cli('poll');
  expect(await cli('deliver')).toMatchObject({ code: EXIT.incomplete });
  expect((await cli('list')).out).toMatch(/failing/);
  const failed = await json<AttemptJson[]>('attempts', id, '--failed', '--limit', '1');
  expect(failed).toMatchObject([{ error: 'it answered 500', response: { status: 500 } }]);
  receiver.answer = (response) => void response.writeHead(200).end();
  expect(await json('retry', id)).toEqual({ id, queued: 2 });
  expect(await json('deliver')).toEqual({ delivered: 2, failed: 0 });
  const eventId = failed[0]?.event.id ?? '';
  expect(await json('retry', id, '--event', eventId)).toEqual({ id, queued: 1 });
  expect(await json('deliver')).toEqual({ delivered: 1, failed: 0 });
});

describe('subscriptions test', () => {
  it('shows the answer', async () => {
    const { id } = await add('--disabled');
    const said = await cli('test', id);
    expect(said).toMatchObject({ code: EXIT.done, out: expect.stringContaining('taken (204)') });
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      type: 'subscription.test',
    });
  });

  it('says what went wrong, without obeying the answer', async () => {
    const { id } = await add();
    receiver.answer = (response) =>
      void response.writeHead(302, { location: '/' }).end('\u001b[2J!');
    const said = await cli('test', id);
    expect(said.code).toBe(EXIT.incomplete);
    expect(said.out).toContain('it failed: it answered 302, and redirects are not followed');
    expect(said.out).toContain('the answer: [2J!');
    const { code, out } = await cli('test', id, '--json');
    expect(code).toBe(EXIT.incomplete);
    expect(JSON.parse(out)).toMatchObject({ response: { status: 302 } });
  });
});

it.each([
  ['edit', 'sub_x', '--description', 'y'],
  ['enable', 'sub_x'],
  ['remove', 'sub_x'],
  ['rotate', 'sub_x'],
  ['test', 'sub_x'],
  ['attempts', 'sub_x'],
  ['retry', 'sub_x'],
])('%s of one that there is not says so', async (...args) => {
  const said = await cli(...args);
  expect(said.code).toBe(EXIT.failed);
  expect(said.err).toContain('There is no subscription "sub_x".');
  expect(said.err).toContain('`orderpark subscriptions list`');
});
