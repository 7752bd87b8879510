import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_FAULTS } from '../../src/demo/faults.js';
import { instantOf } from '../../src/orders/time.js';
import { type ApiAnswer, type ApiCall, apiClient } from '../support/api.js';
import { openWeb, type WebBench } from '../support/web.js';

let bench: WebBench;
let ask: (path: string, call?: ApiCall) => Promise<ApiAnswer>;
let answered: ReadonlySet<string>;
let parked: number;
let booked: number;
const signal = new AbortController().signal;

beforeAll(async () => {
  bench = await openWeb();
  ({ ask, answered } = apiClient(bench.url, bench.web.api.document));
  const { clock } = bench.shop;
  const place = (status: string) => {
    clock.set(clock.now() + 60_000);
    return bench.shop.place(status);
  };
  booked = place('processing');
  parked = place('on-hold');
  for (let each = 0; each < 4; each += 1) place('pending');
  clock.set(clock.now() + 60_000);
  await bench.app.poll('main', {}, signal);
  await bench.app.worker.runOnce(undefined, signal);
  await bench.app.batch('main', { force: true }, signal);
});
afterAll(() => bench.close());

const post = (path: string, call: ApiCall = {}) => ask(path, { method: 'POST', ...call });
/** The ids of all pages, in their order. */
async function walk(path: string): Promise<number[]> {
  const ids: number[] = [];
  let after = '';
  for (;;) {
    const { status, body } = await ask(`${path}${after}`);
    expect(status).toBe(200);
    ids.push(...(body['items'] as { id: number }[]).map(({ id }) => id));
    if (body['next'] === null) return ids;
    after = `${path.includes('?') ? '&' : '?'}after=${String(body['next'])}`;
  }
}
const keyOf = (id: number) => encodeURIComponent(`main/${id}/invoice`);

