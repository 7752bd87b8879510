import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadRecording } from '../../tests/support/recordings.js';
import { HARD } from './kinds.js';
import { seededRandom } from './random.js';
import { type DemoShop, startDemoShop } from './shop-server.js';

const credential = {
  consumerKey: 'ck_1',
  consumerSecret: 'cs_1',
  permissions: 'read_write',
} as const;
const authorization = `Basic ${Buffer.from('ck_1:cs_1').toString('base64')}`;

let shop: DemoShop;
beforeEach(async () => {
  shop = await startDemoShop({
    clock: { now: () => Date.parse('2026-11-20T12:00:00Z') },
    seed: 7,
    timezone: 'Europe/Amsterdam',
    credentials: [credential],
    siteUrl: 'https://shop.example',
    orders: 12,
  });
});
afterEach(() => shop.close());

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

function get(path: string, method = 'GET', body?: string): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      `${shop.url}/wp-json/wc/v3/${path}`,
      { method, headers: { authorization }, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('faults', () => {
  it.each([
    ['rate-limited', 'fault-rate-limited-429'],
    ['bad-gateway', 'fault-bad-gateway-502'],
    ['gateway-timeout', 'fault-gateway-timeout-504'],
    ['maintenance', 'fault-maintenance-503'],
    ['fatal-json', 'fault-php-fatal-500'],
    ['empty-200', 'fault-empty-200'],
  ] as const)('%s is answered as in %s', async (kind, name) => {
    shop.setFaults({ rates: { [kind]: 1 } });
    const { response } = loadRecording(name);
    const got = await get('orders');
    const recorded = (header: string) =>
      response.headers.find(([key]) => key.toLowerCase() === header)?.[1];
    expect(got.status).toBe(response.status);
    expect(got.headers['content-type']).toBe(recorded('content-type'));
    expect(got.headers['retry-after']).toBe(recorded('retry-after'));
    expect(got.text.replaceAll('\r\n', '\n')).toBe(response.body.replaceAll('\r\n', '\n'));
  });

  it('a PHP notice comes before the JSON, as in fault-php-notice-before-json', async () => {
    const { body } = loadRecording('fault-php-notice-before-json').response;
    shop.setFaults({ rates: { 'notice-before-json': 1 } });
    const got = await get('orders?per_page=1');
    expect(got.text.slice(0, got.text.indexOf('['))).toBe(body.slice(0, body.indexOf('[')));
    expect(JSON.parse(got.text.slice(got.text.indexOf('[')))).toHaveLength(1);
  });

  it('truncated JSON cannot be parsed', async () => {
    shop.setFaults({ rates: { 'truncated-json': 1 } });
    const { status, text } = await get('orders');
    expect(status).toBe(200);
    expect(() => JSON.parse(text)).toThrow();
  });

  it('a change whose answer is dropped was made all the same', async () => {
    shop.setFaults({ rates: { 'dropped-after-commit': 1 } });
    await expect(get('orders/3', 'PUT', '{"status":"completed"}')).rejects.toThrow();
    expect(shop.state.existing(3).status).toBe('completed');
  });

  it('a change dropped before the answer was not made', async () => {
    shop.state.existing(3).status = 'on-hold';
    shop.setFaults({ rates: { 'dropped-before-answer': 1 } });
    await expect(get('orders/3', 'PUT', '{"status":"completed"}')).rejects.toThrow();
    expect(shop.state.existing(3).status).toBe('on-hold');
  });

  it('an answer that breaks off fails the client', async () => {
    shop.setFaults({ rates: { 'dropped-mid-body': 1 } });
    await expect(get('orders')).rejects.toThrow();
  });

  it('a stale answer is an old one; another parameter asks past it', async () => {
    const before = await get('orders?per_page=100');
    const id = shop.state.place(HARD['mixedVat']?.(seededRandom(1)) ?? missing());
    shop.setFaults({ rates: { stale: 1 } });
    expect((await get('orders?per_page=100')).text).toBe(before.text);
    expect((await get('orders?per_page=100')).headers['age']).toBe('300');
    expect((await get('orders?per_page=100&_=1')).text).toContain(`"id":${id},"parent_id"`);
  });

  it('one bad order spoils every page with it, its own answer too, and no other', async () => {
    shop.setFaults({ rates: {}, badOrders: [5] });
    expect((await get('orders?include=4,5')).status).toBe(500);
    expect((await get('orders/5')).status).toBe(500);
    expect((await get('orders?include=4,6')).status).toBe(200);
  });

  it('the same seed strikes the same requests', async () => {
    const strike = async () => {
      shop.setFaults({ rates: { 'bad-gateway': 0.5 } });
      const seen: number[] = [];
      for (let index = 0; index < 12; index += 1)
        seen.push((await get('orders?per_page=1')).status);
      return seen;
    };
    const first = await strike();
    expect(new Set(first)).toEqual(new Set([200, 502]));
    await shop.close();
    shop = await startDemoShop({
      clock: { now: () => Date.parse('2026-11-20T12:00:00Z') },
      seed: 7,
      timezone: 'Europe/Amsterdam',
      credentials: [credential],
      siteUrl: 'https://shop.example',
      orders: 12,
    });
    expect(await strike()).toEqual(first);
  });
});

function missing(): never {
  throw new Error('there is no such kind of order');
}
