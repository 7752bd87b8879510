import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPageSite, type PageSite, type Visitor } from '../support/page-site.js';
import { recordedOrder } from '../support/recordings.js';
import { sendBytes } from '../support/webhooks.js';

/** What is tried on the pages: markup in every field of an order, and addresses that lead elsewhere. */
let site: PageSite;
let admin: Visitor;

/** Would run where it is not escaped, in text and in an attribute alike; and turns the direction. */
const markup = (field: string) => `${field}"'><img src=x onerror=alert(1)><script>2</script>\u202e`;

/** What must stay as it is for the order to be one: money, dates, and what has a list of its own. */
const AS_IT_IS =
  /^(date_|id$|currency|country$|status$|tax_status|discount|.*total|.*_tax$|price|quantity)/;

/** Every text of an order made hostile, each with the name of its field. */
function hostile(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return AS_IT_IS.test(name) ? value : markup(name);
  if (Array.isArray(value)) return value.map((item) => hostile(item, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hostile(item, key)]));
}

function wireOrder(id: number, more: Readonly<Record<string, unknown>>) {
  const recorded = recordedOrder('order-cart-coupon-percent33');
  const meta = [{ id: 1, key: '_gift', value: 'x' }];
  const changed = Object(hostile({ ...recorded, meta_data: meta }));
  return { ...changed, id, number: `${id} ${markup('number')}`, ...more };
}

const BOOKED = 910_001;
const CHANGED = 910_002;
const PARKED = 910_003;
const BLOCKED = 910_004;

beforeAll(async () => {
  site = await openPageSite();
  admin = await site.logIn('admin');
  const plain = Object(recordedOrder('order-cart-coupon-percent33'));
  await site.see(wireOrder(BOOKED, { status: 'processing' }), '2027-07-01T10:00:00.000Z');
  await site.see(
    { ...plain, id: CHANGED, number: 'x1', status: 'processing' },
    '2027-07-01T10:00:00.000Z',
  );
  await site.see(wireOrder(CHANGED, { status: 'processing' }), '2027-07-01T11:00:00.000Z');
  await site.see(wireOrder(PARKED, { status: markup('status') }));
  await site.see(wireOrder(BLOCKED, { status: 'processing', total: '99999.00' }));
  const { store, intake } = site.app;
  await intake.quarantine('main', 'webhook', [
    { orderId: 5, raw: markup('raw'), reason: markup('reason'), fix: markup('fix') },
  ]);
  await store.transaction((tx) =>
    tx.addNudges([
      {
        ...{ shop: 'main', topic: markup('topic'), orderId: PARKED },
        ...{ receivedAt: '2027-07-01T11:00:00.000Z', dueAt: '2027-07-01T11:00:00.000Z' },
      },
    ]),
  );
  await site.app.worker.runOnce(undefined, new AbortController().signal);
});
afterAll(() => site.close());

/** Each page, with what its address needs filled in. */
function addresses(): string[] {
  const lists = ['/open?state=expired', '/open?state=ignored', '/attention?show=changed'];
  const orders = [BOOKED, CHANGED, PARKED, BLOCKED].flatMap((id) => [
    `/orders/main/${id}`,
    `/orders/main/${id}/proposal`,
  ]);
  const plain = site.web.pages
    .filter(({ method, path }) => method === 'GET' && !path.includes(':') && path !== '/events')
    .map(({ path }) => path);
  return [...plain, ...lists, ...orders, '/deliveries/quarantine/1', '/attention?show=blocked'];
}

describe('markup in every field of an order', () => {
  it('leaves the orders as they are: booked, changed, parked, blocked', async () => {
    const states = [BOOKED, CHANGED, PARKED, BLOCKED].map(
      async (id) => (await site.app.store.order('main', id))?.state,
    );
    expect(await Promise.all(states)).toEqual(['forwarded', 'forwarded', 'parked', 'blocked']);
    expect((await site.app.store.order('main', CHANGED))?.changes.length).toBeGreaterThan(10);
  });

  it('is text on every page', async () => {
    const shown = new Set<string>();
    for (const address of addresses()) {
      for (const language of ['en', 'nl'] as const) {
        const { text, headers } = await admin.get(address, language);
        if (!headers.get('content-type')?.startsWith('text/html')) continue;
        expect([address, /<img|<script>|onerror=alert\(1\)"/.exec(text)?.[0]]).toEqual([
          address,
          undefined,
        ]);
        for (const [, field] of text.matchAll(/(\w+)\\?(?:&quot;|")'(?:>|&gt;)&lt;img src=x/g)) {
          shown.add(field ?? '');
        }
      }
    }
    // So many fields are shown at all; without them this test would hold nothing.
    expect([...shown]).toEqual(
      expect.arrayContaining([
        ...['number', 'last_name', 'company', 'address_1', 'city', 'postcode', 'email', 'phone'],
        ...['name', 'sku', 'code', 'payment_method', 'payment_method_title', 'label', 'status'],
        ...['method_title', 'customer_note', 'topic', 'raw', 'reason', 'fix', 'value'],
      ]),
    );
  });

  it('puts nothing into the headers of a file, and none of it into a UBL file as markup', async () => {
    const [stored] = await site.app.store.documentsOf('main', BOOKED);
    const key = encodeURIComponent(stored?.document.key ?? '');
    for (const file of ['pdf', 'ubl']) {
      const { status, headers, text } = await admin.get(`/documents/${key}/${file}`);
      expect(status).toBe(200);
      expect(headers.get('content-disposition')).toMatch(/^attachment; filename="?[\w.~-]+"?$/);
      expect(text).not.toContain('<img');
    }
  });
});

describe('an address', () => {
  const NASTY = [
    ...['..', '../../etc/passwd', '..\\..\\x', '\0', '%2e%2e', '.', '%00', '\u202e', '%'],
    ...['a\r\nSet-Cookie: x=1', "' or 1=1 --", '<script>alert(1)</script>', 'constructor'],
  ];

  it('never leaves its place, puts a header into the answer, or comes back as markup', async () => {
    const routes = site.web.pages.filter(
      ({ method, path }) => method === 'GET' && /[:*]/.test(path),
    );
    expect(routes.length).toBeGreaterThan(3);
    for (const { path } of routes) {
      for (const value of NASTY) {
        const asked = path.replace(/[:*]\w+/g, encodeURIComponent(value));
        const answer = await sendBytes(
          site.url,
          `GET ${asked} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: ${admin.cookie}\r\n\r\n`,
        );
        expect([path, value, answer.status < 500]).toEqual([path, value, true]);
        expect(answer.headers.toLowerCase()).not.toContain('set-cookie: x=');
        expect(answer.body).not.toMatch(/root:|<script>alert/);
      }
    }
  });

  it.each(['/assets/../../package.json', '/assets/..%2f..%2fpackage.json', '/assets/%2e%2e/x'])(
    '%s reaches no file',
    async (path) => {
      const answer = await sendBytes(
        site.url,
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );
      expect(answer.body).not.toContain('"name": "orderpark"');
      expect(answer.status).not.toBe(200);
    },
  );

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/a\r\nSet-Cookie: x=1'])(
    'to come back to after logging in is one of this site: %j',
    async (to) => {
      const answer = await fetch(`${site.url}/login`, {
        ...{ method: 'POST', redirect: 'manual' },
        body: new URLSearchParams({ token: site.tokens.viewer, to }),
      });
      expect(answer.status).toBe(303);
      expect(new URL(answer.headers.get('location') ?? '', site.url).origin).toBe(site.url);
      expect(answer.headers.getSetCookie().every((each) => !each.startsWith('x='))).toBe(true);
    },
  );
});
