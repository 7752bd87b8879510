import { readFileSync } from 'node:fs';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  ANY_HTTP,
  ANY_HTTPS,
  NOW_MS,
  replay,
  testClient,
} from '../../tests/support/recorded-shop.js';
import {
  loadRecording,
  type Recording,
  recordedJson,
  recordingNames,
} from '../../tests/support/recordings.js';
import { parseMinor } from '../orders/money.js';
import type { Order, Refund } from '../orders/order.js';
import { readOrder, readRefund } from './items.js';
import { ShopError, type ShopErrorKind } from './shop-error.js';

/*
 * Every exchange of tests/fixtures/woocommerce/rest, served byte for byte and read through the real
 * client. The names of the tests are the table of which recording is used how.
 */

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const POLL = { source: 'poll' } as const;
const PAGE = { page: 1, perPage: 100 };

interface ExpectedRefund {
  id: number;
  gross: string;
  lines: { net: string; tax: string };
}

interface ExpectedOrder {
  id: number;
  file: string;
  number: string;
  status: string;
  currency: string;
  minorUnits: number;
  gross: string;
  tax: string;
  taxByRate: { rateId: number; ratePercent: string | null; label: string; tax: string }[];
  refunds: ExpectedRefund[] | null;
}

const accounting: { orders: ExpectedOrder[] } = JSON.parse(
  readFileSync(
    new URL('../../tests/fixtures/woocommerce/expected/accounting.json', import.meta.url),
    'utf8',
  ),
);

/** The figures of a recording; a reading with another dp has those of the one at the default. */
function expectedIn(name: string): ExpectedOrder[] {
  const file = `rest/${name.replace(/-dp\d$/, '')}.json`;
  return accounting.orders.filter((entry) => entry.file === file);
}

function serve(recording: Recording): void {
  server.use(
    http.get(ANY_HTTPS, () => replay(recording)),
    http.get(ANY_HTTP, () => replay(recording)),
  );
}

function expectFigures(order: Order, entry: ExpectedOrder): void {
  const minor = (amount: string) => parseMinor(amount, entry.minorUnits);
  expect(order).toMatchObject({
    id: entry.id,
    number: entry.number,
    status: entry.status,
    currency: entry.currency,
    minorUnits: entry.minorUnits,
    grossMinor: minor(entry.gross),
    taxMinor: minor(entry.tax),
  });
  expect(
    order.taxLines.map(({ rateId, percent, label, taxMinor }) => ({
      rateId,
      percent,
      label,
      taxMinor,
    })),
  ).toEqual(
    entry.taxByRate.map(({ rateId, ratePercent, label, tax }) => ({
      rateId: String(rateId),
      percent: ratePercent,
      label,
      taxMinor: minor(tax),
    })),
  );
}

function idsIn(json: unknown): number[] {
  return Array.isArray(json) ? json.map((item) => Number(item.id)) : [];
}

async function outcomeOf<Value>(asked: Promise<Value>): Promise<Value | ShopError> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ShopError) return error;
    throw error;
  }
}

/** A group of recordings that are used alike. */
interface Use {
  readonly what: string;
  readonly takes: (name: string, recording: Recording) => boolean;
  readonly test: (name: string, recording: Recording) => Promise<void> | void;
}

const isSingle = (recording: Recording) => /\/orders\/\d+$/.test(recording.request.path);
const isOk = (recording: Recording) => recording.response.status === 200;
const isGet = (recording: Recording) => recording.request.method === 'GET';

