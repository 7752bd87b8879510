import type { App } from '../app.js';
import { instantOf } from '../orders/time.js';
import { nextBatchAt } from '../runtime/batch-date.js';
import { nextCronAt } from '../runtime/cron.js';
import type {
  HistoryEntry,
  Nudge,
  StoredDocument,
  StoredOrder,
  StoredPosting,
} from '../store/store.js';

/** All that there is to say of why an order is where it is. */
export interface OrderLife {
  readonly order: StoredOrder;
  readonly documents: readonly StoredDocument[];
  readonly postings: readonly StoredPosting[];
  readonly history: readonly HistoryEntry[];
  /** The last ones that webhooks brought, newest first. */
  readonly nudges: readonly Nudge[];
  /** When the nightly batch runs next. */
  readonly nextBatchAt: string;
  /** When the shop is polled next. */
  readonly nextPollAt: string;
}

/** `nudges`: of a busy order, so many of the latest webhooks. */
export async function readLife(
  { store, config, clock }: Pick<App, 'store' | 'config' | 'clock'>,
  order: StoredOrder,
  nudges: number,
): Promise<OrderLife> {
  const { shop, id } = order;
  const documents = await store.documentsOf(shop, id);
  return {
    order,
    documents,
    postings: await store.postingsOf(documents.map(({ document }) => document.key)),
    history: await store.history(shop, id),
    nudges: await store.nudgesOf(shop, id, nudges),
    ...nextLooks({ config, clock }),
  };
}

/** When the shops are looked at next, by their schedules. */
export function nextLooks({
  config,
  clock,
}: Pick<App, 'config' | 'clock'>): Pick<OrderLife, 'nextBatchAt' | 'nextPollAt'> {
  const { timezone: zone, batch, poll } = config;
  return {
    nextBatchAt: nextBatchAt(clock.now(), { zone, at: batch.at }),
    nextPollAt: instantOf(nextCronAt(poll, clock.now(), zone)),
  };
}
