import { spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliShop, openCliShop } from '../../../tests/support/cli-shop.js';
import { startWebhookServer, type WebhookServer } from '../../../tests/support/webhooks.js';
import { openStore } from '../../store/open-store.js';
import type { Store } from '../../store/store.js';
import { EXIT } from '../exit-codes.js';

/* The commands on webhooks and `status`, on the demo shop, with a server beside them as `run` has. */

const SECRET = 'a-secret-of-the-webhooks';
let bench: CliShop;
let store: Store;
let receiver: WebhookServer;
let stranger: Server | undefined;

beforeEach(async () => {
  bench = await openCliShop();
  const clock = { now: () => bench.shop.state.nowMs() };
  store = await openStore({ database: join(bench.folder, 'orderpark.db'), clock });
  receiver = await startWebhookServer({
    store,
    shops: [{ id: 'main', secrets: [SECRET], maxAgeDays: 92 }],
    now: clock.now,
  });
  configure();
});
afterEach(async () => {
  stranger?.close();
  stranger = undefined;
  await receiver.stop();
  await store.close();
  await bench.close();
});

function configure(more: Readonly<Record<string, unknown>> = {}): void {
  bench.configure({ webhook: { secret: SECRET, url: receiver.server.url, ...more } });
}

const webhooks = () => bench.shop.webhooks.all();

async function json(...args: string[]): Promise<{ code: number; found: unknown }> {
  const { code, out } = await bench.cli(...args, '--json');
  return { code, found: JSON.parse(out) };
}

describe('webhook register', () => {
  it('makes four, says where they lead, and warns of what is in their way', async () => {
    const said = await bench.cli('webhook', 'register');
    expect(said.out).toContain('main: 4 webhooks made; they lead to http://127.0.0.1');
    expect(said.out).toContain('warning: the address is plain http');
    expect(said.code).toBe(EXIT.attention);
    expect(webhooks().map(({ secret }) => secret)).toEqual(Array(4).fill(SECRET));
  });

  it('a second time makes none', async () => {
    await bench.cli('webhook', 'register');
    const { found } = await json('webhook', 'register', 'main');
    expect(found).toMatchObject([{ shop: 'main', state: 'registered', created: [], repaired: [] }]);
    expect(webhooks()).toHaveLength(4);
  });

  it('never prints a secret', async () => {
    const said = await Promise.all(
      ['register', 'status', 'test', 'rotate'].map((name) => bench.cli('webhook', name, '--json')),
    );
    expect(JSON.stringify(said)).not.toContain(SECRET);
  });

  it('of a shop without a url says what to write', async () => {
    bench.configure({ webhook: { secret: SECRET } });
    const said = await bench.cli('webhook', 'register', 'main');
    expect(said.code).toBe(EXIT.usage);
    expect(said.err).toContain('webhook: {');
  });

  it('tells what the shop refuses, with its fix', async () => {
    bench.shop.setFaults({ rates: { 'html-200': 1 } });
    const said = await bench.cli('webhook', 'register');
    expect(said.code).toBe(EXIT.incomplete);
    expect(said.out).toContain('main: failed:');
  });
});

describe('webhook status', () => {
  it('shows what is missing, and each webhook of ours', async () => {
    const none = await bench.cli('webhook', 'status');
    expect(none.out).toContain('missing: order.created');
    expect(none.out).toContain('our address is http://127.0.0.1');
    await bench.cli('webhook', 'register');
    const { found } = await json('webhook', 'status');
    expect(found).toMatchObject([{ state: 'well', missing: [], others: 0, lastDeliveryAt: null }]);
    const [first] = webhooks();
    if (first) bench.shop.webhooks.update(first, { status: 'disabled' });
    const said = await bench.cli('webhook', 'status');
    expect(said.out).toContain('order.created is disabled');
    expect(said.out).toContain('run` makes them active again after its next poll');
    expect(said.code).toBe(EXIT.attention);
  });
});

