import { createApp } from '../src/app.js';
import type { Destination } from '../src/export/destination.js';
import { createJournal } from '../src/export/destinations/journal/journal.js';
import type { OrderObservation } from '../src/orders/observation.js';
import { benchConfig } from './bench-config.js';
import { inFolder } from './measure.js';
import type { Surroundings } from './measures.js';
import { readObservations } from './observations.js';
import { type Row, shown, told } from './row.js';

const DOCUMENTS = 10_000;
const DIFFERENT = 1000;
const PART = 1000;

/** Documents booked in an hledger journal a second: the first thousand against the last. */
export async function measureJournal({ configPath }: Surroundings): Promise<readonly Row[]> {
  const orders = await readObservations(DIFFERENT, ({ order }) => order.status === 'completed');
  return inFolder(async (folder) => {
    const postedAt: number[] = [];
    const app = await createApp(benchConfig(configPath, folder, 'http://127.0.0.1:9'), {
      destinations: (config) =>
        config.books.flatMap((books) =>
          books.type === 'journal'
            ? [timed(createJournal(books), () => performance.now(), postedAt)]
            : [],
        ),
    });
    try {
      for (let start = 0; start < DOCUMENTS * 1.1; start += 100) {
        await app.intake.accept(pageFrom(orders, start));
      }
      await app.worker.runOnce('journal', new AbortController().signal);
    } finally {
      await app.close();
    }
    const rate = (from: number, to: number) =>
      ((to - from) * 1000) / ((postedAt[to - 1] ?? Number.NaN) - (postedAt[from] ?? Number.NaN));
    const first = rate(0, PART);
    const last = rate(DOCUMENTS - PART, DOCUMENTS);
    return [
      told(`journal: documents booked, the first ${PART}`, `${shown(first)} a second`),
      told(`journal: the last ${PART} of ${DOCUMENTS}`, `${shown(last)} a second`),
      told('journal: last against first', `${shown(last / first)} x`),
    ];
  });
}

function timed(destination: Destination, now: () => number, postedAt: number[]): Destination {
  return {
    id: destination.id,
    kind: destination.kind,
    can: destination.can,
    find: (...args) => destination.find(...args),
    check: (...args) => destination.check(...args),
    async post(...args) {
      const outcome = await destination.post(...args);
      postedAt.push(now());
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
