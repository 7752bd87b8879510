import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/demo/json.js';
import { isObject, numberOf, objectsOf, parseJson, textOf } from '../../src/demo/json.js';
import { type DemoShop, startDemoShop } from '../../src/demo/shop-server.js';
import { orderEventOf } from '../../src/demo/webhook-model.js';
import { loadRecording, recordingNames } from '../support/recordings.js';
import { deliveryNames, loadDelivery } from '../support/webhooks.js';

/* The stand-in's webhooks against the real thing: the calls of the REST API, and what is delivered. */

const CREDENTIALS = [
  {
    consumerKey: `ck_${'1'.repeat(40)}`,
    consumerSecret: `cs_${'1'.repeat(40)}`,
    permissions: 'read_write',
  },
  {
    consumerKey: `ck_${'2'.repeat(40)}`,
    consumerSecret: `cs_${'2'.repeat(40)}`,
    permissions: 'read',
  },
] as const;

let nowMs: number;
let shop: DemoShop;

async function openShop(): Promise<void> {
  shop = await startDemoShop({
    clock: { now: () => nowMs },
    seed: 1,
    timezone: 'Europe/Amsterdam',
    credentials: CREDENTIALS,
    siteUrl: 'https://shop.example',
  });
}
afterEach(() => shop.close());

describe('a call about webhooks is answered as recorded', () => {
  /** What the shop has before the call: the webhooks that the recording lists, or answers with. */
  function loadBefore(body: JsonObject, secret = 'whsec-plain-0001'): void {
    const modified = textOf(body['date_modified_gmt']);
    const status = textOf(body['status']);
    shop.webhooks.load({
      id: numberOf(body['id']),
      name: textOf(body['name']),
      status: status === 'disabled' || status === 'paused' ? status : 'active',
      topic: textOf(body['topic']),
      deliveryUrl: textOf(body['delivery_url']),
      secret,
      failures: 0,
      isPingPending: false,
      ownerHasRights: true,
      createdMs: Date.parse(`${textOf(body['date_created_gmt'])}Z`),
      modifiedMs: modified === '' ? null : Date.parse(`${modified}Z`),
    });
  }

  it.each(recordingNames('rest').filter((name) => name.startsWith('webhook-')))(
    '%s',
    async (name) => {
      const { request, response } = loadRecording(name);
      const header = (wanted: string) => response.headers.find(([key]) => key === wanted)?.[1];
      nowMs = Date.parse(header('Date') ?? '');
      await openShop();
      const recorded = parseJson(response.body);
      if (name === 'webhook-list') {
        for (const webhook of objectsOf(recorded)) loadBefore(webhook);
      } else if (isObject(recorded) && recorded['id'] !== undefined) {
        const id = numberOf(recorded['id']);
        loadBefore(request.method === 'POST' ? { ...recorded, id: id - 1 } : recorded);
      } else if (name === 'webhook-delete-without-force') {
        loadBefore({ id: 4, topic: 'order.restored', date_created_gmt: '2026-11-20T15:58:42' });
      }
      const query = request.query === '' ? '' : `?${request.query}`;
      const answer = await fetch(`${shop.url}${request.path}${query}`, {
        method: request.method,
        headers: request.headers.filter(
          ([key]) => !/^(host|connection|content-length)$/i.test(key),
        ),
        ...(request.body === undefined ? {} : { body: request.body }),
      });
      expect(answer.status).toBe(response.status);
      for (const wanted of ['Content-Type', 'Allow', 'Location', 'X-WP-Total', 'X-WP-TotalPages']) {
        expect([wanted, answer.headers.get(wanted) ?? undefined]).toEqual([wanted, header(wanted)]);
      }
      expect(parseJson(await answer.text())).toEqual(recorded);
    },
  );
});

describe('a delivery arrives as recorded', () => {
  interface Arrived {
    readonly headers: readonly (readonly [string, string])[];
    readonly body: Buffer;
  }
  let listener: Server;
  let port: number;
  let arrived: Arrived[] = [];

  beforeAll(async () => {
    listener = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      const { rawHeaders } = request;
      const headers = rawHeaders.flatMap((name, index): [string, string][] =>
        index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
      );
      arrived.push({ headers, body: Buffer.concat(chunks) });
      response.end();
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const address = listener.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => new Promise((resolve) => listener.close(resolve)));

  /** Differ by the machine, or by the salt of the site. */
  const OWN = new Set(['host', 'x-wc-webhook-delivery-id']);
  const shown = (headers: Arrived['headers']) =>
    headers.filter(([name]) => !OWN.has(name.toLowerCase())).sort();

  it.each(deliveryNames())('%s', async (name) => {
    const recording = loadDelivery(name);
    const header = (wanted: string) => recording.headers.find(([key]) => key === wanted)?.[1];
    nowMs = Date.parse('2026-11-20T16:11:26Z');
    arrived = [];
    await openShop();
    const text = recording.body.toString('utf8');
    const topic = header('X-WC-Webhook-Topic');
    const id = Number(header('X-WC-Webhook-ID') ?? /\d+/.exec(text)?.[0]);
    const settings = {
      name: '',
      topic: topic ?? 'order.updated',
      deliveryUrl: `http://127.0.0.1:${port}/hooks`,
      secret: recording.secret,
      status: 'active',
    } as const;
    if (topic === undefined) {
      for (let other = 1; other < id; other += 1) {
        shop.webhooks.remove(shop.webhooks.create({ ...settings, status: 'paused' }).id);
      }
      shop.webhooks.create(settings);
      await shop.webhooks.pinged();
    } else {
      const ownerHasRights = !text.includes('woocommerce_rest_cannot_view');
      shop.webhooks.load({
        ...settings,
        id,
        failures: 0,
        isPingPending: false,
        ownerHasRights,
        createdMs: nowMs,
        modifiedMs: null,
      });
      const order = parseJson(text);
      const orderId = isObject(order) ? numberOf(order['id']) : 0;
      if (isObject(order) && order['line_items'] !== undefined) shop.state.loadRecorded(order);
      shop.webhooks.enqueue(orderEventOf(settings.topic) ?? 'updated', orderId);
      await shop.deliverWebhooks();
    }
    const [delivery] = arrived;
    expect(parseJson(`[${JSON.stringify(delivery?.body.toString('utf8'))}]`)).toEqual([text]);
    expect(shown(delivery?.headers ?? [])).toEqual(shown(recording.headers));
  });
});
