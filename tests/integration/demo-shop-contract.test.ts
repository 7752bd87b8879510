import { request as httpRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  isObject,
  type Json,
  type JsonObject,
  numberOf,
  objectsOf,
  parseJson,
  textOf,
} from '../../src/demo/json.js';
import { type DemoShop, startDemoShop } from '../../src/demo/shop-server.js';
import { loadRecording, type Recording, recordingNames } from '../support/recordings.js';

/*
 * The stand-in against the real thing: each recorded exchange that it covers is asked again, of a shop
 * that was loaded with the recorded orders, and must be answered the same.
 */

const RECORDED_AT_MS = Date.parse('2026-11-20T15:56:36Z');
const key = (digit: string) => ({
  consumerKey: `ck_${digit.repeat(40)}`,
  consumerSecret: `cs_${digit.repeat(40)}`,
});
const CREDENTIALS = [
  { ...key('1'), permissions: 'read_write' },
  { ...key('2'), permissions: 'read' },
  { ...key('3'), permissions: 'write' },
  { ...key('4'), permissions: 'read_write', managesShop: false },
] as const;

const WRITES =
  'orderpark never writes to a shop; what writes do is held in src/demo/demo-shop.test.ts';

/** Recordings that are not asked again, and why. */
const NOT_HELD: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^webhook-/, 'held in demo-shop-webhooks.test.ts'],
  [/^fault-/, 'switched on by rate, held in src/demo/faults.test.ts'],
  [/^(order-embed|order-notes)$/, 'nobody asks for embedded parts or notes'],
  [/^taxes-(2-before|3-after)$/, 'the same table with other settings; taxes is held'],
  [/^tax-rate-deleted-404$/, 'single rates are never asked for'],
  [/^system-status$/, 'the stand-in answers only the members that orderpark reads'],
  [/^(order-(create|update|trash|force-delete)-rest|order-x-edited-put.*)$/, WRITES],
  [/^(refund-create-.*|refund-delete-rest|refund-amount-larger-than-lines)$/, WRITES],
  [/^fact-(midpagination|same-second-race$)/, 'a moment between two writes that was not recorded'],
  [/^orders-list-x-p3$/, 'five orders in a state of which other recordings show only parts'],
  [/-dp\d$/, 'held with the order of the same name'],
];

const names = recordingNames('rest').filter(
  (name) => !NOT_HELD.some(([pattern]) => pattern.test(name)),
);

function recordedObject(name: string): JsonObject {
  const json = parseJson(loadRecording(name).response.body);
  if (!isObject(json)) throw new Error(`${name} is no object`);
  return json;
}

interface Answered {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly text: string;
}

/** Every recording that was asked again by these tests. */
const held = new Set<string>();

