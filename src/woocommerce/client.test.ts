import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { delay, HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  ANY_HTTP,
  ANY_HTTPS,
  KEY,
  NOW_MS,
  replay,
  SECRET,
  testClient,
} from '../../tests/support/recorded-shop.js';
import { loadRecording } from '../../tests/support/recordings.js';
import { ShopError } from './shop-error.js';
import { addressError } from './transport.js';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const POLL = { source: 'poll' } as const;
const FIRST_PAGE = { page: 1, perPage: 100 };

/** Answers each request with what `answer` makes of it, and keeps the requests. */
function serve(
  answer: (request: Request, count: number) => Response | Promise<Response>,
): Request[] {
  const seen: Request[] = [];
  const handler = ({ request }: { request: Request }) => {
    seen.push(request);
    return answer(request, seen.length);
  };
  server.use(http.get(ANY_HTTPS, handler), http.get(ANY_HTTP, handler));
  return seen;
}

const recorded = (name: string) => replay(loadRecording(name));
const query = (request: Request | undefined) =>
  Object.fromEntries(new URL(request?.url ?? 'http://none').searchParams);

async function failure(asked: Promise<unknown>): Promise<ShopError> {
  const error = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ShopError) return error;
  throw new Error(`expected a ShopError, got ${inspect(error)}`);
}

describe('what a request asks', () => {
  it('walks the list by id with six decimals and UTC bounds without Z (recorded facts 3, 5)', async () => {
    const seen = serve(() => HttpResponse.json([]));
    await testClient().orders(
      {
        modifiedAfter: '2026-11-18T12:53:01.000Z',
        createdAfter: '2026-01-01T00:00:00.000Z',
        createdBefore: '2026-12-01T00:00:00.000Z',
        page: 2,
        perPage: 50,
      },
      POLL,
    );
    expect(query(seen[0])).toEqual({
      orderby: 'id',
      order: 'asc',
      status: 'any',
      dp: '6',
      dates_are_gmt: 'true',
      modified_after: '2026-11-18T12:53:01',
      after: '2026-01-01T00:00:00',
      before: '2026-12-01T00:00:00',
      page: '2',
      per_page: '50',
    });
  });

  it('asks for orders by id as joined text, a hundred on one page', async () => {
    const seen = serve(() => HttpResponse.json([]));
    await testClient().ordersById([44, 45], POLL);
    expect(query(seen[0])).toMatchObject({
      include: '44,45',
      per_page: '100',
      status: 'any',
      dp: '6',
    });
  });

  it('asks nothing where no ids are given', async () => {
    const seen = serve(() => HttpResponse.json([]));
    expect(await testClient().ordersById([], POLL)).toMatchObject({ orders: [], unreadable: [] });
    expect(seen).toHaveLength(0);
  });

  it('asks past caches where a fresh answer is wanted', async () => {
    const seen = serve(() => recorded('order-plain-nl21'));
    const client = testClient();
    await client.order(44, POLL);
    await client.order(44, { ...POLL, fresh: true });
    await client.order(44, { ...POLL, fresh: true });
    expect(query(seen[0])).not.toHaveProperty('nocache');
    expect(seen[0]?.headers.get('cache-control')).toBeNull();
    expect(seen[1]?.headers.get('cache-control')).toBe('no-cache');
    expect(seen[1]?.headers.get('accept')).toBe('application/json');
    expect(query(seen[1])['nocache']).not.toBe(query(seen[2])['nocache']);
  });

  it('notices an answer from a cache, asks past it, and goes on doing so', async () => {
    const seen = serve((request) =>
      query(request)['nocache'] === undefined
        ? HttpResponse.json([], { headers: { age: '312' } })
        : HttpResponse.json([], { headers: { 'x-wp-total': '7' } }),
    );
    const client = testClient();
    expect((await client.orders(FIRST_PAGE, POLL)).total).toBe(7);
    await client.orders(FIRST_PAGE, POLL);
    expect(seen).toHaveLength(3);
    expect(query(seen[2])).toHaveProperty('nocache');
  });
});

