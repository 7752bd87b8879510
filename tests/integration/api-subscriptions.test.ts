import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiAnswer, type ApiCall, apiClient } from '../support/api.js';
import { ok, type Receiver, startReceiver } from '../support/receiver.js';
import { openWeb, type WebBench } from '../support/web.js';

/* What a program can do with outbound webhooks; each answer is held against the document. */

const PATH = '/api/v1/subscriptions';
const NEVER = new AbortController().signal;

let bench: WebBench;
let receiver: Receiver;
let ask: (path: string, call?: ApiCall) => Promise<ApiAnswer>;
let answered: ReadonlySet<string>;

beforeAll(async () => {
  [bench, receiver] = await Promise.all([openWeb(), startReceiver()]);
  ({ ask, answered } = apiClient(bench.url, bench.web.api.document));
});
afterAll(async () => {
  await receiver.close();
  await bench.close();
});
beforeEach(() => {
  receiver.answer = ok;
  receiver.received.length = 0;
});

const post = (path: string, call: ApiCall = {}) => ask(path, { method: 'POST', ...call });
const patch = (id: string, body: unknown) => ask(`${PATH}/${id}`, { method: 'PATCH', body });
const keyed = (key: string) => ({ 'Idempotency-Key': key });

async function create(more: object = {}): Promise<{ id: string; secret: string }> {
  const { status, body } = await post(PATH, { body: { url: receiver.url, ...more } });
  expect([status, body]).toEqual([200, body]);
  return { id: String(body['id']), secret: String(body['secret']) };
}

/** An order is parked, and what it leads to is delivered. */
async function happen(count = 1): Promise<void> {
  const { clock, place } = bench.shop;
  for (let each = 0; each < count; each += 1) {
    clock.set(clock.now() + 60_000);
    place('on-hold');
  }
  await bench.app.poll('main', {}, NEVER);
  await bench.app.outbound.deliverDue(NEVER);
}

/** All that the database holds on disk. */
function stored(): string {
  const { folder } = bench.shop;
  const names = readdirSync(folder).filter((name) => name.includes('.db'));
  expect(names.length).toBeGreaterThan(0);
  return names.map((name) => readFileSync(join(folder, name), 'latin1')).join('');
}

describe('a subscription', () => {
  it('is made, read, changed and removed, each with a line in the audit', async () => {
    const made = await post(PATH, {
      body: { url: receiver.url, category: 'orders', events: ['order.parked'], description: 'x' },
    });
    expect(made.body).toMatchObject({ category: 'orders', enabled: true, failures: 0 });
    const id = String(made.body['id']);
    const { secret, ...shown } = made.body;
    expect((await ask(`${PATH}/${id}`)).body).toEqual(shown);
    expect((await ask(PATH)).body['items']).toContainEqual(shown);
    const changed = await patch(id, { enabled: false, events: [], description: 'y' });
    expect(changed.body).toMatchObject({ enabled: false, events: [], description: 'y' });
    const removed = await ask(`${PATH}/${id}`, { method: 'DELETE' });
    expect(removed.body).toEqual({ id, state: 'removed' });
    expect((await ask(`${PATH}/${id}`)).status).toBe(404);
    const audit = await bench.app.store.audit({ target: id }, 10);
    expect(audit.map(({ action, detail }) => [action, detail])).toEqual([
      ['subscription.remove', ''],
      ['subscription.change', 'events, description, enabled'],
    ]);
    // Of the address, which may hold a key, the host alone.
    const [creation] = await bench.app.store.audit({ target: '' }, 100);
    const host = `127.0.0.1:${receiver.port}`;
    expect(creation).toMatchObject({ action: 'subscription.create', detail: host });
    expect(String(secret)).toMatch(/^whsec_/);
  });

  it('what did not change is not sent again', async () => {
    const first = await ask(PATH);
    const tag = first.headers.get('etag') ?? '';
    const again = await ask(PATH, { headers: { 'If-None-Match': tag } });
    expect([first.status, again.status]).toEqual([200, 304]);
  });

  it('all that is wrong is told at once, with what to do, and nothing is made', async () => {
    const before = (await ask(PATH)).text;
    const body = { url: 'http://10.0.0.1/', category: 'orders', events: ['order.made'] };
    const { status, body: problem } = await post(PATH, {
      body: { ...body, description: 'x'.repeat(201) },
    });
    expect(status).toBe(400);
    expect(problem['errors']).toEqual([
      { in: 'body', name: '/url', detail: expect.stringContaining('outbound: { allow:') },
      { in: 'body', name: '/events', detail: expect.stringContaining('is no event') },
      { in: 'body', name: '/description', detail: expect.stringContaining('longer than') },
    ]);
    expect((await ask(PATH)).text).toBe(before);
  });

  it.each([
    'http://example.com/', // not encrypted
    'https://169.254.169.254/latest/meta-data', // of a cloud machine
    'https://[::ffff:10.0.0.1]/',
    'https://0x7f000002/',
    'https://user:pass@example.com/',
    'file:///etc/passwd',
  ])('is not made for %s', async (url) => {
    expect((await post(PATH, { body: { url } })).status).toBe(400);
    const { id } = await create();
    expect((await patch(id, { url })).status).toBe(400);
    await ask(`${PATH}/${id}`, { method: 'DELETE' });
  });

  it('a wrong shape is told field by field', async () => {
    const { body } = await post(PATH, { body: { events: 'order.parked', secret: 'mine' } });
    const names = (body['errors'] as { name: string }[]).map(({ name }) => name);
    expect(names.toSorted()).toEqual(['/events', '/secret', '/url']);
  });

  it.each<[method: string, path: string]>([
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['GET', '/attempts'],
    ['POST', '/actions/rotate'],
    ['POST', '/actions/test'],
    ['POST', '/actions/retry'],
    ['POST', '/events/evt_1/actions/retry'],
  ])('of one that there is not: %s %s is 404', async (method, path) => {
    expect((await ask(`${PATH}/sub_none${path}`, { method })).status).toBe(404);
  });

  it.each(['viewer', 'accountant'] as const)('the role %s may not even look', async (as) => {
    expect((await ask(PATH, { as })).status).toBe(403);
    expect((await post(PATH, { as, body: { url: receiver.url } })).status).toBe(403);
  });
});