const ERRORS: Record<string, [kind: ShopErrorKind, fixOrMessage: RegExp]> = {
  'auth-bad-key-401': ['config', /consumer key/],
  'auth-bad-secret-401': ['config', /consumerSecret/],
  'auth-basic-over-http-401': ['config', /plain http use https/],
  'auth-none-401': ['config', /Authorization header/],
  'auth-oauth-bad-signature-401': ['config', /consumer secret/],
  'auth-oauth-missing-param-401': ['config', /query parameters/],
  'auth-readonly-key-on-write': ['config', /permission/],
  'auth-subscriber-key-403': ['config', /Shop manager/],
  'auth-writeonly-key-on-read': ['config', /permission Read/],
  'fault-bad-gateway-502': ['wait', /not reachable/],
  'fault-empty-200': ['garbled', /empty body/],
  'fault-firewall-html-403': ['config', /firewall/],
  'fault-gateway-timeout-504': ['wait', /not reachable/],
  'fault-maintenance-503': ['wait', /maintenance/],
  'fault-php-fatal-500': ['spoiled', /PHP error log/],
  'fault-php-notice-before-json': ['garbled', /display_errors/],
  'fault-rate-limited-429': ['wait', /poll less often/],
  'fault-redirect-301-www': ['config', /url to https:\/\/www\.shop\.example, /],
  'fault-truncated-json': ['garbled', /cut off/],
  'orders-include-900-ids-414': ['spoiled', /length/],
  'orders-list-bad-date': ['config', /rest_invalid_param/],
  'orders-list-bad-orderby': ['config', /rest_invalid_param/],
  'orders-list-page-0': ['config', /rest_invalid_param/],
  'orders-list-perpage-0': ['config', /rest_invalid_param/],
  'orders-list-perpage-101': ['config', /rest_invalid_param/],
  'orders-list-status-custom-wcprefix': ['config', /rest_invalid_param/],
  'orders-list-status-unknown': ['config', /rest_invalid_param/],
  'refund-create-too-much-500': ['spoiled', /woocommerce_rest_cannot_create_order_refund/],
  'route-missing-404': ['config', /Permalinks/],
  'route-plain-permalinks': ['config', /consumer key/],
  'tax-rate-deleted-404': ['config', /Permalinks/],
};

const DELETED = [
  'order-deleted-get-404',
  'order-id-huge',
  'order-id-of-product',
  'order-missing-404',
  'refund-as-order',
];

const ABOUT = ['system-status', 'wp-json-root', 'reports-orders-totals'];

