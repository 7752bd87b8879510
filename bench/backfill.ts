import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createApp } from '../src/app.js';
import { clockFrom } from './bench-clock.js';
import { benchConfig } from './bench-config.js';
import { inFolder } from './measure.js';
import type { Surroundings } from './measures.js';
import { atMost, type Row, shown, told } from './row.js';
import { SHOP_NOW, startShop } from './shop.js';

const ORDERS = 100_000;
const SAMPLES = [10_000, 25_000, 50_000, 75_000, ORDERS];
const MEGABYTE = 1024 * 1024;

/** Long enough for V8 to see that nothing happens; the daemon's next poll is minutes away. */
const REST_MS = 20_000;

/** The memory of a process that reads a shop of 100,000 orders for the first time. */
export async function measureBackfill({ configPath }: Surroundings): Promise<readonly Row[]> {
  const shop = await startShop(ORDERS);
  try {
    return await inFolder(async (folder) => {
      const clock = clockFrom(SHOP_NOW);
      const app = await createApp(benchConfig(configPath, folder, shop.url), { clock });
      const samples: number[] = [];
      const onProgress = ({ done }: { done: number }) => {
        const next = SAMPLES[samples.length];
        if (next === undefined || done < next) return;
        samples.push(process.memoryUsage.rss() / MEGABYTE);
      };
      const startedAt = performance.now();
      let seconds: number;
      let after: number;
      try {
        const { state } = await app.poll('demo', { onProgress }, new AbortController().signal);
        if (state !== 'done') throw new Error(`it ended ${state}`);
        seconds = (performance.now() - startedAt) / 1000;
        after = await restingRss();
      } finally {
        await app.close();
      }
      const peak = process.resourceUsage().maxRSS / 1024;
      const fileMegabytes = statSync(join(folder, 'orderpark.db')).size / MEGABYTE;
      return [
        atMost('RSS after a backfill of 100,000 orders', after, 200, 'MB'),
        atMost('backfill: RSS at 100,000 / at 25,000', growth(samples), 1.1, 'x'),
        told('backfill: RSS on the way (MB)', samples.map(sampleText).join(', ')),
        told('backfill: the highest RSS at any moment', `${shown(peak)} MB`),
        told('backfill: orders a second, the stand-in included', shown(ORDERS / seconds)),
        told('backfill: the SQLite file', `${shown(fileMegabytes)} MB`),
      ];
    });
  } finally {
    await shop.stop();
  }
}

function sampleText(megabytes: number, index: number): string {
  return `${(SAMPLES[index] ?? 0) / 1000}k ${shown(megabytes)}`;
}

function growth(samples: readonly number[]): number {
  return (samples.at(-1) ?? Number.NaN) / (samples[1] ?? Number.NaN);
}

async function restingRss(): Promise<number> {
  await setTimeout(REST_MS);
  return process.memoryUsage.rss() / MEGABYTE;
}