describe('what can be read', () => {
  it('pages of orders meet: every order is on one page, once', async () => {
    const seen: unknown[] = [];
    let after = '';
    for (;;) {
      const { status, body } = await ask(`/api/v1/orders?limit=2${after}`);
      expect(status).toBe(200);
      seen.push(...(body['items'] as { id: number }[]).map(({ id }) => id));
      if (body['next'] === null) break;
      after = `&after=${String(body['next'])}`;
    }
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
  });

  const sorts = ['created', 'since', 'expires', 'amount', 'number'];
  it.each(sorts)('pages of orders sorted by %s meet, either way round', async (sort) => {
    const whole = await walk(`/api/v1/orders?sort=${sort}&limit=100`);
    expect(whole).toHaveLength(sort === 'expires' ? 5 : 6);
    expect(await walk(`/api/v1/orders?sort=${sort}&limit=1`)).toEqual(whole);
    const natural = ['created', 'amount'].includes(sort) ? 'ascending' : 'descending';
    const other = await walk(`/api/v1/orders?sort=${sort}&limit=2&direction=${natural}`);
    expect(other).toEqual(whole.toReversed());
  });

  it('a place of another sort is refused, and so is what cannot be sorted', async () => {
    const { body } = await ask('/api/v1/orders?limit=1');
    const place = `after=${String(body['next'])}`;
    expect((await ask(`/api/v1/orders?sort=amount&${place}`)).status).toBe(400);
    expect((await ask('/api/v1/orders?sort=amount&changed=true')).status).toBe(400);
  });

  it('orders are found by the beginnings of what their customer is called', async () => {
    const order = await bench.app.store.order('main', parked);
    const word = order?.words.find((each) => each.length > 3 && !/^\d/.test(each)) ?? '';
    const begin = encodeURIComponent(word.slice(0, 4).toUpperCase());
    expect(await walk(`/api/v1/orders?state=parked&limit=1&search=${begin}`)).toContain(parked);
    expect(await walk('/api/v1/orders?search=nobody-is-called-so')).toEqual([]);
  });

  it('pages of postings, deliveries and quarantine meet', async () => {
    const at = instantOf(bench.app.clock.now());
    await bench.app.store.transaction(async (tx) => {
      const nudge = { shop: 'main', topic: 'order.updated', receivedAt: at, dueAt: at };
      await tx.addNudges([1, 2, 3, 4, 5].map((orderId) => ({ ...nudge, orderId })));
      await tx.finishNudges([2, 3], { outcome: 'taken', detail: '', now: at });
      for (const orderId of [1, 2, 3]) {
        const entry = { shop: 'main', orderId, source: 'poll' as const, at, raw: '{' };
        await tx.addQuarantine({ ...entry, reason: 'cut off', fix: 'look' });
      }
      await tx.resolveQuarantine('main', [2], at);
    });
    expect(await walk('/api/v1/deliveries?limit=2')).toEqual([5, 4, 3, 2, 1]);
    expect(await walk('/api/v1/deliveries?shop=main&limit=1')).toEqual([5, 4, 3, 2, 1]);
    expect(await walk('/api/v1/quarantine?limit=1&shop=main')).toHaveLength(2);
    expect(await walk('/api/v1/quarantine?limit=2&state=all')).toHaveLength(3);
    const postings = await ask('/api/v1/postings?limit=1');
    expect(postings.body['items']).toHaveLength(1);
    await bench.app.store.transaction((tx) => tx.resolveQuarantine('main', [1, 3], at));
  });

  it('filters hold', async () => {
    const one = await ask('/api/v1/orders?state=forwarded&shop=main');
    expect(one.body['items']).toMatchObject([
      { id: booked, grossMinor: expect.any(Number), minorUnits: 2 },
    ]);
    const two = await ask('/api/v1/orders?state=forwarded&state=parked&status=on-hold');
    expect(two.body['items']).toMatchObject([{ id: parked }]);
    const three = await ask(`/api/v1/orders?number=${booked}&state=parked`);
    expect(three.body['items']).toEqual([]);
  });

  it('an order has its history, documents and postings', async () => {
    const { body } = await ask(`/api/v1/orders/main/${booked}`);
    expect(body).toMatchObject({
      documents: [{ kind: 'invoice', postings: [{ books: 'journal', state: 'booked' }] }],
      history: [{ to: 'forwarded' }],
    });
  });

  it('documents come as JSON, PDF and UBL', async () => {
    expect((await ask('/api/v1/documents')).body['items']).toHaveLength(1);
    expect((await ask(`/api/v1/documents/${keyOf(booked)}`)).body).toMatchObject({
      lines: expect.any(Array),
    });
    const pdf = await ask(`/api/v1/documents/${keyOf(booked)}/pdf`);
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const ubl = await ask(`/api/v1/documents/${keyOf(booked)}/ubl`);
    expect(ubl.text).toContain('<cbc:PayableAmount');
  });

  it.each([
    '/api/v1/postings?state=booked&books=journal',
    '/api/v1/status',
    '/api/v1/shops',
    '/api/v1/books',
    '/api/v1/stats?from=2026-01-01&to=2026-12-31',
    '/api/v1/statements/main',
    '/api/v1/runs?kind=poll&limit=1',
    '/api/v1/deliveries?shop=main',
    '/api/v1/quarantine?shop=main',
    '/api/v1/audit',
  ])('%s answers as the document says', async (path) => {
    expect((await ask(path)).status).toBe(200);
  });

  it('a day of the stats is one of the config’s zone', async () => {
    // Amsterdam is an hour ahead: what is made late in the evening in UTC is of the next day.
    const { clock, passDays } = bench.shop;
    passDays(3);
    clock.set(Date.parse(`${new Date(clock.now()).toISOString().slice(0, 10)}T23:30:00Z`));
    bench.shop.place('on-hold');
    await bench.app.poll('main', {}, signal);
    const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
    const countOn = async (day: string) => {
      const { body } = await ask(`/api/v1/stats?from=${day}&to=${day}`);
      return (body['orders'] as { count: number }[]).reduce((sum, { count }) => sum + count, 0);
    };
    expect(await countOn(dayOf(clock.now()))).toBe(0);
    expect(await countOn(dayOf(clock.now() + 3_600_000))).toBe(1);
  });

  it('what did not change is not sent again', async () => {
    const first = await ask('/api/v1/orders');
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    const again = await ask('/api/v1/orders', { headers: { 'If-None-Match': `"x", W/${tag}` } });
    expect([again.status, again.text]).toEqual([304, '']);
    const other = await ask('/api/v1/orders?limit=1', { headers: { 'If-None-Match': tag } });
    expect(other.status).toBe(200);
  });
});

