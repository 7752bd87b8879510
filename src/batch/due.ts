import { epochMsOf, type LocalDate } from '../orders/time.js';
import { type BatchSchedule, dueBatchDate } from '../runtime/batch-date.js';
import type { StoreReads } from '../store/store.js';

/** Between attempts at a batch that failed. */
const TRY_AGAIN_AFTER_MS = 15 * 60_000;

/** A batch made by hand for an earlier date may be newer than the nightly one. */
const RECENT_RUNS = 50;

/**
 * The local date whose batch the shop is due, or `null`. Asked of the store at each heartbeat, so
 * that a night that the process was down for is caught up, and one that failed is tried again.
 */
export async function batchDue(
  store: Pick<StoreReads, 'runs'>,
  shop: string,
  schedule: BatchSchedule,
  nowMs: number,
): Promise<LocalDate | null> {
  const done = await store.runs({ kind: 'batch', subject: shop, state: 'done' }, RECENT_RUNS);
  const dates = done.map(({ localDate }) => localDate).filter((date) => date !== null);
  const lastDone = dates.sort().at(-1);
  const date = dueBatchDate(nowMs, schedule, lastDone);
  if (date === null) return null;
  const [failed] = await store.runs({ kind: 'batch', subject: shop, state: 'failed' }, 1);
  const waitsUntilMs = failed?.endedAt ? epochMsOf(failed.endedAt) + TRY_AGAIN_AFTER_MS : 0;
  return nowMs < waitsUntilMs ? null : date;
}