it('webhook status says of one that is paused who makes it active again', async () => {
  await bench.cli('webhook', 'register');
  const [first] = webhooks();
  if (first) bench.shop.webhooks.update(first, { status: 'paused' });
  const said = await bench.cli('webhook', 'status');
  expect(said.out).toContain('order.created is paused');
  expect(said.out).toContain('`orderpark webhook register` makes them active again');
});

it('webhook remove says where they would be made again', async () => {
  await bench.cli('webhook', 'register');
  expect((await bench.cli('webhook', 'remove')).out).not.toContain('register: true');
  configure({ register: true });
  await bench.cli('webhook', 'register');
  expect((await bench.cli('webhook', 'remove')).out).toContain('register: true');
});

describe('webhook test', () => {
  it('proves our address, touches nothing in the shop, and says what it does not prove', async () => {
    await bench.cli('webhook', 'register');
    const asked = bench.shop.requests.total;
    const said = await bench.cli('webhook', 'test');
    expect(said.out).toContain('takes a ping and refuses a forged delivery');
    expect(said.out).toContain('whether the shop itself gets through');
    expect(bench.shop.requests.total).toBe(asked);
    expect(receiver.receipts.slice(-2)).toEqual([
      ['main', 'ping'],
      ['main', 'unauthentic'],
    ]);
  });

  it('waits for a real delivery', async () => {
    await bench.cli('webhook', 'register');
    const waiting = json('webhook', 'test', '--wait', '20');
    bench.place('processing');
    await bench.shop.deliverWebhooks();
    // What came before the wait began is not what was waited for.
    const timer = setInterval(() => {
      bench.place('processing');
      bench.passDays(1);
      void bench.shop.deliverWebhooks();
    }, 100);
    const { found } = await waiting;
    clearInterval(timer);
    expect(found).toMatchObject([{ probe: { ok: true }, delivered: true }]);
  });

  it('says why our address does not answer as it must', async () => {
    const other = createServer((_, response) => response.end('hello'));
    stranger = other;
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : 0;
    configure({ url: `http://127.0.0.1:${port}` });
    const said = await bench.cli('webhook', 'test');
    expect(said.code).toBe(EXIT.attention);
    expect(said.out).toContain('Something else than orderpark answers there');
  });
});

describe('webhook rotate', () => {
  it('with one secret changes nothing, and tells the steps', async () => {
    await bench.cli('webhook', 'register');
    const said = await bench.cli('webhook', 'rotate');
    expect(said.code).toBe(EXIT.attention);
    expect(said.out).toContain('the new one first');
    expect(webhooks()[0]?.secret).toBe(SECRET);
  });

  it('with two gives the shop the first, and tells to drop the old one', async () => {
    await bench.cli('webhook', 'register');
    configure({ secret: ['the-new-secret-of-them', SECRET] });
    const said = await bench.cli('webhook', 'rotate');
    expect(said.out).toContain('4 webhooks now sign with the first secret');
    expect(said.out).toContain('take it out of the config');
    expect(webhooks().map(({ secret }) => secret)).toEqual(Array(4).fill('the-new-secret-of-them'));
  });
});

it('webhook remove deletes ours, and no other', async () => {
  await bench.cli('webhook', 'register');
  bench.shop.webhooks.create({
    name: 'theirs',
    topic: 'order.updated',
    deliveryUrl: 'http://127.0.0.1:1/',
    secret: '',
    status: 'paused',
  });
  const said = await bench.cli('webhook', 'remove');
  expect([said.code, said.out]).toEqual([EXIT.done, expect.stringContaining('4 webhooks removed')]);
  expect(webhooks().map(({ name }) => name)).toEqual(['theirs']);
});