/** OAuth 1.0a one-legged, as the shop works it out: each parameter once, the last one counts. */
function signatureOf(url: URL): string {
  const encode = (text: string) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const parameters = [...new Map(url.searchParams)]
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const base = ['GET', `${url.origin}${url.pathname}`, parameters].map(encode).join('&');
  return createHmac('sha256', `${SECRET}&`).update(base).digest('base64');
}

describe('authentication', () => {
  it('sends Basic over https', async () => {
    const seen = serve(() => HttpResponse.json([]));
    await testClient().orders(FIRST_PAGE, POLL);
    const basic = Buffer.from(`${KEY}:${SECRET}`).toString('base64');
    expect(seen[0]?.headers.get('authorization')).toBe(`Basic ${basic}`);
    expect(query(seen[0])).not.toHaveProperty('consumer_key');
  });

  it('sends the keys in the query where the config says so', async () => {
    const seen = serve(() => HttpResponse.json([]));
    await testClient({ auth: 'query' }).orders(FIRST_PAGE, POLL);
    expect(seen[0]?.headers.get('authorization')).toBeNull();
    expect(query(seen[0])).toMatchObject({ consumer_key: KEY, consumer_secret: SECRET });
  });

  it('finds out that a host strips the header, and remembers', async () => {
    const seen = serve((request) =>
      query(request)['consumer_key'] === KEY ? HttpResponse.json([]) : recorded('auth-none-401'),
    );
    const client = testClient();
    await client.orders(FIRST_PAGE, POLL);
    await client.orders(FIRST_PAGE, POLL);
    expect(seen.map((request) => request.headers.has('authorization'))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('finds that out for requests under way at the same time alike', async () => {
    serve((request) =>
      query(request)['consumer_key'] === KEY ? HttpResponse.json([]) : recorded('auth-none-401'),
    );
    const client = testClient();
    const pages = await Promise.all([
      client.orders(FIRST_PAGE, POLL),
      client.orders(FIRST_PAGE, POLL),
      client.orders(FIRST_PAGE, POLL),
    ]);
    expect(pages.map((page) => page.orders)).toEqual([[], [], []]);
  });

  it('tries the query only once where the key is simply unknown', async () => {
    const seen = serve(() => recorded('auth-bad-key-401'));
    const client = testClient();
    const error = await failure(client.orders(FIRST_PAGE, POLL));
    expect(error).toMatchObject({
      kind: 'config',
      details: { code: 'woocommerce_rest_cannot_view' },
    });
    await failure(client.orders(FIRST_PAGE, POLL));
    expect(seen).toHaveLength(3);
  });

  it('never tries the query where Basic was configured', async () => {
    const seen = serve(() => recorded('auth-none-401'));
    await failure(testClient({ auth: 'basic' }).orders(FIRST_PAGE, POLL));
    expect(seen).toHaveLength(1);
  });

  it('says what is wrong with a key that arrives only in the query', async () => {
    serve((request) =>
      recorded(query(request)['consumer_key'] === KEY ? 'auth-bad-secret-401' : 'auth-none-401'),
    );
    const error = await failure(testClient().orders(FIRST_PAGE, POLL));
    expect(error.details.code).toBe('woocommerce_rest_authentication_error');
  });

  it('signs with OAuth 1.0a over plain http, where that is allowed', async () => {
    const seen = serve(() => HttpResponse.json([]));
    const client = testClient({ url: 'http://shop.example', allowPlainHttp: true });
    await client.orders({ ...FIRST_PAGE, modifiedAfter: '2026-11-18T12:53:01.000Z' }, POLL);
    expect(seen[0]?.headers.get('authorization')).toBeNull();
    const sent = query(seen[0]);
    expect(sent).toMatchObject({
      oauth_consumer_key: KEY,
      oauth_signature_method: 'HMAC-SHA256',
      modified_after: '2026-11-18T12:53:01',
    });
    expect(sent['oauth_signature']).toMatch(/^[\w+/]{43}=$/);
    expect(sent).not.toHaveProperty('consumer_secret');
  });

  it('refuses plain http beyond loopback unless told', async () => {
    const seen = serve(() => HttpResponse.json([]));
    const error = await failure(
      testClient({ url: 'http://shop.example' }).orders(FIRST_PAGE, POLL),
    );
    expect(error).toMatchObject({ kind: 'config' });
    expect(seen).toHaveLength(0);
  });

  it.each([
    'http://localhost:8080',
    'http://shop.localhost',
    'http://127.0.0.1:8080',
    'http://[::1]:8080',
  ])('takes plain http on loopback: %s', (url) => {
    expect(addressError('main', url, false)).toBeUndefined();
  });

  it.each(['http://localhost.example.com', 'http://127.0.0.1.example.com', 'http://10.0.0.1'])(
    'takes no plain http elsewhere: %s',
    (url) => {
      expect(addressError('main', url, false)?.kind).toBe('config');
    },
  );

  it('signs as WooCommerce checks it', async () => {
    const { request } = loadRecording('orders-list-oauth1-http');
    const accepted = new URL(`http://shop.example${request.path}?${request.query}`);
    expect(accepted.searchParams.get('oauth_signature')).toBe(signatureOf(accepted));

    const seen = serve(() => HttpResponse.json([]));
    await testClient({ url: 'http://shop.example/', allowPlainHttp: true }).ordersById(
      [44, 45],
      POLL,
    );
    const sent = new URL(seen[0]?.url ?? '');
    expect(sent.searchParams.get('oauth_signature')).toBe(signatureOf(sent));
  });

  it.each(['shop.example', 'ftp://shop.example', ''])('refuses %j as an address', async (url) => {
    expect(await failure(testClient({ url }).about(POLL))).toMatchObject({ kind: 'config' });
  });
});

describe('trying again', () => {
  const delaysOf = () => {
    const delays: number[] = [];
    const sleep = async (ms: number) => {
      delays.push(ms);
    };
    return { delays, sleep };
  };

  it('backs off and tries again where waiting helps', async () => {
    const { delays, sleep } = delaysOf();
    serve((_, count) => (count < 3 ? recorded('fault-rate-limited-429') : HttpResponse.json([])));
    await testClient({ sleep }).orders(FIRST_PAGE, POLL);
    expect(delays).toEqual([250, 500]);
  });

  it('gives up after the configured number of retries', async () => {
    const seen = serve(() => recorded('fault-bad-gateway-502'));
    const error = await failure(testClient({ retries: 2 }).orders(FIRST_PAGE, POLL));
    expect(error).toMatchObject({ kind: 'wait', details: { status: 502 } });
    expect(seen).toHaveLength(3);
  });

  it('honours a short Retry-After, in seconds or as a date', async () => {
    const { delays, sleep } = delaysOf();
    const after = ['7', new Date(NOW_MS + 9000).toUTCString()];
    serve((_, count) => {
      const value = after[count - 1];
      return value === undefined
        ? HttpResponse.json([])
        : new HttpResponse('', { status: 429, headers: { 'retry-after': value } });
    });
    await testClient({ sleep }).orders(FIRST_PAGE, POLL);
    expect(delays).toEqual([7000, 9000]);
  });

  it('does not sit out ten minutes of maintenance, but says how long it takes', async () => {
    const seen = serve(() => recorded('fault-maintenance-503'));
    const error = await failure(testClient().orders(FIRST_PAGE, POLL));
    expect(error).toMatchObject({
      kind: 'wait',
      details: { retryAfterMs: 600_000, code: 'wp_die' },
    });
    expect(seen).toHaveLength(1);
  });

  it('tries again after a broken connection', async () => {
    const seen = serve((_, count) => (count === 1 ? HttpResponse.error() : HttpResponse.json([])));
    await testClient().orders(FIRST_PAGE, POLL);
    expect(seen).toHaveLength(2);
  });

  it('does not repeat what a person must mend', async () => {
    const seen = serve(() => recorded('auth-subscriber-key-403'));
    await failure(testClient().orders(FIRST_PAGE, POLL));
    expect(seen).toHaveLength(1);
  });
});

describe('limits', () => {
  it('stops waiting when the caller aborts a request under way', async () => {
    serve(async () => {
      await delay('infinite');
      return HttpResponse.json([]);
    });
    const controller = new AbortController();
    const asked = failure(testClient().orders(FIRST_PAGE, { ...POLL, signal: controller.signal }));
    controller.abort();
    expect(await asked).toMatchObject({ kind: 'aborted' });
  });

  it('stops when the caller aborts while it backs off', async () => {
    const controller = new AbortController();
    const seen = serve(() => recorded('fault-rate-limited-429'));
    const sleep = async () => controller.abort();
    const error = await failure(
      testClient({ sleep }).orders(FIRST_PAGE, { ...POLL, signal: controller.signal }),
    );
    expect(error.kind).toBe('aborted');
    expect(seen).toHaveLength(1);
  });

  it('asks nothing with a signal that is aborted already', async () => {
    const seen = serve(() => HttpResponse.json([]));
    const error = await failure(
      testClient().orders(FIRST_PAGE, { ...POLL, signal: AbortSignal.abort() }),
    );
    expect(error.kind).toBe('aborted');
    expect(seen).toHaveLength(0);
  });

  it('gives up on a shop that does not answer in time', async () => {
    serve(async () => {
      await delay('infinite');
      return HttpResponse.json([]);
    });
    const error = await failure(testClient({ timeoutMs: 20, retries: 0 }).orders(FIRST_PAGE, POLL));
    expect(error).toMatchObject({ kind: 'wait', details: { code: 'ETIMEDOUT' } });
  });

  it('reads no more than the limit of one answer', async () => {
    serve(() => recorded('orders-list-modified-asc-p1'));
    const error = await failure(
      testClient({ maxBytes: 10_000 }).orders({ page: 1, perPage: 1 }, POLL),
    );
    expect(error.kind).toBe('spoiled');
  });

  it('has no more requests under way than allowed', async () => {
    let underWay = 0;
    let most = 0;
    serve(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await delay(5);
      underWay -= 1;
      return HttpResponse.json([]);
    });
    const client = testClient({ concurrency: 2 });
    await Promise.all(Array.from({ length: 6 }, () => client.orders(FIRST_PAGE, POLL)));
    expect(most).toBe(2);
  });
});

describe('secrets (rule 11)', () => {
  const basic = Buffer.from(`${KEY}:${SECRET}`).toString('base64');
  const everything = (error: ShopError) =>
    [
      inspect(error, { depth: 10, showHidden: true }),
      JSON.stringify(error),
      JSON.stringify(error.details),
      error.stack,
      error.message,
      error.fix,
    ].join('\n');

  const faults: Record<string, () => Response | Promise<Response>> = {
    'a refused key': () => recorded('auth-bad-secret-401'),
    'a redirect': () => recorded('fault-redirect-301-www'),
    'a broken connection': () => HttpResponse.error(),
    'a page that shows the request': () =>
      HttpResponse.html(
        `<html>Authorization: Basic ${basic} /?consumer_key=${KEY}&consumer_secret=${SECRET}&oauth_signature=q1%3D</html>`,
      ),
    'an error that repeats the request': () =>
      HttpResponse.json(
        { code: 'oops', message: `bad ${SECRET} ${basic}`, data: { status: 403 } },
        { status: 403 },
      ),
  };

  const ways = {
    basic: {},
    query: { auth: 'query' },
    oauth: { url: 'http://shop.example', allowPlainHttp: true },
  } as const;

  for (const [what, answer] of Object.entries(faults)) {
    for (const [way, options] of Object.entries(ways)) {
      it(`are not in the error of ${what}, by ${way}`, async () => {
        serve(answer);
        const error = await failure(
          testClient({ ...options, retries: 0 }).orders(FIRST_PAGE, POLL),
        );
        const text = everything(error);
        for (const secret of [KEY, SECRET, basic, 'q1%3D', 'isAxiosError']) {
          expect(text).not.toContain(secret);
        }
        expect(error.cause).toBeUndefined();
      });
    }
  }

  it('are not in what is logged', async () => {
    const logged: unknown[] = [];
    const log = (...entry: unknown[]) => void logged.push(entry);
    serve((request) =>
      query(request)['consumer_key'] === KEY
        ? recorded('fault-bad-gateway-502')
        : recorded('auth-none-401'),
    );
    await failure(testClient({ logger: { debug: log, warn: log } }).orders(FIRST_PAGE, POLL));
    expect(logged).not.toHaveLength(0);
    expect(inspect(logged, { depth: 10 })).not.toMatch(/ck_|cs_|Basic /);
  });
});
