import type { Logger } from '../runtime/logger.js';
import type { NewNudge, NewQuarantineEntry, Store } from '../store/store.js';
import { createGroupCommit, type GroupCommit } from './group-commit.js';

/** What is kept of a delivery. */
export type Row =
  | { readonly kind: 'nudge'; readonly nudge: NewNudge }
  /** `look`: something changed, and the delivery did not say what. */
  | { readonly kind: 'quarantine'; readonly entry: NewQuarantineEntry; readonly look: boolean };

export interface StoringOptions {
  readonly store: Store;
  readonly logger: Logger;
  /** Nudges of a shop were stored. */
  readonly onNudges: (shopId: string) => void;
  /** A commit failed, or (`null`) one succeeded after one that failed. */
  readonly onTrouble: (error: unknown | null) => void;
}

/** Stores what deliveries leave, many in one transaction. */
export function createStoring(options: StoringOptions): GroupCommit<Row> {
  const { store, logger } = options;
  let isInTrouble = false;

  return createGroupCommit<Row>(async (rows) => {
    const nudges = rows.flatMap(nudgesOf);
    try {
      await store.transaction(async (tx) => {
        for (const row of rows) if (row.kind === 'quarantine') await tx.addQuarantine(row.entry);
        await tx.addNudges(nudges);
      });
    } catch (error) {
      // Of the same trouble the log says so once, however many deliveries meet it.
      if (!isInTrouble) logger.warn({ err: error }, 'deliveries cannot be stored: they get 503');
      isInTrouble = true;
      tell(() => options.onTrouble(error));
      throw error;
    }
    if (isInTrouble) {
      isInTrouble = false;
      logger.info({}, 'deliveries can be stored again');
      tell(() => options.onTrouble(null));
    }
    for (const shop of new Set(nudges.map((nudge) => nudge.shop))) {
      tell(() => options.onNudges(shop));
    }
  });

  /** What is stored is stored, whatever those who are told of it do. */
  function tell(telling: () => void): void {
    try {
      telling();
    } catch (error) {
      logger.error({ err: error }, 'what follows a delivery failed');
    }
  }
}

/**
 * A delivery that says that something changed, and not what, has the shop polled. Its nudge and its
 * entry have the same time, by which `closeKept` knows what that poll has seen.
 */
function nudgesOf(row: Row): NewNudge[] {
  if (row.kind === 'nudge') return [row.nudge];
  if (!row.look) return [];
  const { shop, at } = row.entry;
  return [{ shop, orderId: null, topic: 'look', receivedAt: at, dueAt: at }];
}