describe('status', () => {
  it('shows a shop that was never polled, without asking it', async () => {
    const { found } = await json('status');
    expect(found).toMatchObject({
      daemon: null,
      shops: [{ shop: 'main', lastPoll: null, webhook: { lastDeliveryAt: null, backlog: 0 } }],
      books: [{ books: 'journal', paused: null }],
    });
    expect(bench.shop.requests.total).toBe(0);
  });

  it('shows runs, orders, deliveries that wait and how fast the others were', async () => {
    await bench.cli('webhook', 'register');
    bench.place('processing');
    bench.place('pending');
    await bench.cli('poll');
    await bench.shop.deliverWebhooks();
    const due = await store.dueNudges('main', '2027', 100);
    const [slow, ...rest] = due.map(({ id }) => id);
    const last = rest.pop();
    expect([slow, last].every((id) => id !== undefined)).toBe(true);
    const now = (seconds: number) =>
      new Date(bench.shop.state.nowMs() + seconds * 1000).toISOString();
    await store.transaction(async (tx) => {
      const end = { outcome: 'taken', detail: '' } as const;
      await tx.finishNudges(rest, { ...end, now: now(2) });
      await tx.finishNudges(slow === undefined ? [] : [slow], { ...end, now: now(60) });
    });
    const { found } = await json('status');
    expect(found).toMatchObject({
      shops: [
        {
          lastPoll: { state: 'done' },
          orders: { parked: 1, forwarded: 1, blocked: 0 },
          webhook: { backlog: 1, lag: { p50Ms: 2000, p95Ms: 60_000 } },
        },
      ],
      books: [{ postings: { queued: 1 } }],
    });
    const { out } = await bench.cli('status');
    expect(out).toContain('orders:   1 parked, 1 forwarded');
    expect(out).toContain('1 waits');
    expect(out).toContain('95 % within 60 s');
  });

  it('shows who runs as the daemon', async () => {
    await store.acquireClaim({
      name: 'daemon',
      holder: 'here:17:1',
      now: '2026-11-02T12:00:00.000Z',
      expiresAt: '2026-11-03T12:00:00.000Z',
    });
    expect((await bench.cli('status')).out).toContain('here, process 17');
  });

  it('does not take a process that was killed for the daemon', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await store.acquireClaim({
      name: 'daemon',
      holder: `${hostname()}:${pid}:`,
      now: '2026-11-02T12:00:00.000Z',
      expiresAt: '2026-11-03T12:00:00.000Z',
    });
    expect((await bench.cli('status')).out).toContain('is not up');
    expect((await json('status')).found).toMatchObject({ daemon: null });
  });

  it('shows the alerts that are raised, each with what to do', async () => {
    const alert = {
      key: 'webhook-disabled/main',
      subject: 'main: WooCommerce disabled webhooks',
      message: 'After seven failures.',
      fix: 'Look at the proxy.',
      raisedAt: '2026-11-02T11:00:00.000Z',
      toldAt: null,
    };
    await store.transaction(async (tx) => {
      await tx.putAlert({ ...alert, clearedAt: null });
      await tx.putAlert({ ...alert, key: 'over', subject: 'over', clearedAt: alert.raisedAt });
    });
    const { found } = await json('status');
    const { key, subject, message, fix, raisedAt } = alert;
    expect(found).toMatchObject({ alerts: [{ key, subject, message, fix, raisedAt }] });
    const { out } = await bench.cli('status');
    expect(out).toContain('needs you: main: WooCommerce disabled webhooks, since 2026-11-02 12:00');
    expect(out).toContain('Look at the proxy.');
    expect(out).not.toContain('over');
  });

  it('shows books that are paused', async () => {
    const pause = {
      failures: 5,
      since: '2026-11-02T11:00:00.000Z',
      until: '2026-11-02T13:00:00.000Z',
      reason: 'the disk is full',
    };
    const at = '2026-11-02T12:00:00.000Z';
    await store.transaction((tx) => tx.setCursor('journal', 'pause', JSON.stringify(pause), at));
    expect((await bench.cli('status')).out).toContain(
      'paused until 2026-11-02 14:00: the disk is full',
    );
  });
});
