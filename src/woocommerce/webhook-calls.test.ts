import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ANY_HTTPS, replay, testClient } from '../../tests/support/recorded-shop.js';
import { loadRecording } from '../../tests/support/recordings.js';
import { ShopError } from './shop-error.js';

/* Each recorded exchange about webhooks, read through the real client. */

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}
let sent: Sent[];
beforeEach(() => {
  sent = [];
});

async function note(request: Request): Promise<void> {
  const url = new URL(request.url);
  const text = await request.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  sent.push({ method: request.method, path: `${url.pathname}${url.search}`, body });
}

function serve(...names: string[]): void {
  const answers = names.map((name) => loadRecording(name));
  server.use(
    http.all(ANY_HTTPS, async ({ request }) => {
      await note(request);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      return answer ? replay(answer) : HttpResponse.error();
    }),
  );
}

async function errorOf(asked: Promise<unknown>): Promise<ShopError> {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ShopError) return error;
  throw new Error('expected a ShopError');
}

const { webhooks } = testClient();
const NEW = {
  name: 'sync order.created',
  topic: 'order.created',
  deliveryUrl: 'http://127.0.0.1:8090/hooks/created',
  secret: 'whsec-plain-0001',
};

describe('webhooks are read', () => {
  it('as a list, past every cache', async () => {
    serve('webhook-list');
    const list = await webhooks.list({});
    expect(list.map(({ id, topic, status }) => [id, topic, status])).toEqual([
      [1, 'order.created', 'active'],
      [2, 'order.updated', 'active'],
      [3, 'order.deleted', 'active'],
      [4, 'order.restored', 'active'],
    ]);
    expect(list[0]).toMatchObject({
      name: 'sync order.created',
      deliveryUrl: 'http://127.0.0.1:8090/hooks/created',
      modifiedAt: '2026-11-20T15:58:42.000Z',
    });
    expect(sent.map(({ path }) => path.replace(/nocache=[^&]*/, ''))).toEqual([
      expect.stringContaining('per_page=100&page=1'),
    ]);
  });

  it('page after page, until all that the shop counts are there', async () => {
    const page = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ id: from + index, topic: 'order.updated' }));
    server.use(
      http.get(ANY_HTTPS, ({ request }) => {
        const isFirst = new URL(request.url).searchParams.get('page') === '1';
        return HttpResponse.json(isFirst ? page(1, 100) : page(101, 5), {
          headers: { 'X-WP-Total': '105' },
        });
      }),
    );
    expect(await webhooks.list({})).toHaveLength(105);
  });

  it('and a list that never ends is refused', async () => {
    server.use(
      http.get(ANY_HTTPS, () => HttpResponse.json([{ id: 1 }], { headers: { 'X-WP-Total': '7' } })),
    );
    expect(await errorOf(webhooks.list({}))).toMatchObject({ kind: 'garbled' });
  });

  it('one by one, with the moment at which it was disabled', async () => {
    serve('webhook-get-disabled');
    expect(await webhooks.get(6, {})).toMatchObject({
      id: 6,
      status: 'disabled',
      modifiedAt: '2026-11-20T16:00:30.000Z',
    });
    serve('webhook-get');
    expect(await webhooks.get(2, {})).toMatchObject({ id: 2, status: 'active' });
  });

  it('and one that is not there is told as such', async () => {
    serve('webhook-missing-404');
    expect(await webhooks.get(99999, {})).toBeUndefined();
  });

  it('and another than was asked for is refused', async () => {
    serve('webhook-get');
    expect(await errorOf(webhooks.get(3, {}))).toMatchObject({ kind: 'garbled' });
  });
});

describe('a webhook is made', () => {
  it.each(['created', 'updated', 'deleted', 'restored'])('of topic order.%s', async (event) => {
    const recording = loadRecording(`webhook-create-order-${event}`);
    serve(recording.name);
    const topic = `order.${event}`;
    const deliveryUrl = `http://127.0.0.1:8090/hooks/${event}`;
    const name = `sync ${topic}`;
    const made = await webhooks.create({ ...NEW, name, topic, deliveryUrl }, {});
    expect(made).toMatchObject({ name, topic, deliveryUrl, status: 'active' });
    expect(sent[0]?.body).toEqual(JSON.parse(recording.request.body ?? ''));
  });

  it.each(['webhook-create-ping-fails', 'webhook-create-blocked-port'])(
    'also where no delivery will arrive: %s',
    async (name) => {
      serve(name);
      expect(await webhooks.create(NEW, {})).toMatchObject({ status: 'active' });
    },
  );

  it.each([
    ['webhook-create-readonly-key', /Read\/Write/],
    ['webhook-create-bad-url', /url under webhook/],
    ['webhook-create-bad-topic', /./],
  ])('unless the shop refuses: %s', async (name, fix) => {
    serve(name);
    const error = await errorOf(webhooks.create(NEW, {}));
    expect(error).toMatchObject({ kind: 'config', fix: expect.stringMatching(fix) });
    expect(sent).toHaveLength(1);
  });

  it('and is sent once only, since it may have been made though its answer was lost', async () => {
    serve('fault-bad-gateway-502');
    expect(await errorOf(webhooks.create(NEW, {}))).toMatchObject({ kind: 'wait' });
    expect(sent).toHaveLength(1);
  });

  it('and what was refused for want of a key is sent again with the key in the query', async () => {
    serve('auth-none-401', 'webhook-create-order-created');
    const { webhooks: fresh } = testClient();
    expect(await fresh.create(NEW, {})).toMatchObject({ id: 1 });
    expect(sent.map(({ path }) => path.includes('consumer_key='))).toEqual([false, true]);
  });
});

describe('a webhook is changed', () => {
  it.each([
    ['webhook-reenable', { status: 'active' }],
    ['webhook-pause', { status: 'paused' }],
    ['webhook-update-secret', { secret: 'whsec-rotated-0002' }],
    ['webhook-update-url', { deliveryUrl: 'http://127.0.0.1:8090/var?x=1' }],
  ] as const)('by what is different, and no more: %s', async (name, change) => {
    serve(name);
    expect(await webhooks.update(6, change, {})).toMatchObject({ id: 6 });
    const { request } = loadRecording(name);
    expect(sent).toEqual([
      { method: 'PUT', path: request.path, body: JSON.parse(request.body ?? '') },
    ]);
  });

  it('again where the shop was busy', async () => {
    serve('fault-bad-gateway-502', 'webhook-reenable');
    expect(await webhooks.update(6, { status: 'active' }, {})).toMatchObject({ id: 6 });
    expect(sent).toHaveLength(2);
  });
});

describe('a webhook is removed', () => {
  it('for good', async () => {
    serve('webhook-delete');
    await webhooks.remove(5, {});
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'DELETE /wp-json/wc/v3/webhooks/5?force=true',
    ]);
  });

  it('and one that is gone already is no error', async () => {
    serve('webhook-missing-404');
    await webhooks.remove(5, {});
  });

  it('and a shop that wants to keep it says so', async () => {
    serve('webhook-delete-without-force');
    expect(await errorOf(webhooks.remove(4, {}))).toMatchObject({ kind: 'config' });
  });
});

it('no error tells the secret', async () => {
  serve('webhook-create-bad-topic');
  const error = await errorOf(webhooks.create(NEW, {}));
  expect(JSON.stringify([error, error.message, error.fix, error.details])).not.toContain(
    NEW.secret,
  );
});
