import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { sendBytes, startWebhookServer, type WebhookServer } from '../support/webhooks.js';
import { fuzzRequest } from './deliveries.js';
import { type Random, randomOf } from './random.js';
import { openWire } from './wire.js';

/*
 * The receiver behind the real express application, under requests that no shop sends. Another seed,
 * or more of them: ORDERPARK_FUZZ_SEED, ORDERPARK_FUZZ_REQUESTS.
 */

const SEED = Number(process.env['ORDERPARK_FUZZ_SEED'] ?? 20_261_120);
const REQUESTS = Number(process.env['ORDERPARK_FUZZ_REQUESTS'] ?? 100_000);
const CONNECTIONS = 256;
/** What the heap may hold more after 80,000 requests than after the first 20,000. */
const HEAP_BOUND_BYTES = 8 * 1024 * 1024;
const SHOPS = [
  { id: 'main', secrets: ['whsec-plain-0001', 'whsec-rotated-0002'], maxAgeDays: 92 },
  { id: 'second', secrets: ['whsec & < > " 🔑'], maxAgeDays: 92 },
];
const LATER = '2026-11-21T00:00:00.000Z';

let folder: string;
let store: Store;
let bench: WebhookServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-fuzz-'));
  store = await openStore({ database: join(folder, 'orderpark.db'), clock: { now: () => 0 } });
  // So many may be refused that each is judged and not only slowed down.
  bench = await startWebhookServer({ store, shops: SHOPS, refusedAMinute: REQUESTS / 2 });
});
afterAll(async () => {
  await bench.stop();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Tally {
  readonly statuses: Map<number, number>;
  taken: number;
  kept: number;
  /** What should not have been, as told to a person. */
  readonly faults: string[];
}

/** Sends `count` requests over many connections, and holds each answer against what must be. */
async function storm(random: Random, count: number, tally: Tally): Promise<void> {
  let left = count;
  const run = async () => {
    const wire = openWire(bench.server.url);
    while (left > 0) {
      left -= 1;
      const request = fuzzRequest(random, SHOPS);
      const { status, text } = await wire.send(request);
      tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
      const isTaken = status === 200 && text === 'taken\n';
      const isKept = status === 200 && text.startsWith('kept');
      if (isTaken) tally.taken += 1;
      if (isKept) tally.kept += 1;
      if (status >= 500 || status === 0) tally.faults.push(`${status}: ${told(request)}`);
      if ((isTaken || isKept) && !request.isAuthentic) tally.faults.push(`row: ${told(request)}`);
      const isRefused = status === 401 && request.isAuthentic && !request.isPacked;
      if (isRefused) tally.faults.push(`refused: ${told(request)}`);
    }
    wire.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, run));
}

function told(request: object): string {
  return JSON.stringify(request).slice(0, 2000);
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  if (typeof gc === 'function') for (let n = 0; n < 3; n += 1) gc();
  return process.memoryUsage().heapUsed;
}

async function storedRows(): Promise<number> {
  let rows = 0;
  for (const { id } of SHOPS) rows += (await store.dueNudges(id, LATER, 1_000_000)).length;
  return rows;
}

it(`${REQUESTS} requests: no crash, no 5xx, no row from what is not authentic, memory flat`, {
  timeout: 900_000,
}, async () => {
  const random = randomOf(SEED);
  const tally: Tally = { statuses: new Map(), taken: 0, kept: 0, faults: [] };
  const warmUp = Math.floor(REQUESTS / 5);
  await storm(random, warmUp, tally);
  bench.receipts.length = 0;
  bench.nudged.length = 0;
  const before = heapUsed();
  await storm(random, REQUESTS - warmUp, tally);
  const count = (wanted: string) => bench.receipts.filter(([, one]) => one === wanted).length;
  const perReceipt = ['nudge', 'quarantined', 'unauthentic', 'ping', 'unreadable'].map(count);
  bench.receipts.length = 0;
  bench.nudged.length = 0;
  const grown = heapUsed() - before;

  expect(tally.faults.slice(0, 5), `seed ${SEED}`).toEqual([]);
  expect(bench.troubles).toEqual([]);
  // All that was told as taken is there, and nothing but it and the looks of what was kept.
  const rows = await storedRows();
  expect(rows).toBeGreaterThanOrEqual(tally.taken);
  expect(rows).toBeLessThanOrEqual(tally.taken + tally.kept);
  expect(grown, 'growth of the heap').toBeLessThan(HEAP_BOUND_BYTES);
  // A fuzz that all falls at the first fence shows nothing.
  for (const each of perReceipt) expect(each).toBeGreaterThan(0);
  for (const status of [200, 401, 404, 415]) {
    expect(tally.statuses.get(status) ?? 0, `answers ${status}`).toBeGreaterThan(0);
  }
});

it('what is no HTTP at all leaves nothing and stops nothing', async () => {
  const random = randomOf(SEED + 1);
  const before = await storedRows();
  for (let n = 0; n < 500; n += 1) {
    const length = random.int(300);
    const bytes = Buffer.from(Array.from({ length }, () => random.int(256)));
    const start = random.pick(['', 'POST /webhooks/woocommerce/main HTTP/1.1\r\n', 'GET ', '\r\n']);
    const { status } = await sendBytes(
      bench.server.url,
      Buffer.concat([Buffer.from(start), bytes]),
      true,
    );
    expect(status).toBeLessThan(500);
  }
  expect(await storedRows()).toBe(before);
  expect((await fetch(bench.server.url)).status).toBe(404);
});
