import { type App, createApp } from '../src/app.js';
import { clockFrom, DAY_MS } from './bench-clock.js';
import { benchConfig } from './bench-config.js';
import { inFolder, median } from './measure.js';
import type { Surroundings } from './measures.js';
import { type RequestTimes, watchRequests } from './requests.js';
import { atMost, type Row, shown, told } from './row.js';
import { SHOP_NOW, startShop } from './shop.js';

/** Orders are read in stretches; of some, so that no neighbour on the machine spoils them all. */
const STRETCH = 2000;
/** Node compiles what runs often in the first seconds; the process is meant to run for months. */
const WARM_UP = 4;
const STRETCHES = 11;
/** What the recorded shop took for a page of 100: whole orders, and the statement's few fields (its README, fact 14). */
const RECORDED_PAGE_MS = 359;
const RECORDED_FIELDS_MS = 166;
/** The most that our CPU may take of the shop's time. */
const MOST_PERCENT = 10;

/** Our CPU while a shop is read, beside the time the shop takes to answer. */
export async function measurePoll({ configPath }: Surroundings): Promise<readonly Row[]> {
  const shop = await startShop(STRETCH * STRETCHES);
  try {
    return await inFolder(async (folder) => {
      const clock = clockFrom(SHOP_NOW);
      const app = await createApp(benchConfig(configPath, folder, shop.url), { clock });
      try {
        const read = await firstRead(app);
        clock.advance(DAY_MS);
        return [...read, ...(await nightlyBatch(app))];
      } finally {
        await app.close();
      }
    });
  } finally {
    await shop.stop();
  }
}

async function firstRead(app: App): Promise<Row[]> {
  const stretches: { pageMs: number; ofStandIn: number }[] = [];
  let from = 0;
  let meter = startMeter();
  const onProgress = ({ done }: { done: number }) => {
    if (done < from + STRETCH) return;
    const { cpuMs, times } = meter();
    stretches.push({ pageMs: cpuMs / ((done - from) / 100), ofStandIn: cpuMs / times.shopMs });
    from = done;
    meter = startMeter();
  };
  const { state } = await app.poll('demo', { onProgress }, new AbortController().signal);
  meter();
  if (state !== 'done') throw new Error(`the poll ended ${state}`);
  const warm = stretches.slice(WARM_UP);
  const pages = warm.map(({ pageMs }) => pageMs);
  const pageMs = median(pages);
  return [
    ofRecorded('first read', pageMs / RECORDED_PAGE_MS),
    told(
      'first read: our CPU a page of 100 new orders',
      `${shown(pageMs)} ms (${shown(Math.min(...pages))} to ${shown(Math.max(...pages))})`,
    ),
    told(
      'first read: the same while Node still compiles',
      `${shown(stretches[0]?.pageMs ?? Number.NaN)} ms`,
    ),
    ofStandIn('first read', median(warm.map((stretch) => stretch.ofStandIn))),
  ];
}

async function nightlyBatch(app: App): Promise<Row[]> {
  const meter = startMeter();
  const { state } = await app.batch('demo', {}, new AbortController().signal);
  const { cpuMs, times } = meter();
  if (state !== 'done') throw new Error(`the batch ended ${state}`);
  // What was not asked for by id is the statement's list, whose last page is empty.
  const listed = times.count - times.byId - 1;
  const recordedMs = times.byId * RECORDED_PAGE_MS + listed * RECORDED_FIELDS_MS;
  return [
    ofRecorded('nightly batch', cpuMs / recordedMs),
    told(
      'nightly batch: our CPU a request',
      `${shown(cpuMs / times.count)} ms, of ${times.count} requests`,
    ),
    ofStandIn('nightly batch', cpuMs / times.shopMs),
  ];
}

function ofRecorded(what: string, share: number): Row {
  return atMost(`${what}: our CPU / the recorded shop's time`, share * 100, MOST_PERCENT, '%');
}

function ofStandIn(what: string, share: number): Row {
  return told(`${what}: our CPU / the stand-in's time`, `${shown(share * 100)} %`);
}

/** CPU of the whole process: its threads for garbage and compression too. */
function startMeter(): () => { cpuMs: number; times: RequestTimes } {
  const watched = watchRequests();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { cpuMs: (user + system) / 1000, times: watched.stop() };
  };
}