describe('what can be done', () => {
  const actions = (id: number) => `/api/v1/orders/main/${id}/actions`;

  it('a decision counts, is undone, and is audited', async () => {
    expect((await post(`${actions(parked)}/ignore`)).body).toMatchObject({ state: 'ignored' });
    expect((await post(`${actions(parked)}/undo`)).body).toMatchObject({ state: 'parked' });
    expect((await post(`${actions(parked)}/recheck`)).body).toMatchObject({ id: parked });
    expect((await post(`${actions(booked)}/forward`)).body).toMatchObject({ state: 'forwarded' });
    const { body } = await ask(`/api/v1/audit?target=main/${parked}`);
    expect(body['items']).toMatchObject([
      { action: 'order.recheck', who: 'token:admin', role: 'admin', address: '127.0.0.1' },
      { action: 'order.undo' },
      { action: 'order.ignore' },
    ]);
  });

  it.each(['recheck', 'statement'])('a shop that cannot be read is told of: %s', async (what) => {
    bench.shop.shop.setFaults({ rates: { 'html-200': 1 } });
    try {
      const answer =
        what === 'recheck'
          ? await post(`${actions(parked)}/recheck`)
          : await post('/api/v1/statements/main/actions/make', {
              body: { from: '2026-11-01', to: '2026-11-30' },
            });
      expect(answer.status).toBe(502);
      expect(answer.body).toMatchObject({
        detail: expect.stringContaining('HTML'),
        fix: expect.any(String),
      });
    } finally {
      bench.shop.shop.setFaults(NO_FAULTS);
    }
  });

  it('an action under one key is done once, and answered alike', async () => {
    const before = (await bench.app.store.history('main', parked)).length;
    const headers = { 'Idempotency-Key': 'once-1' };
    const both = await Promise.all([
      post(`${actions(parked)}/ignore`, { headers }),
      post(`${actions(parked)}/ignore`, { headers }),
    ]);
    const later = await post(`${actions(parked)}/ignore`, { headers });
    expect(new Set([...both, later].map(({ text }) => text)).size).toBe(1);
    expect(later.headers.get('idempotency-replayed')).toBe('true');
    expect(await bench.app.store.history('main', parked)).toHaveLength(before + 1);
    const audit = await bench.app.store.audit({ target: `main/${parked}` }, 100);
    expect(audit.filter(({ action }) => action === 'order.ignore')).toHaveLength(2);
  });

  it('a key of another request is refused; another’s key is its own', async () => {
    const headers = { 'Idempotency-Key': 'once-1' };
    expect((await post(`${actions(parked)}/undo`, { headers })).status).toBe(422);
    const own = await post(`${actions(parked)}/undo`, { headers, as: 'operator' });
    expect([own.status, own.headers.get('idempotency-replayed')]).toEqual([200, null]);
  });

  it('what another process is still at is to be waited for', async () => {
    const at = { principal: 'token:admin', key: 'elsewhere' };
    const headers = { 'Idempotency-Key': at.key };
    const expiresAt = '2027-01-01T00:00:00.000Z';
    const path = `${actions(parked)}/undo`;
    const first = await post(path, { headers });
    await bench.app.store.transaction(async (tx) => {
      const kept = await tx.takeIdempotencyKey({ ...at, request: '', expiresAt }, '0000');
      await tx.freeIdempotencyKey(at);
      await tx.takeIdempotencyKey({ ...at, request: kept?.request ?? '', expiresAt }, '0000');
    });
    const second = await post(path, { headers });
    expect([first.status, second.status, second.headers.get('retry-after')]).toEqual([
      200,
      409,
      '5',
    ]);
  });

  it('a refused action frees its key', async () => {
    const headers = { 'Idempotency-Key': 'refused' };
    const path = `/api/v1/postings/${keyOf(booked)}/journal/actions/send-again`;
    expect((await post(path, { headers })).status).toBe(409);
    const again = await post(path, { headers });
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([409, null]);
  });

  it.each([
    ['send-again', 'queued'],
    ['mark-booked', 'booked'],
  ])('a posting that waits is decided: %s', async (action, state) => {
    const documentKey = `main/${booked}/invoice`;
    await bench.app.store.transaction(async (tx) => {
      const [posting] = await tx.postingsOf([documentKey]);
      await tx.movePosting({
        ...{ documentKey, books: 'journal', from: ['booked', 'queued'], to: 'rejected' },
        ...{ attempt: posting?.attempt ?? 0, reason: '', dueAt: null },
        now: instantOf(bench.app.clock.now()),
      });
    });
    const path = `/api/v1/postings/${keyOf(booked)}/journal/actions/${action}`;
    expect((await post(path)).body).toMatchObject({ documentKey, state });
    expect((await post(path)).status).toBe(409);
  });

  it('a statement is made of a period', async () => {
    const body = { from: '2026-11-02', to: '2026-11-02' };
    const made = await post('/api/v1/statements/main/actions/make', { body });
    expect(made.body).toMatchObject({ listed: { count: 6 }, difference: { count: 0 } });
  });

  it('an entry of the quarantine is closed where nothing else closes it', async () => {
    const entry = {
      shop: 'main',
      source: 'poll',
      at: instantOf(bench.app.clock.now()),
      raw: '{}',
      fix: '',
    } as const;
    await bench.app.store.transaction(async (tx) => {
      await tx.addQuarantine({ ...entry, orderId: null, reason: 'no id' });
      await tx.addQuarantine({ ...entry, orderId: parked, reason: 'cut off' });
    });
    const [nameless, ofOrder] = await bench.app.store.quarantine({ open: true });
    const close = (id = 0) => post(`/api/v1/quarantine/${id}/actions/close`);
    expect((await close(nameless?.id)).status).toBe(200);
    expect((await close(nameless?.id)).status).toBe(404);
    expect((await close(ofOrder?.id)).status).toBe(409);
    expect((await ask('/api/v1/quarantine')).text).not.toContain('"raw"');
  });

  it('a changed order is credited and booked again, as it was proposed and not otherwise', async () => {
    const { clock } = bench.shop;
    const pollLater = async () => {
      clock.set(clock.now() + 60_000);
      await bench.app.poll('main', {}, signal);
    };
    const id = bench.shop.place('processing');
    await pollLater();
    bench.shop.shop.state.change(id, (content) => ({
      ...content,
      billing: { ...content.billing, company: 'Nieuw BV' },
    }));
    await pollLater();
    const path = `/api/v1/orders/main/${id}/proposal`;
    const { status, body } = await ask(path);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      documents: [{ kind: 'credit-note' }, { kind: 'invoice', replaces: String(id) }],
      order: { id, state: 'forwarded', changes: [] },
    });
    const accept = (mark: unknown) =>
      post(`/api/v1/orders/main/${id}/actions/accept-proposal`, { body: { mark } });
    expect((await accept('0123456789abcdef')).status).toBe(409);
    expect((await accept(undefined)).status).toBe(400);
    expect((await accept(body['mark'])).body).toMatchObject({
      changes: [],
      documents: [{ kind: 'invoice' }, { kind: 'credit-note' }, { kind: 'invoice' }],
    });
    for (const answer of [await ask(path), await accept(body['mark'])]) {
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ detail: expect.stringContaining('says already') });
    }
    expect((await ask('/api/v1/orders/main/999999/proposal')).status).toBe(404);
    expect((await ask('/api/v1/orders/other/1/proposal')).status).toBe(404);
  });
});