function ask(
  shop: DemoShop,
  { method, path, query, headers, body }: Recording['request'],
): Promise<Answered> {
  const { hostname, port } = new URL(shop.url);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        hostname,
        port,
        method,
        path: query === '' ? path : `${path}?${query}`,
        headers: Object.fromEntries(headers),
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const zipped = response.headers['content-encoding'] === 'gzip';
          resolve({
            status: response.statusCode ?? 0,
            header: (name) => response.headers[name.toLowerCase()]?.toString(),
            text: (zipped ? gunzipSync(bytes) : bytes).toString('utf8'),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function shopFor(scheme: string): Promise<DemoShop> {
  return startDemoShop({
    clock: { now: () => RECORDED_AT_MS },
    seed: 1,
    timezone: 'Europe/Amsterdam',
    credentials: CREDENTIALS,
    siteUrl: `${scheme}://shop.example`,
  });
}

const LISTS = [
  'orders-list-modified-asc-p1',
  'orders-list-modified-asc-p2',
  'orders-list-modified-asc-p3',
];

function loadTheList(shop: DemoShop): void {
  for (const name of LISTS) {
    for (const order of objectsOf(parseJson(loadRecording(name).response.body))) {
      shop.state.loadRecorded(order);
    }
  }
  shop.state.loadRecorded(recordedObject('order-trash'));
  // The rates of that hour: Northern Ireland's came later.
  const { base, rates } = shop.state.taxes;
  shop.state.taxes = { base, rates: rates.filter(({ id }) => id <= 10) };
}

const header = (recording: Recording, name: string): string | undefined =>
  recording.response.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
const COMPARED = ['Content-Type', 'X-WP-Total', 'X-WP-TotalPages', 'Link', 'Allow', 'Location'];

const same = (json: Json): Json => json;
const byId = (json: Json): Json =>
  [...objectsOf(json)].sort((one, other) => numberOf(one['id']) - numberOf(other['id']));

function expectSame(answer: Answered, recording: Recording): void {
  held.add(recording.name);
  expect(answer.status).toBe(recording.response.status);
  for (const name of COMPARED) {
    expect([name, answer.header(name)]).toEqual([name, header(recording, name)]);
  }
  const body = recording.response.bytes;
  const text =
    header(recording, 'Content-Encoding') === 'gzip'
      ? gunzipSync(body).toString()
      : body.toString();
  if (/^[[{]/.test(text)) {
    // Equal dates come in any order there (fact-bulk-tie-*); which orders are shown must agree.
    const sorted = recording.name === 'orders-list-modified-asc-p2' ? byId : same;
    expect(sorted(parseJson(answer.text))).toEqual(sorted(parseJson(text)));
  } else expect(answer.text.replaceAll('\r\n', '\n')).toBe(text.replaceAll('\r\n', '\n'));
}

describe('an order loaded from its recording is answered as recorded', () => {
  let shop: DemoShop;
  beforeAll(async () => {
    shop = await shopFor('https');
  });
  afterAll(() => shop.close());

  const singles = names.filter((name) => {
    const { request, response } = loadRecording(name);
    return (
      request.method === 'GET' &&
      /^\/wp-json\/wc\/v3\/orders\/\d+$/.test(request.path) &&
      response.status === 200
    );
  });
  it.each(singles)('%s', async (name) => {
    const recording = loadRecording(name);
    const exact = ['-dp6', '-dp3'].map((dp) => name + dp).find((other) => isSameState(name, other));
    shop.state.loadRecorded(recordedObject(exact ?? name));
    expectSame(await ask(shop, recording.request), recording);
    for (const dp of ['-dp0', '-dp3', '-dp6']) {
      if (!existsRecording(name + dp)) continue;
      if (!isSameState(name, name + dp)) shop.state.loadRecorded(recordedObject(name + dp));
      const other = loadRecording(name + dp);
      expectSame(await ask(shop, other.request), other);
    }
  });
});

/** Some were read again with another `dp` after an experiment had changed them. */
function isSameState(name: string, other: string): boolean {
  return (
    existsRecording(other) &&
    recordedObject(name)['date_modified_gmt'] === recordedObject(other)['date_modified_gmt']
  );
}

const all = new Set(recordingNames('rest'));
function existsRecording(name: string): boolean {
  return all.has(name);
}

describe('a list over the recorded orders is answered as recorded', () => {
  let https: DemoShop;
  let http: DemoShop;
  beforeAll(async () => {
    [https, http] = await Promise.all([shopFor('https'), shopFor('http')]);
    loadTheList(https);
    loadTheList(http);
  });
  afterAll(async () => {
    await Promise.all([https.close(), http.close()]);
  });

  const EXTRA = [
    'auth-bad-key-401',
    'auth-bad-secret-401',
    'auth-basic-over-http-401',
    'auth-none-401',
    'auth-oauth-bad-signature-401',
    'auth-oauth-missing-param-401',
    'auth-readonly-key-on-write',
    'auth-subscriber-key-403',
    'auth-writeonly-key-on-read',
    'api-index',
    'currency-current',
    'fact-modified-after-T',
    'fact-modified-after-Tminus1s',
    'fact-modified-after-Tplus1s',
    'fact-modified-after-z-with-gmt-flag',
    'fact-modified-after-z-without-gmt-flag',
    'order-deleted-get-404',
    'order-deleted-include',
    'order-deleted-refunds-404',
    'order-head',
    'order-id-huge',
    'order-id-of-product',
    'order-missing-404',
    'order-options',
    'orders-include-100-ids',
    'orders-include-900-ids-414',
    'orders-statuses',
    'payment-gateways',
    'refund-as-order',
    'reports-orders-totals',
    'route-missing-404',
    'settings-general',
    'settings-tax',
    'taxes',
    'route-plain-permalinks',
    'taxes-classes',
    'wp-json-root',
  ];
  const lists = names.filter(
    (name) =>
      (/^orders-list-/.test(name) && !/-x-p\d$|unregistered/.test(name)) || EXTRA.includes(name),
  );
  it.each(lists)('%s', async (name) => {
    const recording = loadRecording(name);
    const shop = recording.request.scheme === 'http' ? http : https;
    expectSame(await ask(shop, recording.request), recording);
  });
});

describe('an experiment is answered as recorded, by a shop in its state', () => {
  let shop: DemoShop;
  beforeEach(async () => {
    shop = await shopFor('https');
    loadTheList(shop);
  });
  afterEach(() => shop.close());

  /** Sets the orders to the dates and statuses these recorded pages show. */
  function takeStateFrom(pages: readonly string[]): void {
    for (const page of pages) {
      for (const row of objectsOf(parseJson(loadRecording(page).response.body))) {
        const order = shop.state.existing(numberOf(row['id']));
        order.modifiedMs = Date.parse(`${textOf(row['date_modified_gmt'])}Z`);
        if (row['status'] !== undefined) order.status = textOf(row['status']);
      }
    }
    shop.state.table.touch();
  }

  async function expectAnswered(name: string): Promise<void> {
    const recording = loadRecording(name);
    expectSame(await ask(shop, recording.request), recording);
  }

  const DST = ['fact-dst-gmt-0045', 'fact-dst-local-0215', 'fact-dst-local-0245'];
  it.each(DST)('%s', async (name) => {
    shop.state.existing(92).modifiedMs = Date.parse('2026-10-25T00:30:00Z');
    shop.state.existing(93).modifiedMs = Date.parse('2026-10-25T01:30:00Z');
    await expectAnswered(name);
  });

  const TIES = ['asc', 'desc'].flatMap((order) =>
    [1, 2, 3, 4].map((page) => `fact-ties-${order}-p${page}`),
  );
  it.each(TIES)('%s', async (name) => {
    takeStateFrom(TIES);
    await expectAnswered(name);
  });

  const BULK = ['fact-bulk-tie-orderby-id-p1', 'fact-bulk-tie-orderby-id-p2'];
  it.each([...BULK, 'fact-bulk-tie-perpage100-p1'])('%s', async (name) => {
    takeStateFrom(BULK);
    await expectAnswered(name);
  });

  it('fact-bulk-tie-perpage100-p2: the second page only repeats orders of the first', async () => {
    takeStateFrom(BULK);
    const recording = loadRecording('fact-bulk-tie-perpage100-p2');
    held.add(recording.name);
    const idsOf = (text: string) => objectsOf(parseJson(text)).map((row) => numberOf(row['id']));
    const shown = idsOf(loadRecording('fact-bulk-tie-perpage100-p1').response.body);
    const answer = await ask(shop, recording.request);
    for (const text of [answer.text, recording.response.body]) {
      expect(idsOf(text)).toHaveLength(70);
      expect(new Set([...shown, ...idsOf(text)]).size).toBe(100);
    }
    expect(answer.header('X-WP-Total')).toBe(header(recording, 'X-WP-Total'));
  });

  it.each(['fact-same-second-race-2-T', 'fact-same-second-race-2-Tminus1s'])('%s', async (name) => {
    takeStateFrom(['fact-same-second-race-2-Tminus1s']);
    await expectAnswered(name);
  });

  it('orders-list-include-unregistered-status', async () => {
    shop.state.loadRecorded(recordedObject('order-unregistered-status'));
    await expectAnswered('orders-list-include-unregistered-status');
    await expectAnswered('order-unregistered-status');
  });

  it.each(['orders-list-x-p1', 'orders-list-x-p2'])('%s', async (name) => {
    for (const page of ['orders-list-x-p1', 'orders-list-x-p2']) {
      for (const order of objectsOf(parseJson(loadRecording(page).response.body))) {
        shop.state.loadRecorded(order);
      }
    }
    await expectAnswered(name);
  });

  const REFUNDS = names.filter((name) => /^refunds-/.test(name) && name !== 'refunds-global');
  it.each(REFUNDS)('%s', async (name) => {
    const recording = loadRecording(name);
    const id = Number(/orders\/(\d+)/.exec(recording.request.path)?.[1]);
    const owner = { ...recordedObject('order-plain-nl21'), id };
    shop.state.loadRecorded(owner, objectsOf(parseJson(recording.response.body)));
    await expectAnswered(name);
  });

  it.each(['refunds-global', 'refund-single'])('%s', async (name) => {
    for (const refund of objectsOf(parseJson(loadRecording('refunds-global').response.body))) {
      shop.state.loadRecordedRefund(numberOf(refund['parent_id']), refund);
    }
    await expectAnswered(name);
  });
});

it('every recording is held by a test above, or named with the reason why not', () => {
  expect(names.filter((name) => !held.has(name))).toEqual([]);
});