describe('a secret', () => {
  it('is in the answer that makes it, signs, and is in no other', async () => {
    const { id, secret } = await create();
    await happen();
    const [request] = receiver.received;
    const headers = Object.fromEntries(
      Object.entries(request?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    const signature = new Webhook(secret).sign(
      headers['webhook-id'] ?? '',
      at,
      request?.body ?? '',
    );
    expect(headers['webhook-signature']).toBe(signature);
    const rotated = await post(`${PATH}/${id}/actions/rotate`);
    const second = String(rotated.body['secret']);
    expect(rotated.body).toMatchObject({ id, previousSecretUntil: expect.any(String) });
    expect(second).not.toBe(secret);
    const others = await Promise.all([
      ask(PATH),
      ask(`${PATH}/${id}`),
      ask(`${PATH}/${id}/attempts`),
      patch(id, { description: 'z' }),
      post(`${PATH}/${id}/actions/test`),
      ask('/api/v1/audit'),
    ]);
    const told = others.map(({ text }) => text).join('');
    for (const one of [secret, second]) expect(told).not.toContain(one.slice(6));
    await ask(`${PATH}/${id}`, { method: 'DELETE' });
  });

  it('asked for again under the same key it is the same, and nothing is done twice', async () => {
    const body = { url: receiver.url, description: 'once' };
    const made = await post(PATH, { body, headers: keyed('make-1') });
    const again = await post(PATH, { body, headers: keyed('make-1') });
    expect(again.text).toBe(made.text);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const id = String(made.body['id']);
    const rotated = await post(`${PATH}/${id}/actions/rotate`, { headers: keyed('turn-1') });
    const turned = await post(`${PATH}/${id}/actions/rotate`, { headers: keyed('turn-1') });
    expect(turned.text).toBe(rotated.text);
    const items = (await ask(PATH)).body['items'] as { description: string }[];
    expect(items.filter(({ description }) => description === 'once')).toHaveLength(1);
    // What is kept to answer again is sealed.
    for (const answer of [made, rotated]) {
      expect(stored()).not.toContain(String(answer.body['secret']).slice(6));
    }
    expect(stored()).toContain('turn-1');
    await ask(`${PATH}/${id}`, { method: 'DELETE' });
  });

  it('that cannot be opened again is not made up: the answer says what to do', async () => {
    const { id } = await create();
    const path = `${PATH}/${id}/actions/rotate`;
    await post(path, { headers: keyed('turn-2') });
    // As if it had been sealed with a key that is gone.
    const at = { principal: 'token:admin', key: 'turn-2' };
    const sealed = `v1.${Buffer.alloc(60).toString('base64url')}`;
    await bench.app.store.transaction((tx) =>
      tx.keepAnswer(at, sealed, '2027-01-01T00:00:00.000Z'),
    );
    const { status, body } = await post(path, { headers: keyed('turn-2') });
    expect([status, body['fix']]).toEqual([
      409,
      'Look at what there is now, and rotate the secret.',
    ]);
    await ask(`${PATH}/${id}`, { method: 'DELETE' });
  });

  it('a method is a part of the request: a removal is no change', async () => {
    const { id } = await create();
    const headers = keyed('either');
    expect((await ask(`${PATH}/${id}`, { method: 'PATCH', body: {}, headers })).status).toBe(200);
    expect((await ask(`${PATH}/${id}`, { method: 'DELETE', headers })).status).toBe(422);
    await ask(`${PATH}/${id}`, { method: 'DELETE' });
  });
});

describe('what was sent', () => {
  it('has its attempts, page by page, with request and answer', async () => {
    const { id } = await create({ category: 'orders', events: ['order.parked'] });
    await happen(4);
    receiver.answer = (response) => void response.writeHead(503, { server: 'x' }).end('<b>no</b>');
    await happen();
    const ids: number[] = [];
    let after = '';
    for (;;) {
      const { status, body } = await ask(`${PATH}/${id}/attempts?limit=2${after}`);
      expect(status).toBe(200);
      ids.push(...(body['items'] as { id: number }[]).map((each) => each.id));
      if (body['next'] === null) break;
      after = `&after=${String(body['next'])}`;
    }
    expect(ids).toHaveLength(5);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    const failed = await ask(`${PATH}/${id}/attempts?failed=true`);
    expect(failed.body['items']).toMatchObject([
      {
        number: 1,
        event: { type: 'order.parked' },
        request: { url: receiver.url, headers: { 'content-type': 'application/json' } },
        response: { status: 503, headers: { server: 'x' }, body: '<b>no</b>' },
        error: 'it answered 503',
      },
    ]);
    expect(failed.text).not.toContain('webhook-signature');
    const taken = await ask(`${PATH}/${id}/attempts?failed=false`);
    expect(taken.body['items']).toHaveLength(4);
    for (const wrong of ['failed=maybe', 'after=bm90IG91cnM', 'limit=0']) {
      expect((await ask(`${PATH}/${id}/attempts?${wrong}`)).status).toBe(400);
    }
    const event = (failed.body['items'] as { event: { id: string } }[])[0]?.event.id ?? '';
    receiver.answer = ok;
    const all = await post(`${PATH}/${id}/actions/retry`);
    expect(all.body).toEqual({ id, queued: 1 });
    await bench.app.outbound.deliverDue(NEVER);
    const one = `${PATH}/${id}/events/${event}/actions/retry`;
    expect((await post(one)).body).toEqual({ id, queued: 1 });
    expect((await post(one)).status).toBe(409);
    const none = `${PATH}/${id}/events/evt_0/actions/retry`;
    expect((await post(none)).status).toBe(404);
    await patch(id, { enabled: false });
    for (const path of [one, `${PATH}/${id}/actions/retry`]) {
      const { status, body } = await post(path);
      expect([status, body['fix']]).toEqual([409, 'Enable it first.']);
    }
    await ask(`${PATH}/${id}`, { method: 'DELETE' });
  });

  it('a test answers how it went, taken or not', async () => {
    const { id } = await create({ enabled: false });
    const taken = await post(`${PATH}/${id}/actions/test`);
    expect(taken.body).toMatchObject({ response: { status: 204 } });
    expect(taken.body).not.toHaveProperty('error');
    receiver.answer = (response) => void response.writeHead(302, { location: '/' }).end();
    const failed = await post(`${PATH}/${id}/actions/test`);
    expect([failed.status, failed.body['error']]).toEqual([
      200,
      'it answered 302, and redirects are not followed',
    ]);
    await ask(`${PATH}/${id}`, { method: 'DELETE' });
  });

  it('where orderpark disabled it, it says why, and enabling gives it a new beginning', async () => {
    const { id } = await create({ category: 'orders' });
    receiver.answer = (response) => void response.writeHead(410).end();
    await happen();
    expect((await ask(`${PATH}/${id}`)).body).toMatchObject({
      enabled: false,
      failures: 1,
      disabled: { reason: 'It answered 410 (gone): it wants nothing more.' },
    });
    const { body } = await patch(id, { enabled: true });
    expect(body).toMatchObject({ enabled: true, failures: 0 });
    expect(body).not.toHaveProperty('disabled');
    await ask(`${PATH}/${id}`, { method: 'DELETE' });
  });
});

it('a name that leads inside is judged where it leads to, at each connection', async () => {
  // Names that lead elsewhere each time: src/runtime/address-guard.test.ts.
  const strict = await openWeb({}, { allow: [] });
  try {
    const client = apiClient(strict.url, strict.web.api.document);
    const body = { url: `https://localhost:${receiver.port}/` };
    const made = await client.ask(PATH, { method: 'POST', body });
    const path = `${PATH}/${String(made.body['id'])}/actions/test`;
    const tested = await client.ask(path, { method: 'POST' });
    expect(tested.body['error']).toMatch(/^localhost leads to .* is not of the public internet$/);
    expect(receiver.received).toEqual([]);
  } finally {
    await strict.close();
  }
});

it('at some number it is enough', async () => {
  const { length } = (await ask(PATH)).body['items'] as unknown[];
  for (let each = length; each < 50; each += 1) await create();
  const { status, body } = await post(PATH, { body: { url: receiver.url } });
  expect([status, body['fix']]).toEqual([409, 'Remove one that is not needed any more.']);
});

it('the tests saw each operation', () => {
  const served = bench.web.api.operations
    .filter(({ tag }) => tag === 'Subscriptions')
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`);
  expect(served).toHaveLength(10);
  expect([...answered].filter((name) => name.includes('/subscriptions')).toSorted()).toEqual(
    served.toSorted(),
  );
});
