import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config/load.js';
import { type Instant, instantOf } from '../../src/orders/time.js';
import { createLogger } from '../../src/runtime/logger.js';
import { startServer } from '../../src/server/server.js';
import { createWeb, type Web } from '../../src/web.js';
import { normaliseOrder } from '../../src/woocommerce/normalise-order.js';
import { orderSchema } from '../../src/woocommerce/schemas.js';
import { feedCorpus } from './corpus.js';
import { TestClock } from './export.js';
import { observe } from './intake.js';
import { KEY_ENV, writeOwnerFile } from './owner-file.js';
import { recordedOrder } from './recordings.js';
import { ShopModel } from './shop-model.js';

/** A name that would do harm where it is not escaped, and text from right to left. */
const HOSTILE = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>';
const RIGHT_TO_LEFT = '\u202eevil דוד כהן';

const TOKENS = {
  admin: 'admin-token-of-the-tests-0123456789',
  operator: 'operator-token-of-the-tests-0123456',
  viewer: 'viewer-token-of-the-tests-012345678',
} as const;
type Who = keyof typeof TOKENS;

export interface PageSite {
  readonly url: string;
  readonly app: App;
  readonly web: Web;
  readonly tokens: typeof TOKENS;
  readonly shop: ShopModel;
  /** Orders that wait, by id. */
  readonly parked: readonly number[];
  logIn(who: Who): Promise<Visitor>;
  /** Has intake see an order as the shop would send it, read at that moment. */
  see(wire: object, readAt?: Instant): Promise<void>;
  /** An order that is booked, and whose buyer the shop then changes. */
  bookAndChange(id: number): Promise<void>;
  close(): Promise<void>;
}

/** Somebody with a session, as a browser without JavaScript would be. */
export interface Visitor {
  readonly cookie: string;
  get(path: string, language?: 'en' | 'nl'): Promise<Page>;
  post(path: string, form: readonly (readonly [string, string])[]): Promise<Page>;
  /** What forms of this session carry. */
  formToken(): Promise<string>;
}

interface Page {
  readonly status: number;
  readonly location: string;
  readonly text: string;
  readonly headers: Headers;
}

const NOW_MS = Date.parse('2027-07-01T12:00:00.000Z');

/** The real server over a real SQLite store that holds the recorded corpus and orders that wait. */
export async function openPageSite(
  access: Readonly<Record<string, unknown>> = {},
): Promise<PageSite> {
  const folder = mkdtempSync(join(tmpdir(), 'orderpark-pages-'));
  const tokens = Object.entries(TOKENS).map(([role, token]) => ({ name: role, token, role }));
  const path = writeOwnerFile(folder, {
    shops: [{ url: 'https://shop.example.com' }],
    more: { access: { tokens, ...access } },
  });
  const result = loadConfig({ path, env: KEY_ENV });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const clock = new TestClock(NOW_MS);
  const shop = new ShopModel(NOW_MS);
  const logger = createLogger({ level: 'silent', format: 'json' });
  const app = await createApp(result.config, { clock, logger, client: () => shop });
  await feedCorpus(app.store, ['journal']);
  const parked = await parkSome(app, shop);
  await app.worker.runOnce(undefined, new AbortController().signal);
  const web = await createWeb(app);
  const { url, stop } = await startServer({
    ...{ host: '127.0.0.1', port: 0, trustProxy: 0, logger },
    mount: (express) => web.mount(express),
  });
  return {
    ...{ url, app, web, shop, parked, tokens: TOKENS },
    logIn: (who) => logIn(url, TOKENS[who]),
    see: (wire, readAt = instantOf(NOW_MS)) => show(app, shop, wire, readAt),
    async bookAndChange(id) {
      for (const [hours, company] of ['Oud BV', HOSTILE].entries()) {
        const at = instantOf(NOW_MS - (3 - hours) * 3_600_000);
        const wire = { ...wireOrder(id, at, 'Sanne de Vries', company), status: 'processing' };
        await show(app, shop, wire, at);
      }
    },
    async close() {
      await stop(0);
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A recorded order under other names, as the shop would send it. */
async function parkSome(app: App, shop: ShopModel): Promise<readonly number[]> {
  const names = ['Sanne de Vries', HOSTILE, RIGHT_TO_LEFT, 'javascript:alert(3)'];
  const ids = names.map((_, index) => 900_001 + index);
  for (const [index, id] of ids.entries()) {
    const at = instantOf(NOW_MS - (index + 1) * 3_600_000);
    await show(app, shop, wireOrder(id, at, names[index] ?? ''), at);
  }
  return ids;
}

async function show(app: App, shop: ShopModel, wire: object, readAt: Instant): Promise<void> {
  const order = normaliseOrder('main', orderSchema.parse(wire));
  shop.create(order);
  await app.intake.accept([{ ...observe(order, { readAt }), raw: JSON.stringify(wire) }]);
}

function wireOrder(id: number, at: string, last_name: string, company = '') {
  const recorded = recordedOrder('order-plain-nl21');
  const date = at.slice(0, 19);
  const person = { ...Object(recorded['billing']), first_name: '', last_name, company };
  return {
    ...{ ...recorded, id, number: String(id), status: 'on-hold', customer_note: last_name },
    ...{ date_created: date, date_created_gmt: date, date_modified: date, date_modified_gmt: date },
    ...{ billing: person, shipping: person },
  };
}

async function logIn(url: string, token: string): Promise<Visitor> {
  const answer = await fetch(`${url}/login`, {
    method: 'POST',
    body: new URLSearchParams({ token }),
    redirect: 'manual',
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (answer.status !== 303 || cookie === undefined) throw new Error(`login: ${answer.status}`);
  const ask = async (path: string, init: RequestInit): Promise<Page> => {
    const reply = await fetch(url + path, { ...init, redirect: 'manual' });
    const location = reply.headers.get('location') ?? '';
    return { status: reply.status, location, text: await reply.text(), headers: reply.headers };
  };
  const get: Visitor['get'] = (path, language = 'en') =>
    ask(path, { headers: { cookie, 'accept-language': language } });
  return {
    cookie,
    get,
    post: (path, form) =>
      ask(path, {
        method: 'POST',
        headers: { cookie },
        body: new URLSearchParams(form.map(([name, value]) => [name, value])),
      }),
    async formToken() {
      const { text } = await get('/');
      return /name="_token" value="([^"]+)"/.exec(text)?.[1] ?? '';
    },
  };
}