describe('what is refused', () => {
  it('each wrong field is named', async () => {
    const { status, body } = await ask(
      '/api/v1/orders?state=lost&limit=0&colour=red&shop=a&shop=b',
    );
    expect(status).toBe(400);
    const names = (body['errors'] as { name: string }[]).map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(['state', 'limit', 'colour', 'shop']));
    const path = '/api/v1/statements/main/actions/make';
    const wrong = await post(path, { body: { from: 'yesterday', more: { deep: 1 } } });
    const pointers = (wrong.body['errors'] as { name: string }[]).map(({ name }) => name);
    expect(new Set(pointers)).toEqual(new Set(['/from', '/to', '/more']));
    expect((await ask('/api/v1/orders?after=bm90IG91cnM')).status).toBe(400);
  });

  it.each<[status: number, path: string, call: ApiCall]>([
    [404, '/api/v1/nothing', {}],
    [404, '/api/v2/orders', {}],
    [404, '/api/v1/orders/main/999999', {}],
    [404, '/api/v1/statements/other', {}],
    [405, '/api/v1/orders', { method: 'DELETE' }],
    [406, '/api/v1/orders', { headers: { Accept: 'text/html' } }],
    [
      413,
      '/api/v1/statements/main/actions/make',
      { method: 'POST', body: `"${'x'.repeat(70_000)}"` },
    ],
    [
      415,
      '/api/v1/statements/main/actions/make',
      {
        method: 'POST',
        body: 'from=1',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      },
    ],
    [400, '/api/v1/statements/main/actions/make', { method: 'POST', body: '{"from":' }],
    [400, '/api/v1/orders/%zz/1', {}],
    [403, '/api/v1/audit', { as: 'operator' }],
    [403, '/api/v1/orders/main/1/actions/ignore', { as: 'viewer', method: 'POST' }],
  ])('%s for %s %o', async (status, path, call) => {
    const answer = await ask(path, call);
    expect(answer.status).toBe(status);
    if (status === 405) expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });
});

it('the document and the routes name the same operations, and the tests saw each of them', async () => {
  // Those of subscriptions are in api-subscriptions.test.ts.
  const { routes, operations, document } = bench.web.api;
  const named = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const served = operations.map(
    ({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`,
  );
  expect(named.toSorted()).toEqual(served.toSorted());
  const here = served.filter((name) => !name.includes('/subscriptions'));
  expect([...answered].toSorted()).toEqual(here.toSorted());
  expect(routes.map(({ path }) => path)).toEqual([
    '/api/openapi.json',
    ...operations.map(({ path }) => path),
  ]);
  const sent = await ask('/api/openapi.json', { as: 'viewer' });
  expect(sent.body).toEqual(JSON.parse(JSON.stringify(document)));
});

it('the document says nothing secret, and is still for those only who are known', async () => {
  const answer = await fetch(`${bench.url}/api/openapi.json`);
  expect(answer.status).toBe(401);
  expect(await answer.text()).not.toContain('openapi":');
});
