import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config/load.js';
import { DrivenClock } from '../../src/demo/driven-clock.js';
import { EVERYDAY } from '../../src/demo/kinds.js';
import { seededRandom } from '../../src/demo/random.js';
import { type DemoShop, startDemoShop } from '../../src/demo/shop-server.js';
import { instantOf } from '../../src/orders/time.js';
import { systemClock } from '../../src/runtime/clock.js';
import { createLogger } from '../../src/runtime/logger.js';
import { startServer } from '../../src/server/server.js';
import { createWeb } from '../../src/web.js';
import { KEY_ENV, KEYS, writeOwnerFile } from './owner-file.js';

const TOKENS = {
  viewer: 'viewer-token-that-is-long-enough',
  accountant: 'accountant-token-that-is-long',
  operator: 'operator-token-that-is-long-enough',
  admin: 'admin-token-that-is-long-enough',
} as const;
export type OfficeRole = keyof typeof TOKENS;

/** A running server on a store with some weeks of a made-up shop in it. */
export interface Office {
  readonly app: App;
  readonly shop: DemoShop;
  readonly url: string;
  readonly config: string;
  logIn(role: OfficeRole, language?: 'en' | 'nl'): Promise<Visitor>;
  close(): Promise<void>;
}

/** A browser without one: it keeps its cookies and the token of its forms. */
export interface Visitor {
  readonly cookies: readonly { readonly name: string; readonly value: string }[];
  get(path: string): Promise<Page>;
  /** A list stands for a field that comes several times. */
  post(
    path: string,
    form?: Readonly<Record<string, string | readonly string[]>>,
    more?: { readonly token?: string },
  ): Promise<Page>;
  /** As a browser sends a form with files. */
  postForm(
    path: string,
    form: Readonly<Record<string, string | Blob>>,
    token?: string,
  ): Promise<Page>;
}

interface Page {
  readonly status: number;
  readonly text: string;
  readonly to: string | null;
  readonly headers: Headers;
}

export async function openOffice(): Promise<Office> {
  const clock = new DrivenClock(Date.parse('2026-11-02T12:00:00Z'));
  const random = seededRandom(7);
  const folder = mkdtempSync(join(tmpdir(), 'orderpark-office-'));
  const credentials = [{ ...KEYS, permissions: 'read_write' as const }];
  const zone = 'Europe/Amsterdam';
  const shop = await startDemoShop({
    ...{ clock, signatureClock: systemClock, seed: 7, timezone: zone, credentials },
  });
  for (const status of ['processing', 'on-hold', 'completed', 'pending', 'cancelled']) {
    for (const kind of EVERYDAY.slice(0, 3)) {
      const id = shop.state.place(kind(random));
      shop.state.setStatus(id, status);
    }
  }
  const tokens = Object.entries(TOKENS).map(([role, token]) => ({ name: role, role, token }));
  const path = writeOwnerFile(folder, {
    shops: [{ url: shop.url }],
    // A receiver of these tests is on this machine.
    more: { access: { tokens }, outbound: { allow: ['127.0.0.1'] } },
  });
  const read = loadConfig({ path, env: KEY_ENV });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const logger = createLogger({ level: 'fatal', format: 'json', secrets: [] });
  const app = await createApp(read.config, { clock, logger, sleep: async () => {} });
  const signal = new AbortController().signal;
  await app.poll('main', {}, signal);
  await keepSome(app);
  const web = await createWeb(app, KEY_ENV);
  const server = await startServer({
    ...{ host: '127.0.0.1', port: 0, trustProxy: 0, logger },
    mount: (express) => web.mount(express),
  });
  return {
    ...{ app, shop, url: server.url, config: path },
    logIn: (role, language = 'en') => visit(server.url, TOKENS[role], language),
    async close() {
      await server.stop(0);
      await app.close();
      await shop.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Deliveries that came, and some that could not be used. */
async function keepSome({ store, clock }: App): Promise<void> {
  const at = instantOf(clock.now());
  const [first] = await store.listOrders({}, { limit: 1 });
  const nudge = { shop: 'main', topic: 'order.updated', receivedAt: at, dueAt: at };
  const kept = { shop: 'main', source: 'webhook', at, fix: 'Send it again.' } as const;
  await store.transaction(async (tx) => {
    await tx.addNudges([
      { ...nudge, orderId: first?.id ?? 1 },
      { ...nudge, orderId: null },
    ]);
    const raw = JSON.stringify({
      id: first?.id,
      order_key: 'wc_order_secret1',
      billing: { first_name: 'Sam', email: 'sam@example.com' },
      note: `${'<script>alert(1)</script>'} ${KEYS.consumerKey}`,
    });
    await tx.addQuarantine({ ...kept, orderId: first?.id ?? 1, raw, reason: 'Cut <b>off</b>.' });
    await tx.addQuarantine({ ...kept, orderId: null, raw: '{"id":', reason: 'It names no order.' });
  });
}

async function visit(url: string, token: string, language: string): Promise<Visitor> {
  const form = { method: 'POST', redirect: 'manual' } as const;
  const response = await fetch(`${url}/login`, { ...form, body: new URLSearchParams({ token }) });
  const value = /orderpark=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
  const cookie = `orderpark=${value}; language=${language}`;
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { cookie };
    const answer = await fetch(`${url}${path}`, { redirect: 'manual', ...init, headers });
    return {
      status: answer.status,
      headers: answer.headers,
      text: await answer.text(),
      to: answer.headers.get('location'),
    };
  };
  const page = (await ask('/runs')).text;
  const own = /name="_token" value="([^"]+)"/.exec(page)?.[1] ?? '';
  return {
    cookies: [
      { name: 'orderpark', value },
      { name: 'language', value: language },
    ],
    get: (path) => ask(path),
    post: (path, fields = {}, { token: given = own } = {}) => {
      const pairs = Object.entries({ ...fields, _token: given }).flatMap(([name, value]) =>
        [value].flat().map((each): [string, string] => [name, each]),
      );
      return ask(path, { method: 'POST', body: new URLSearchParams(pairs) });
    },
    postForm(path, fields, given = own) {
      const body = new FormData();
      for (const [name, value] of Object.entries({ ...fields, _token: given })) {
        if (typeof value === 'string') body.append(name, value);
        else body.append(name, value);
      }
      return ask(path, { method: 'POST', body });
    },
  };
}
