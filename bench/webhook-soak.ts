import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadSqlite } from '../src/store/sqlite/native.js';
import { inFolder, median, percentile } from './measure.js';
import type { Surroundings } from './measures.js';
import { atMost, type Row, shown, told } from './row.js';
import { type BenchShop, SHOP_NOW, startShop } from './shop.js';
import { deliveryOf } from './webhook-deliveries.js';
import type { Figures } from './webhook-figures.js';
import { type LoadResult, load } from './webhook-load.js';
import { type MeasuredProcess, startMeasured } from './webhook-process.js';

const KNOWN_ORDERS = 2000;
const NEW_A_SECOND = 2;
const DELIVERIES_A_SECOND = 100;
const CONNECTIONS = 32;
const SAMPLE_MS = 2_000;
/** Of the whole time: while Node compiles and the shop is read for the first time. */
const WARM_UP = 0.2;
/** Of the samples after that: what counts as start, and as end. */
const EDGE = 0.1;
/** Until what was delivered last has been acted on. */
const AFTERWARDS_MS = 5_000;

/**
 * The whole of `run` under a constant load of webhooks, of which each is acted on: memory and
 * event-loop delay at the start and at the end. Orders come to the shop all the while and are read;
 * hardly any is paid within minutes, so hardly any is booked.
 */
export async function measureSoak({ configPath, minutes }: Surroundings): Promise<readonly Row[]> {
  const seconds = minutes * 60;
  const endMs = Date.parse(SHOP_NOW) + seconds * 1000;
  const script = String(Math.ceil(seconds * NEW_A_SECOND));
  const end = new Date(endMs).toISOString();
  const shop = await startShop(KNOWN_ORDERS, ['--script', script, '--end', end]);
  try {
    return await inFolder(async (folder) => {
      const args = [configPath, folder, shop.url];
      const server = await startMeasured('./webhook-soak-server.js', args, ['--expose-gc']);
      let samples: readonly Figures[];
      let result: LoadResult;
      try {
        [result, samples] = await soak(server, shop, seconds);
        await sleep(AFTERWARDS_MS);
      } finally {
        await server.stop();
      }
      const counts = await countsIn(join(folder, 'orderpark.db'));
      return rowsOf(minutes, result, samples, counts);
    });
  } finally {
    await shop.stop();
  }
}

async function soak(
  server: MeasuredProcess,
  shop: BenchShop,
  seconds: number,
): Promise<[LoadResult, Figures[]]> {
  const samples: Figures[] = [];
  const startedAt = performance.now();
  let newest = KNOWN_ORDERS;
  let sent = 0;
  const watching = setInterval(async () => {
    samples.push(await server.figures());
  }, SAMPLE_MS);
  const living = setInterval(async () => {
    newest = await advance(shop, Date.parse(SHOP_NOW) + performance.now() - startedAt);
  }, 1000);
  try {
    const result = await load({
      url: server.url,
      connections: CONNECTIONS,
      seconds,
      perSecond: DELIVERIES_A_SECOND,
      next() {
        sent += 1;
        // Old and new orders in turn, of the new ones those of the last seconds.
        return deliveryOf(sent % 2 === 0 ? 1 + (sent % KNOWN_ORDERS) : newest - (sent % 10));
      },
    });
    return [result, samples];
  } finally {
    clearInterval(watching);
    clearInterval(living);
  }
}

/** Moves the shop's clock, so that orders come; answers how many there are. */
async function advance(shop: BenchShop, toMs: number): Promise<number> {
  const body = JSON.stringify({ toMs });
  const answer = await fetch(`${shop.url}/__demo/advance`, { method: 'POST', body });
  const { orders }: { orders: number } = JSON.parse(await answer.text());
  return orders;
}

interface Counts {
  readonly nudges: number;
  readonly open: number;
  readonly orders: number;
  readonly booked: number;
}

async function countsIn(path: string): Promise<Counts> {
  const Native = await loadSqlite();
  const db = new Native(path, { readonly: true });
  const count = (text: string) => Number(db.prepare(`select count(*) from ${text}`).pluck().get());
  try {
    return {
      nudges: count('nudges'),
      open: count('nudges where done_at is null'),
      orders: count('orders'),
      booked: count(`postings where state = 'booked'`),
    };
  } finally {
    db.close();
  }
}

function rowsOf(
  minutes: number,
  result: LoadResult,
  samples: readonly Figures[],
  counts: Counts,
): Row[] {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP));
  const edge = Math.max(1, Math.floor(warm.length * EDGE));
  const atStart = (pick: (figures: Figures) => number) => median(warm.slice(0, edge).map(pick));
  const atEnd = (pick: (figures: Figures) => number) => median(warm.slice(-edge).map(pick));
  const both = (pick: (figures: Figures) => number, unit: string) =>
    `${shown(atStart(pick))} -> ${shown(atEnd(pick))} ${unit}`;
  const what = (of: string) => `soak of ${shown(minutes)} min: ${of}`;
  const rss = ({ rssMb }: Figures) => rssMb;
  const percentileOf = (share: number) => shown(percentile(result.latenciesMs, share));
  return [
    atMost(what('RSS at the end / at the start'), atEnd(rss) / atStart(rss), 1.1, 'x'),
    atMost(what('highest RSS'), Math.max(...samples.map(rss)), 200, 'MB'),
    atMost(what('answered and not stored'), result.answered - counts.nudges, 0, 'deliveries'),
    atMost(what('not acted on 5 s later'), counts.open, 0, 'deliveries'),
    told(what('RSS'), both(rss, 'MB')),
    told(
      what('heap in use, collected'),
      both(({ heapMb }) => heapMb, 'MB'),
    ),
    told(
      what('event-loop delay p50'),
      both(({ loopDelayP50Ms }) => loopDelayP50Ms, 'ms'),
    ),
    told(
      what('event-loop delay p99'),
      both(({ loopDelayP99Ms }) => loopDelayP99Ms, 'ms'),
    ),
    told(
      what('CPU of one core'),
      both(({ cpuMs }) => (cpuMs / SAMPLE_MS) * 100, '%'),
    ),
    told(what('deliveries'), `${result.answered}, ${shown(result.perSecond)} a second`),
    told(what('answer'), `p50 ${percentileOf(0.5)}, p99 ${percentileOf(0.99)} ms`),
    told(what('orders read, documents booked'), `${counts.orders}, ${counts.booked}`),
  ];
}
