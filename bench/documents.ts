import { join } from 'node:path';
import { type App, createApp } from '../src/app.js';
import type { OrderObservation } from '../src/orders/observation.js';
import { systemClock } from '../src/runtime/clock.js';
import { openStore } from '../src/store/open-store.js';
import { readOrder } from '../src/woocommerce/items.js';
import { insertBare } from './bare-insert.js';
import { benchConfig } from './bench-config.js';
import { inFolder, median, milliseconds } from './measure.js';
import type { Surroundings } from './measures.js';
import { readObservations } from './observations.js';
import { atLeast, type Row, shown, told } from './row.js';

const ROUNDS = 5;
const ORDERS = 2000;
const PAGE = 100;

/** Order to document to posting, committed: orders a second of one process, with and without parsing. */
export async function measureDocuments({ configPath }: Surroundings): Promise<readonly Row[]> {
  const orders = await readObservations(ORDERS, ({ order }) =>
    ['processing', 'completed'].includes(order.status),
  );
  const plain: number[] = [];
  const parsed: number[] = [];
  const bare: number[] = [];
  // The first round warms up and does not count.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const rates = await inFolder((folder) => oneRound(configPath, folder, orders));
    if (round === 0) continue;
    plain.push(rates.plain);
    parsed.push(rates.parsed);
    bare.push(rates.bare);
  }
  const rate = median(plain);
  return [
    atLeast('order -> document -> posting committed', rate, 2000, 'a second'),
    atLeast('the same from the JSON of a page of 100', median(parsed), 2000, 'a second'),
    told('the same rows inserted bare', `${shown(median(bare))} a second`),
    told('intake against bare inserts', `${shown(rate / median(bare))} x`),
  ];
}

async function oneRound(configPath: string, folder: string, orders: readonly OrderObservation[]) {
  const plainFolder = join(folder, 'plain');
  const pages = inPages(orders);
  const texts = pages.map((page) => `[${page.map(({ raw }) => raw).join(',')}]`);
  const plain = await withApp(configPath, plainFolder, async ({ intake, store }) => {
    const taken = await milliseconds(async () => {
      for (const page of pages) await intake.accept(page);
    });
    const { queued } = await store.postingCounts('journal');
    if (queued < orders.length * 0.9) throw new Error(`only ${queued} documents were made`);
    return taken;
  });
  const parsed = await withApp(configPath, join(folder, 'parsed'), async ({ intake }) =>
    milliseconds(async () => {
      for (const text of texts) await intake.accept(parse(text));
    }),
  );
  const target = join(folder, 'bare.db');
  const empty = await openStore({ database: target, clock: systemClock });
  await empty.close();
  const bare = await insertBare(join(plainFolder, 'orderpark.db'), target);
  const perSecond = (taken: number) => (orders.length * 1000) / taken;
  return { plain: perSecond(plain), parsed: perSecond(parsed), bare: perSecond(bare) };
}

async function withApp<Result>(
  configPath: string,
  folder: string,
  work: (app: App) => Promise<Result>,
): Promise<Result> {
  const app = await createApp(benchConfig(configPath, folder, 'http://127.0.0.1:9'));
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

function parse(text: string): OrderObservation[] {
  const items: readonly unknown[] = JSON.parse(text);
  const startedAtMs = Date.now();
  return items.map((item) => {
    const read = readOrder(item, { shop: 'demo', source: 'poll', startedAtMs });
    if (!read.ok) throw new Error(read.unreadable.reason);
    return read.value;
  });
}

function inPages(orders: readonly OrderObservation[]): OrderObservation[][] {
  return Array.from({ length: Math.ceil(orders.length / PAGE) }, (_, page) =>
    orders.slice(page * PAGE, (page + 1) * PAGE),
  );
}