const USES: readonly Use[] = [
  {
    what: 'an error, with its kind and its fix',
    takes: (name) => name in ERRORS,
    async test(name, recording) {
      serve(recording);
      const [kind, pattern] = ERRORS[name] ?? [];
      const error = await outcomeOf(testClient().orders(PAGE, POLL));
      expect(error).toBeInstanceOf(ShopError);
      expect(error).toMatchObject({ kind, details: { status: recording.response.status } });
      if (error instanceof ShopError)
        expect(`${error.message} | ${error.fix}`).toMatch(pattern ?? /^$/);
    },
  },
  {
    what: 'order(): deleted',
    takes: (name) => DELETED.includes(name),
    async test(_, recording) {
      serve(recording);
      expect(await testClient().order(276, POLL)).toEqual({ kind: 'deleted' });
    },
  },
  {
    what: 'order(): the order with its figures',
    takes: (_, recording) => isSingle(recording) && isGet(recording) && isOk(recording),
    async test(name, recording) {
      serve(recording);
      const json = JSON.parse(recording.response.body);
      const single = await testClient().order(json.id, POLL);
      if (single.kind !== 'order') throw new Error(`expected an order, got ${single.kind}`);
      const { order, raw } = single.observation;
      expect(JSON.parse(raw)).toEqual(json);
      expect(order).toMatchObject({ id: json.id, status: json.status });
      expect(order.grossMinor).toBe(parseMinor(json.total, order.minorUnits));
      for (const entry of expectedIn(name)) expectFigures(order, entry);
    },
  },
  {
    what: 'normaliser: the order in the answer to a write',
    takes: (_, recording) =>
      recording.response.status < 300 &&
      !isGet(recording) &&
      (isSingle(recording) ||
        (recording.request.method === 'POST' && /\/orders$/.test(recording.request.path))),
    test(_, recording) {
      const json = JSON.parse(recording.response.body);
      const item = readOrder(json, { shop: 'main', source: 'poll', startedAtMs: NOW_MS });
      expect(item).toMatchObject({
        ok: true,
        value: { orderId: json.id, order: { status: json.status } },
      });
    },
  },
  {
    what: 'refunds(): the refunds of the whole shop',
    takes: (name) => name === 'refunds-global',
    async test(_, recording) {
      server.use(
        http.get('https://shop.example/wp-json/wc/v3/refunds', () => replay(recording)),
        http.get('https://shop.example/wp-json/wc/v3/orders', ({ request }) => {
          const ids = new URL(request.url).searchParams.get('include')?.split(',') ?? [];
          return Response.json(ids.map((id) => ({ id: Number(id), currency: 'EUR' })));
        }),
      );
      const page = await testClient().refunds(
        { createdAfter: '2026-01-01T00:00:00.000Z', ...PAGE },
        POLL,
      );
      const json = JSON.parse(recording.response.body);
      expect(page.unreadable.map(({ reason }) => reason)).toEqual([]);
      expect(page.total).toBe(8);
      expect(page.refunds.map(({ id, orderId }) => ({ id, orderId }))).toEqual(
        json.map(({ id, parent_id }: { id: number; parent_id: number }) => ({
          id,
          orderId: parent_id,
        })),
      );
      for (const refund of page.refunds) expectRefund(refund);
    },
  },
  {
    what: 'refundsOf(): the refunds of one order, with their figures',
    takes: (_, recording) =>
      /\/orders\/\d+\/refunds$/.test(recording.request.path) && isGet(recording),
    async test(_, recording) {
      serve(recording);
      const orderId = Number(/orders\/(\d+)/.exec(recording.request.path)?.[1]);
      const refunds = await testClient().refundsOf({ id: orderId, currency: 'EUR' }, POLL);
      const ids = idsIn(JSON.parse(recording.response.body)).sort((a, b) => a - b);
      expect(refunds.map((refund) => refund.id)).toEqual(ids);
      for (const refund of refunds) expectRefund(refund);
    },
  },
  {
    what: 'normaliser: one refund',
    takes: (_, recording) =>
      /\/orders\/\d+\/refunds(\/\d+)?$/.test(recording.request.path) &&
      recording.response.status < 300,
    test(_, recording) {
      const json = JSON.parse(recording.response.body);
      const item = readRefund(json, 'main', { id: 1, currency: 'EUR' });
      expect(item).toMatchObject({
        ok: true,
        value: { id: json.id, grossMinor: parseMinor(json.amount, 2) },
      });
    },
  },
  {
    what: 'about(): its part',
    takes: (name) => ABOUT.includes(name),
    async test(name, recording) {
      const { path } = recording.request;
      server.use(
        http.get(`https://shop.example${path}`, () => replay(recording)),
        http.get('https://shop.example/*', () => replay(loadRecording('auth-subscriber-key-403'))),
      );
      const about = await outcomeOf(testClient().about(POLL));
      if (name === 'wp-json-root') {
        // Nothing that needs the key answers: the site's name alone is no shop.
        expect(about).toMatchObject({ kind: 'config' });
      } else if (name === 'system-status') {
        expect(about).toMatchObject({
          wooCommerceVersion: '10.0.2',
          currency: 'EUR',
          orderStorage: 'hpos',
          statuses: [],
        });
      } else {
        expect(about).not.toHaveProperty('currency');
        expect(about).toMatchObject({
          statuses: JSON.parse(recording.response.body),
        });
      }
    },
  },
  {
    what: 'orders(): a page of whole orders with their figures',
    takes: (name, recording) =>
      (/^orders-(list|include)/.test(name) || name === 'order-deleted-include') &&
      !recording.request.query.includes('_fields'),
    async test(name, recording) {
      serve(recording);
      const client = testClient(optionsFor(name));
      const page = await client.orders(PAGE, POLL);
      const total = recording.response.headers.find(([header]) => header === 'X-WP-Total')?.[1];
      expect(page.total).toBe(Number(total));
      expect(page.unreadable.map(({ reason }) => reason)).toEqual([]);
      if (recording.response.body !== '') {
        const ids = idsIn(JSON.parse(recording.response.body));
        expect(page.orders.map((observation) => observation.orderId)).toEqual(ids);
      } else {
        expect(page.orders).toHaveLength(3);
      }
      const byId = new Map(page.orders.map(({ orderId, order }) => [orderId, order]));
      for (const entry of expectedIn(name)) {
        const order = byId.get(entry.id);
        if (!order) throw new Error(`order ${entry.id} is not on the page`);
        expectFigures(order, entry);
      }
    },
  },
  {
    what: 'orders(): items cut short by _fields are told apart one by one, none dropped',
    takes: (name, recording) =>
      recording.request.query.includes('_fields') && (/^fact-/.test(name) || /^orders-/.test(name)),
    async test(_, recording) {
      serve(recording);
      const page = await testClient().orders(PAGE, POLL);
      expect(page.orders).toEqual([]);
      const ids = idsIn(JSON.parse(recording.response.body));
      expect(page.unreadable.map((item) => item.orderId)).toEqual(ids);
    },
  },
  {
    // Those of webhooks are read in webhook-calls.test.ts.
    what: 'not about orders: never taken for one',
    takes: (name) =>
      /^(webhook-|taxes|settings-|orders-statuses|payment-gateways|currency-current|api-index|order-(head|options|notes))/.test(
        name,
      ),
    async test(_, recording) {
      serve(recording);
      const page = await outcomeOf(testClient().orders(PAGE, POLL));
      if (page instanceof ShopError) {
        expect(['garbled', 'config', 'gone']).toContain(page.kind);
      } else {
        expect(page.orders).toEqual([]);
        expect(page.unreadable).toHaveLength(JSON.parse(recording.response.body).length);
      }
    },
  },
];

