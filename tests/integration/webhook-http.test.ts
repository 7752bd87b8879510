import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import {
  headersFor,
  sendBytes,
  startWebhookServer,
  type WebhookServer,
} from '../support/webhooks.js';

/* The routes over real HTTP, on a real SQLite store. */

const SECRET = 'whsec-plain-0001';
const PATH = '/webhooks/woocommerce/main';
const LICENSE_PATH = '/api/v1/servlet/woocommerce/webhook.php';
const SHOPS = [{ id: 'main', secrets: [SECRET], licenseKey: 'lk-0123456789', maxAgeDays: 92 }];
const LATER = '2026-11-21T00:00:00.000Z';
const MEGABYTE = 1024 * 1024;

let folder: string;
let store: Store;
let bench: WebhookServer;
let lines: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-webhook-http-'));
  const clock = { now: () => 0 };
  store = await openStore({ database: join(folder, 'orderpark.db'), clock });
  await start();
});
afterEach(async () => {
  await bench.stop();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(more: { refusedAMinute?: number; trustProxy?: number } = {}): Promise<void> {
  await bench?.stop();
  lines = [];
  bench = await startWebhookServer({
    store,
    shops: SHOPS,
    log: (line) => lines.push(line),
    ...more,
  });
}

function post(
  body: string | Buffer,
  headers: Record<string, string> = {},
  path = PATH,
): Promise<Response> {
  const sent = { ...headersFor(body, SECRET), ...headers };
  return fetch(`${bench.server.url}${path}`, {
    method: 'POST',
    headers: sent,
    body: new Uint8Array(Buffer.from(body)),
  });
}

const nudges = async () =>
  (await store.dueNudges('main', LATER, 5000)).map(({ orderId }) => orderId);

/** A request as text, with the signature of the body that is meant. */
function wire(headers: readonly string[], body: string, signedBody = body): string {
  const { 'x-wc-webhook-signature': signature = '' } = headersFor(signedBody, SECRET);
  const all = [
    `POST ${PATH} HTTP/1.1`,
    'Host: localhost',
    'Connection: close',
    'Content-Type: application/json',
    'X-WC-Webhook-Topic: order.updated',
    `X-WC-Webhook-Signature: ${signature}`,
    ...headers,
  ];
  return `${all.join('\r\n')}\r\n\r\n${body}`;
}

describe('bodies', () => {
  it('of 3 MB are taken', async () => {
    const body = JSON.stringify({ id: 7, note: 'x'.repeat(3 * MEGABYTE) });
    expect((await post(body)).status).toBe(200);
    expect(await nudges()).toEqual([7]);
  });

  it('that announce more than 4 MB are refused before they are sent', async () => {
    const answer = await sendBytes(bench.server.url, wire([`Content-Length: ${9e9}`], '{'));
    expect(answer.status).toBe(413);
    expect(answer.headers).toMatch(/Connection: close/i);
    expect(bench.receipts).toEqual([['', 'unreadable']]);
  });

  it('that turn out to have more than 4 MB are refused', async () => {
    const chunk = `${MEGABYTE.toString(16)}\r\n${'x'.repeat(MEGABYTE)}\r\n`;
    const body = `${chunk.repeat(5)}0\r\n\r\n`;
    const answer = await sendBytes(bench.server.url, wire(['Transfer-Encoding: chunked'], body));
    expect(answer.status).toBe(413);
  });

  it('that are cut off leave nothing', async () => {
    const bytes = wire(['Content-Length: 1000'], '{"id":7');
    expect((await sendBytes(bench.server.url, bytes, true)).status).not.toBe(200);
    expect(await nudges()).toEqual([]);
  });

  it('in chunks are taken', async () => {
    const body = '4\r\n{"id\r\n4\r\n":7}\r\n0\r\n\r\n';
    const bytes = wire(['Transfer-Encoding: chunked'], body, '{"id":7}');
    expect((await sendBytes(bench.server.url, bytes)).status).toBe(200);
    expect(await nudges()).toEqual([7]);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('compressed on the way (%s) verify as what they were', async (encoding, compress) => {
    const body = '{"id":7}';
    const headers = { ...headersFor(body, SECRET), 'content-encoding': encoding };
    expect((await post(compress(body), headers)).status).toBe(200);
    expect(await nudges()).toEqual([7]);
  });

  it('that unpack to more than 4 MB are refused', async () => {
    const bomb = gzipSync('0'.repeat(50 * MEGABYTE));
    expect((await post(bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
  });

  it('compressed wrongly or in an unknown way are refused, as the sender’s fault', async () => {
    expect((await post('{"id":7}', { 'content-encoding': 'gzip' })).status).toBe(400);
    expect((await post('{"id":7}', { 'content-encoding': 'rot13' })).status).toBe(415);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ';;'])(
    'of the content type %s are taken all the same: the signature tells',
    async (type) => {
      expect((await post('{"id":7}', { 'content-type': type })).status).toBe(200);
      expect(await nudges()).toEqual([7]);
    },
  );

  it('that are empty are not authentic unless signed, and of no use then', async () => {
    const empty = await fetch(`${bench.server.url}${PATH}`, { method: 'POST' });
    expect(empty.status).toBe(401);
    expect((await post('')).status).toBe(200);
    expect(bench.receipts.map(([, receipt]) => receipt)).toEqual(['unauthentic', 'quarantined']);
  });

  it('two requests in one, as a smuggler would send them, are two, each judged by itself', async () => {
    const second = wire(['Content-Length: 8'], '{"id":8}', '{"id":9}');
    const first = wire(['Content-Length: 8'], `{"id":7}${second}`, '{"id":7}');
    await sendBytes(bench.server.url, first.replace('Connection: close', 'Connection: keep-alive'));
    const receipts = bench.receipts.map(([, receipt]) => receipt);
    expect(receipts.sort()).toEqual(['nudge', 'unauthentic']);
    expect(await nudges()).toEqual([7]);
  });
});

describe('many at once', () => {
  it('100 deliveries are all taken', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => index + 1);
    const answers = await Promise.all(ids.map((id) => post(JSON.stringify({ id }))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
    expect((await nudges()).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(ids);
  });
});

describe('other requests', () => {
  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])(
    '%s is told that only POST is taken',
    async (method) => {
      for (const path of [PATH, `${LICENSE_PATH}?licensekey=lk-0123456789`]) {
        const answer = await fetch(`${bench.server.url}${path}`, { method });
        expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
      }
      expect(bench.receipts).toEqual([]);
    },
  );

  it.each(['/', '/webhooks', '/webhooks/woocommerce', '/webhooks/woocommerce/main/more'])(
    'POST %s is 404',
    async (path) => {
      expect((await post('{"id":7}', {}, path)).status).toBe(404);
    },
  );

  it('a shop that is not configured is 404, and counted without its name', async () => {
    expect((await post('{"id":7}', {}, '/webhooks/woocommerce/other')).status).toBe(404);
    expect((await post('{"id":7}', {}, '/webhooks/woocommerce/__proto__')).status).toBe(404);
    expect(bench.receipts).toEqual([
      ['', 'unknown-shop'],
      ['', 'unknown-shop'],
    ]);
  });

  it('answers are plain text that holds nothing of the request', async () => {
    const mark = '<script>x</script>';
    const inPath = encodeURIComponent(mark);
    const answers = await Promise.all([
      post(mark),
      post(mark, { 'x-wc-webhook-topic': mark }),
      post(mark, { 'x-wc-webhook-signature': mark }),
      post(mark, { 'content-encoding': mark }),
      post(mark, {}, `/webhooks/woocommerce/${inPath}`),
      post(mark, {}, `/webhooks/woocommerce/main/${inPath}`),
      post(mark, {}, `/webhooks/woocommerce/%zz${inPath}`),
      post(mark, {}, `${LICENSE_PATH}?licensekey=${inPath}`),
    ]);
    for (const answer of answers) {
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(await answer.text()).not.toContain('script');
    }
  });

  it('a path that cannot be decoded is 400', async () => {
    expect((await post('{"id":7}', {}, '/webhooks/woocommerce/%zz')).status).toBe(400);
  });
});

describe('the address of webwinkelfacturen.nl', () => {
  const at = (query: string) => `${LICENSE_PATH}${query}`;

  it('takes what is signed under the right key', async () => {
    expect((await post('{"id":7}', {}, at('?licensekey=lk-0123456789'))).status).toBe(200);
    expect(await nudges()).toEqual([7]);
    expect(bench.receipts).toEqual([['main', 'nudge']]);
  });

  it.each(['', '?licensekey=', '?licensekey=lk-012345678', '?licensekey[]=lk-0123456789'])(
    'refuses "%s"',
    async (query) => {
      expect((await post('{"id":7}', {}, at(query))).status).toBe(401);
      expect(await nudges()).toEqual([]);
    },
  );

  it('refuses a key given twice', async () => {
    const query = '?licensekey=lk-0123456789&licensekey=x';
    expect((await post('{"id":7}', {}, at(query))).status).toBe(401);
  });

  it('asks for the signature too', async () => {
    const answer = await post(
      '{"id":7}',
      { 'x-wc-webhook-signature': 'x' },
      at('?licensekey=lk-0123456789'),
    );
    expect(answer.status).toBe(401);
  });

  it('answers the ping under the right key only', async () => {
    const ping = (query: string) =>
      fetch(`${bench.server.url}${at(query)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'webhook_id=3',
      });
    expect((await ping('?licensekey=lk-0123456789')).status).toBe(200);
    expect((await ping('?licensekey=no')).status).toBe(401);
  });

  it('never shows the key: not in an answer, not in the log', async () => {
    const path = at('?licensekey=lk-0123456789');
    const answers = [
      await post('{"id":7}', {}, path),
      await post('{"id":7}', { 'x-wc-webhook-signature': 'x' }, path),
      await post('{"id":7}', { 'content-encoding': 'rot13' }, path),
    ];
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect([...texts, ...lines].join('\n')).not.toContain('lk-0123456789');
  });
});

describe('those who are not authentic are slowed down', () => {
  const wrong = { 'x-wc-webhook-signature': 'x' };
  const ping = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-wc-webhook-signature': '',
  };

  it('beyond so many a minute of one address, and what is authentic never', async () => {
    await start({ refusedAMinute: 3 });
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await post('{"id":7}', wrong)).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect((await post('{"id":7}', ping)).status).toBe(429);
    expect((await post('{"id":8}')).status).toBe(200);
    expect(await nudges()).toEqual([8]);
    expect(bench.receipts.filter(([, receipt]) => receipt === 'unauthentic')).toHaveLength(6);
  });

  it('says how long to wait', async () => {
    await start({ refusedAMinute: 1 });
    await post('{"id":7}', wrong);
    const answer = await post('{"id":7}', wrong);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('by the address that a trusted proxy names, and by no other header', async () => {
    const from = (address: string) => post('{"id":7}', { ...wrong, 'x-forwarded-for': address });
    await start({ refusedAMinute: 1, trustProxy: 1 });
    expect((await from('192.0.2.1')).status).toBe(401);
    expect((await from('192.0.2.1')).status).toBe(429);
    expect((await from('192.0.2.2')).status).toBe(401);
    await start({ refusedAMinute: 1 });
    expect((await from('192.0.2.3')).status).toBe(401);
    expect((await from('192.0.2.4')).status).toBe(429);
  });
});

describe('while the store fails', () => {
  it('it is 503 with a time to wait, and works again by itself', async () => {
    const { transaction } = store;
    Object.assign(store, {
      transaction: async () => {
        throw new Error('disk full');
      },
    });
    const failed = await post('{"id":7}');
    expect([failed.status, failed.headers.get('retry-after')]).toEqual([503, '60']);
    Object.assign(store, { transaction });
    expect((await post('{"id":7}')).status).toBe(200);
    expect(await nudges()).toEqual([7]);
    expect(bench.troubles).toEqual([expect.any(Error), null]);
  });
});
