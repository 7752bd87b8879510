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
const SAMPLE_EVERY = 1000;
const MEGABYTE = 1024 * 1024;

/** The daemon's next poll is minutes away. */
const REST_MS = 5000;

/** The memory of a process that reads a shop of 100,000 orders for the first time. */
export async function measureBackfill({ configPath }: Surroundings): Promise<readonly Row[]> {
  const shop = await startShop(ORDERS);
  try {
    return await inFolder(async (folder) => {
      const clock = clockFrom(SHOP_NOW);
      const app = await createApp(benchConfig(configPath, folder, shop.url), { clock });
      const samples: number[] = [];
      const onProgress = ({ done }: { done: number }) => {
        if (done < (samples.length + 1) * SAMPLE_EVERY) return;
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
        atMost(
          'backfill: mean RSS, the last quarter / the second',
          meanOf(samples, 75, 100) / meanOf(samples, 25, 50),
          1.1,
          'x',
        ),
        told(
          'backfill: mean RSS of each quarter (MB)',
          [0, 25, 50, 75].map((from) => shown(meanOf(samples, from, from + 25))).join(', '),
        ),
        told('backfill: the highest RSS at any moment', `${shown(peak)} MB`),
        told('backfill: orders a second, the stand-in included', shown(ORDERS / seconds)),
        told('backfill: the SQLite file', `${shown(fileMegabytes)} MB`),
      ];
    });
  } finally {
    await shop.stop();
  }
}

/** From one hundredth of the orders to another. */
function meanOf(samples: readonly number[], from: number, to: number): number {
  const some = samples.slice((from * samples.length) / 100, (to * samples.length) / 100);
  return some.reduce((sum, each) => sum + each, 0) / some.length;
}

async function restingRss(): Promise<number> {
  await setTimeout(REST_MS);
  return process.memoryUsage.rss() / MEGABYTE;
}
