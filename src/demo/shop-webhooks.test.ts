import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DemoShopState } from './demo-shop.js';
import { DrivenClock } from './driven-clock.js';
import { objectOf, parseJson } from './json.js';
import { HARD } from './kinds.js';
import { seededRandom } from './random.js';
import { ShopWebhooks } from './shop-webhooks.js';
import type { DemoWebhook } from './webhook-model.js';

/* What the corpus's README says of webhooks, point by point. */

interface Arrived {
  readonly contentType: string | undefined;
  readonly topic: string;
  readonly deliveryId: string;
  readonly body: string;
}

let server: Server;
let url: string;
let arrived: Arrived[];
/** What the listener answers; 0 breaks the connection off. */
let status: number;
let clock: DrivenClock;
let shop: DemoShopState;
let webhooks: ShopWebhooks;

beforeEach(async () => {
  arrived = [];
  status = 200;
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const header = (name: string) => request.headers[name]?.toString() ?? '';
    arrived.push({
      contentType: request.headers['content-type'],
      topic: header('x-wc-webhook-topic'),
      deliveryId: header('x-wc-webhook-delivery-id'),
      body,
    });
    if (status === 0) request.socket.destroy();
    else response.writeHead(status, { Location: 'http://127.0.0.1:1/' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  clock = new DrivenClock(Date.parse('2026-11-20T12:00:00Z'));
  shop = new DemoShopState({ clock, timezone: 'Europe/Amsterdam' });
  webhooks = new ShopWebhooks(shop, 'https://shop.example');
});
afterEach(
  () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
);

async function register(topic: string): Promise<DemoWebhook> {
  const settings = { name: topic, topic, deliveryUrl: url, secret: 's', status: 'active' } as const;
  const webhook = webhooks.create(settings);
  await webhooks.pinged();
  arrived = [];
  return webhook;
}

const registerAll = () =>
  Promise.all(['created', 'updated', 'deleted', 'restored'].map((e) => register(`order.${e}`)));

function place(more: { status?: string } = {}): number {
  const kind = HARD['mixedVat'];
  if (!kind) throw new Error('no such kind');
  return shop.place({ ...kind(seededRandom(1)), ...more });
}

async function topics(): Promise<string[]> {
  await webhooks.deliver();
  const told = arrived.map(({ topic }) => topic.replace('order.', ''));
  arrived = [];
  return told;
}

/** Fails so many deliveries, each of a change of its own. */
async function fail(id: number, times: number): Promise<void> {
  status = 500;
  for (let time = 0; time < times; time += 1) {
    shop.save(id);
    await webhooks.deliver();
  }
}

describe('what fires', () => {
  beforeEach(registerAll);

  it('a new order: created and updated, with the same body', async () => {
    place();
    await webhooks.deliver();
    expect(arrived.map(({ topic }) => topic)).toEqual(['order.created', 'order.updated']);
    expect(arrived[0]?.body).toBe(arrived[1]?.body);
  });

  it('a draft of the checkout: updated; created only when the checkout is finished', async () => {
    const id = place({ status: 'checkout-draft' });
    expect(await topics()).toEqual(['updated']);
    shop.setStatus(id, 'processing');
    expect(await topics()).toEqual(['updated', 'created']);
  });

  it.each<[string, (id: number) => void, string[]]>([
    ['a status', (id) => shop.setStatus(id, 'completed'), ['updated']],
    ['a save without a change', (id) => shop.save(id), ['updated']],
    ['meta data', (id) => shop.setMeta(id, 'a', 'b'), ['updated']],
    ['lines', (id) => shop.change(id, (content) => ({ ...content })), ['updated']],
    ['a refund', (id) => void shop.refund(id, { amount: 1, reason: '', lines: [] }), ['updated']],
    [
      'the status refunded, which makes a refund',
      (id) => shop.setStatus(id, 'refunded'),
      ['updated'],
    ],
    ['trash', (id) => shop.trash(id), ['deleted']],
    ['a line deleted without calculation', (id) => shop.edit(id, (content) => content), []],
    ['a status set in the database', (id) => shop.setStatusInDatabase(id, 'x'), []],
    ['deletion for good', (id) => shop.delete(id), []],
  ])('%s', async (_, act, expected) => {
    const id = place();
    await topics();
    act(id);
    expect(await topics()).toEqual(expected);
  });

  it('out of the trash: restored', async () => {
    const id = place();
    shop.trash(id);
    await topics();
    shop.restore(id);
    expect(await topics()).toEqual(['restored']);
  });

  it('a refund that is deleted: nothing', async () => {
    const id = place();
    const refundId = shop.refund(id, { amount: 1, reason: '', lines: [] });
    await topics();
    shop.deleteRefund(id, refundId);
    expect(await topics()).toEqual([]);
  });
});

describe('a delivery', () => {
  it('is not sent before the queue runs, and then has the state of that moment', async () => {
    await register('order.updated');
    const id = place();
    shop.setStatus(id, 'on-hold');
    shop.setStatus(id, 'processing');
    expect(arrived).toEqual([]);
    await webhooks.deliver();
    expect(arrived.map(({ body }) => objectOf(parseJson(body))['status'])).toEqual(['processing']);
  });

  it('of an order that is trashed or gone meanwhile says so', async () => {
    await register('order.updated');
    const [trashed, gone] = [place(), place()];
    shop.trash(trashed);
    shop.delete(gone);
    await webhooks.deliver();
    const [first, second] = arrived.map(({ body }) => objectOf(parseJson(body)));
    expect(first).toMatchObject({ id: trashed, status: 'trash' });
    expect(second).toMatchObject({ code: 'woocommerce_rest_shop_order_invalid_id' });
  });

  it('has the id of the webhook and the second, so that different orders share it', async () => {
    await register('order.updated');
    place();
    place();
    await webhooks.deliver();
    expect(new Set(arrived.map(({ deliveryId }) => deliveryId)).size).toBe(1);
    clock.set(clock.now() + 1000);
    place();
    await webhooks.deliver();
    expect(new Set(arrived.map(({ deliveryId }) => deliveryId)).size).toBe(2);
  });

  it.each([
    [200, 0],
    [202, 0],
    [301, 0],
    [302, 0],
    [303, 1],
    [401, 1],
    [404, 1],
    [500, 1],
    [0, 1],
  ])('answered with %i counts as %i failures, and is not repeated', async (answer, failures) => {
    const webhook = await register('order.updated');
    status = answer;
    place();
    await webhooks.deliver();
    await webhooks.deliver();
    expect([webhook.failures, arrived.length]).toEqual([failures, 1]);
  });
});

describe('failures in a row', () => {
  it('disable at the 7th; then nothing is queued, and nothing is sent later', async () => {
    const webhook = await register('order.updated');
    const id = place();
    await webhooks.deliver();
    await fail(id, 6);
    expect(webhook).toMatchObject({ status: 'active', failures: 6 });
    await fail(id, 1);
    expect(webhook).toMatchObject({ status: 'disabled', failures: 6 });
    arrived = [];
    shop.save(id);
    expect(webhooks.queued).toBe(0);
    webhooks.update(webhook, { status: 'active' });
    await webhooks.deliver();
    expect(arrived).toEqual([]);
  });

  it('stay at 6 when it is made active again, so that one more disables', async () => {
    const webhook = await register('order.updated');
    const id = place();
    await fail(id, 7);
    webhooks.update(webhook, { status: 'active' });
    expect(webhook.failures).toBe(6);
    await fail(id, 1);
    expect(webhook.status).toBe('disabled');
  });

  it('are forgotten with one success', async () => {
    const webhook = await register('order.updated');
    const id = place();
    await fail(id, 6);
    status = 302;
    shop.save(id);
    await webhooks.deliver();
    expect(webhook).toMatchObject({ status: 'active', failures: 0 });
  });
});

describe('the ping', () => {
  const pings = () => arrived.filter(({ contentType }) => contentType?.includes('form'));

  it('is an unsigned form when a webhook is made, or its address changes', async () => {
    const webhook = await register('order.updated');
    webhooks.update(webhook, { status: 'paused' });
    webhooks.update(webhook, { status: 'active', deliveryUrl: `${url}other` });
    await webhooks.pinged();
    expect(pings()).toMatchObject([{ body: `webhook_id=${webhook.id}`, topic: '' }]);
  });

  it('is not sent for a webhook that is not active', async () => {
    const webhook = await register('order.updated');
    webhooks.update(webhook, { status: 'disabled' });
    webhooks.update(webhook, { deliveryUrl: `${url}other` });
    await webhooks.pinged();
    expect(arrived).toEqual([]);
  });

  it('that failed is sent again with later deliveries', async () => {
    status = 500;
    const webhook = await register('order.updated');
    expect(webhook.status).toBe('active');
    status = 200;
    place();
    await webhooks.deliver();
    place();
    await webhooks.deliver();
    expect(pings()).toHaveLength(1);
  });
});
