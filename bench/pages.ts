import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../src/app.js';
import { addDays } from '../src/orders/time.js';
import { clockFrom } from './bench-clock.js';
import { addLife } from './fill-life.js';
import { multiplyOrders } from './fill-store.js';
import { firstOrders, TIMES } from './large-store.js';
import { inFolder, median, milliseconds, percentile } from './measure.js';
import type { Surroundings } from './measures.js';
import { type PageRequest, pageRequests } from './page-requests.js';
import { pagesConfig, tokenOf } from './pages-config.js';
import { type Row, shown, told } from './row.js';
import { SHOP_NOW } from './shop.js';
import { type MeasuredProcess, startMeasured } from './webhook-process.js';

/** DESIGN.md: the 95th percentile of each page with a million orders stored. */
const BUDGET_MS = 50;
const WARM_UPS = 3;
const TIMES_ASKED = 40;

/**
 * Every page and list of the API with a million orders stored, asked one after the other over HTTP, and
 * in turn with them a page that looks at nothing.
 */
export async function measurePages({ configPath }: Surroundings): Promise<readonly Row[]> {
  return inFolder(async (folder) => {
    await firstOrders(configPath, folder, clockFrom(SHOP_NOW));
    const path = join(folder, 'orderpark.db');
    const orders = await multiplyOrders(path, TIMES);
    await addLife(path, SHOP_NOW);
    const requests = await prepared(configPath, folder);
    const server = await startMeasured('pages-server.js', [configPath, folder]);
    try {
      const rows = await measured(server, requests);
      const gigabytes = shown(statSync(path).size / 1024 ** 3);
      return [...rows, told(`pages: that SQLite file, ${shown(orders)} orders`, `${gigabytes} GB`)];
    } finally {
      await server.stop();
    }
  });
}

/** What is asked, after a statement was kept: its page shows the latest, and asks no shop. */
async function prepared(configPath: string, folder: string): Promise<readonly PageRequest[]> {
  const clock = clockFrom(SHOP_NOW);
  const app = await createApp(pagesConfig(configPath, folder), { clock });
  try {
    const to = SHOP_NOW.slice(0, 10);
    const period = { from: `${addDays(to, -31)}T00:00:00.000Z`, to: `${to}T00:00:00.000Z` };
    const none = { count: 0, byCurrency: {} };
    const statement = {
      ...{ shop: 'demo', ...period, madeAt: period.to, listed: none, notListed: none },
      states: {
        ...{ parked: none, forwarded: none, ignored: none },
        ...{ blocked: none, expired: none, withdrawn: none },
      },
      difference: { count: 0, byCurrency: {}, orderIds: [], orders: [] },
      vat: await app.store.vatTotals('demo', addDays(to, -31), to),
    };
    await app.store.transaction((tx) =>
      tx.addStatement({
        ...{ shop: 'demo', ...period, madeAt: period.to },
        body: JSON.stringify(statement),
      }),
    );
    return await pageRequests(app);
  } finally {
    await app.close();
  }
}

async function measured(
  server: MeasuredProcess,
  requests: readonly PageRequest[],
): Promise<readonly Row[]> {
  const cookie = await logIn(server.url);
  const bare: number[] = [];
  const rows: ReturnType<typeof rowOf>[] = [];
  const askBare = () => ask(server.url, { way: 'page', path: '/bare', name: '' }, {});
  for (const [n, request] of requests.entries()) {
    const headers = request.way === 'page' ? { cookie } : { authorization: `Bearer ${tokenOf(n)}` };
    const times: number[] = [];
    const own: number[] = [];
    for (let run = -WARM_UPS; run < TIMES_ASKED; run += 1) {
      const bareMs = await milliseconds(askBare);
      const ms = await milliseconds(() => ask(server.url, request, headers));
      if (run < 0) continue;
      own.push(bareMs);
      times.push(ms);
    }
    bare.push(...own);
    rows.push(rowOf(request, times, median(own)));
  }
  const bareText = `p50 ${shown(median(bare))}, p95 ${shown(percentile(bare, 0.95))} ms`;
  const slowest = shown(Math.max(...rows.map(({ ratio }) => ratio)));
  return [
    told('pages: one that looks at nothing, on the same server', bareText),
    told('pages: the slowest of all below, p95 / the budget of 50 ms', `${slowest} x`),
    ...rows.map(({ row }) => row),
  ];
}

function rowOf({ way, name }: PageRequest, times: readonly number[], bareMs: number) {
  const p95 = percentile(times, 0.95);
  const [middle, high] = [shown(median(times)), shown(p95)];
  const ratio = p95 / BUDGET_MS;
  const against = shown(median(times) / bareMs);
  const row: Row = {
    what: `${way} ${name}`,
    measured: `p50 ${middle}, p95 ${high} ms; ${against} x bare; ${shown(ratio)} x budget`,
    bound: 'p95 at most 1 x budget',
    isMet: ratio <= 1,
  };
  return { row, ratio };
}

/** Throws where it does not answer what it should: a fast refusal is no measure. */
async function ask(
  url: string,
  { path, name }: PageRequest,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const answer = await fetch(url + path, { headers, redirect: 'manual' });
  const isMoved = answer.status === 303 && name.startsWith('/language/');
  if (!answer.ok && !isMoved) throw new Error(`${name || path} answered ${answer.status}`);
  // A stream of events has no end: its beginning counts.
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    await answer.body?.cancel();
  } else {
    await answer.arrayBuffer();
  }
}

async function logIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/login`, {
    method: 'POST',
    body: new URLSearchParams({ token: tokenOf(0) }),
    redirect: 'manual',
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (cookie === undefined) throw new Error(`nobody could log in: ${answer.status}`);
  return cookie;
}
