import { createApp } from '../src/app.js';
import type { Config } from '../src/config/config.js';
import type { Destination } from '../src/export/destination.js';
import type { OrderObservation } from '../src/orders/observation.js';
import { benchConfig } from './bench-config.js';
import { inFolder } from './measure.js';
import type { Surroundings } from './measures.js';
import { readObservations } from './observations.js';

const DIFFERENT = 1000;

export interface Booked {
  /** When each document was posted, in milliseconds. */
  readonly postedAt: readonly number[];
  /** RSS in megabytes after each hundredth of the documents. */
  readonly rssMegabytes: readonly number[];
}

/** Books so many documents in the destination that `open` makes in a folder of its own. */
export async function bookDocuments(
  { configPath }: Surroundings,
  count: number,
  open: (config: Config, folder: string) => Destination,
): Promise<Booked> {
  const orders = await readObservations(DIFFERENT, ({ order }) => order.status === 'completed');
  return inFolder(async (folder) => {
    const postedAt: number[] = [];
    const rssMegabytes: number[] = [];
    const onPosted = () => {
      postedAt.push(performance.now());
      if (postedAt.length % Math.ceil(count / 100) > 0) return;
      rssMegabytes.push(process.memoryUsage.rss() / 2 ** 20);
    };
    const app = await createApp(benchConfig(configPath, folder, 'http://127.0.0.1:9'), {
      destinations: (config) => [watched(open(config, folder), onPosted)],
    });
    try {
      for (let start = 0; start < count * 1.1; start += 100) {
        await app.intake.accept(pageFrom(orders, start));
      }
      await app.worker.runOnce(undefined, new AbortController().signal);
    } finally {
      await app.close();
    }
    return { postedAt, rssMegabytes };
  });
}

/** Documents a second, from one to another. */
export function rateOf({ postedAt }: Booked, from: number, to: number): number {
  const begin = postedAt[from] ?? Number.NaN;
  const end = postedAt[to - 1] ?? Number.NaN;
  return ((to - from) * 1000) / (end - begin);
}

function watched(destination: Destination, onPosted: () => void): Destination {
  return {
    id: destination.id,
    kind: destination.kind,
    can: destination.can,
    find: (...args) => destination.find(...args),
    check: (...args) => destination.check(...args),
    async post(...args) {
      const outcome = await destination.post(...args);
      onPosted();
      return outcome;
    },
  };
}

/** The same orders over and over, each time under other ids. */
function pageFrom(orders: readonly OrderObservation[], start: number): OrderObservation[] {
  return Array.from({ length: 100 }, (_, index) => {
    const seen = orders[(start + index) % orders.length];
    if (!seen) throw new Error('there are no orders');
    const id = 1_000_000 + start + index;
    return { ...seen, orderId: id, order: { ...seen.order, id, number: String(id) } };
  });
}