function optionsFor(name: string) {
  if (name === 'orders-list-oauth1-http')
    return { url: 'http://shop.example', allowPlainHttp: true };
  return name === 'orders-list-querystring-auth' ? { auth: 'query' as const } : {};
}

function expectRefund(refund: Refund): void {
  const entries = accounting.orders
    .filter((order) => order.id === refund.orderId)
    .flatMap((order) => order.refunds ?? [])
    .filter((entry) => entry.id === refund.id);
  for (const entry of entries) {
    expect(refund.grossMinor).toBe(parseMinor(entry.gross, 2));
    const sum = (amounts: string[]) =>
      amounts.reduce((total, amount) => total + parseMinor(amount, 2), 0);
    expect(sum(refund.lines.map((line) => line.net))).toBe(parseMinor(entry.lines.net, 2));
    expect(sum(refund.lines.map((line) => line.tax))).toBe(parseMinor(entry.lines.tax, 2));
  }
}

const recordings = recordingNames('rest').map((name) => ({ name, recording: loadRecording(name) }));
const useOf = (name: string, recording: Recording) =>
  USES.find((use) => use.takes(name, recording));

for (const use of USES) {
  const rows = recordings.filter(({ name, recording }) => useOf(name, recording) === use);
  describe(use.what, () => {
    for (const { name, recording } of rows) {
      it(name, () => use.test(name, recording));
    }
  });
}

describe('the corpus as a whole', () => {
  it('has a use for every recording', () => {
    const unused = recordings.filter(({ name, recording }) => !useOf(name, recording));
    expect(unused.map(({ name }) => name)).toEqual([]);
    expect(recordings.length).toBeGreaterThan(380);
  });

  it('has no error expected of a recording that is not there', () => {
    const names = recordings.map(({ name }) => name);
    expect(
      [...Object.keys(ERRORS), ...DELETED, ...ABOUT].filter((name) => !names.includes(name)),
    ).toEqual([]);
  });

  it('has every set of expected figures in a recording that is read', () => {
    const read = new Set(
      recordings
        .filter(({ name, recording }) => useOf(name, recording)?.what.includes('figures'))
        .map(({ name }) => `rest/${name}.json`),
    );
    expect(accounting.orders.filter((entry) => !read.has(entry.file))).toEqual([]);
  });

  it('shows why the walk is by id: by modification 70 of 170 orders are on no page (fact 5)', () => {
    const distinct = (...names: string[]) =>
      new Set(names.flatMap((name) => idsIn(recordedJson(name)))).size;
    expect(distinct('fact-bulk-tie-perpage100-p1', 'fact-bulk-tie-perpage100-p2')).toBe(100);
    expect(distinct('fact-bulk-tie-orderby-id-p1', 'fact-bulk-tie-orderby-id-p2')).toBe(170);
  });
});
