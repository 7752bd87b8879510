import { addDays, type Instant, instantOf, type LocalDate } from '../orders/time.js';
import { underClaim } from '../poller/claim.js';
import { type Counts, count, type LegShop } from '../poller/leg.js';
import { type RunReport, recordRun } from '../poller/run.js';
import { startOfLocalDay } from '../runtime/zoned.js';
import { expireParked, recheckBooked, recheckParked } from './recheck.js';
import { retryQuarantined } from './retry-quarantined.js';
import type { BatchDeps } from './settings.js';
import { makeStatement, type Statement } from './statement.js';

export interface BatchOptions {
  /** Also where the batch of that date is done. */
  readonly force?: boolean;
}

export type BatchReport =
  | { readonly state: 'busy'; readonly holder: string; readonly since: Instant }
  | { readonly state: 'already-done' }
  | {
      readonly state: RunReport['state'];
      readonly run: RunReport;
      /** Orders that were parked past the look-back and are rechecked no more. */
      readonly expired: readonly number[];
      /** Absent where the run did not get that far. */
      readonly statement?: Statement;
    };

/**
 * The nightly batch of a shop, for one local date. Each of its steps can be done again without harm,
 * so a batch that was cut off is simply run again.
 */
export async function runBatch(
  deps: BatchDeps,
  shop: LegShop,
  localDate: LocalDate,
  options: BatchOptions,
  signal: AbortSignal,
): Promise<BatchReport> {
  const claimed = await underClaim(deps, `batch:${shop.id}`, signal, async (held) => {
    if (!options.force && (await isDone(deps, shop, localDate))) {
      return { state: 'already-done' } as const;
    }
    return batchClaimed(deps, shop, localDate, held);
  });
  if (!claimed.taken) return { state: 'busy', holder: claimed.holder, since: claimed.since };
  return claimed.result;
}

async function isDone({ store }: BatchDeps, shop: LegShop, localDate: LocalDate): Promise<boolean> {
  const filter = { kind: 'batch', subject: shop.id, localDate, state: 'done' } as const;
  return (await store.runs(filter, 1)).length > 0;
}

async function batchClaimed(
  deps: BatchDeps,
  shop: LegShop,
  localDate: LocalDate,
  signal: AbortSignal,
): Promise<BatchReport> {
  const expired: number[] = [];
  let statement: Statement | undefined;
  const run = await recordRun(
    deps,
    { kind: 'batch', shop: shop.id, localDate },
    signal,
    async (counts: Counts) => {
      const window = lookBack(deps, localDate);
      await recheckParked(deps, shop, counts, signal);
      await recheckBooked(deps, shop, window.from, counts, signal);
      expired.push(...(await expireParked(deps, shop, counts, signal)));
      await retryQuarantined(deps, shop, counts, signal);
      statement = await makeStatement(deps, shop, window, signal);
      await keepStatement(deps, statement);
      count(counts, 'difference', statement.difference.count);
    },
  );
  report(deps, shop, expired, statement);
  return { state: run.state, run, expired, ...(statement ? { statement } : {}) };
}

/** Whole days before the batch's date, so that orders of this very moment are left to the next. */
function lookBack({ zone, lookBackDays }: BatchDeps, localDate: LocalDate) {
  return {
    from: instantOf(startOfLocalDay(addDays(localDate, -lookBackDays), zone)),
    to: instantOf(startOfLocalDay(localDate, zone)),
  };
}

async function keepStatement({ store }: BatchDeps, statement: Statement): Promise<void> {
  const { shop, from, to, madeAt } = statement;
  const body = JSON.stringify(statement);
  await store.transaction((tx) => tx.addStatement({ shop, from, to, madeAt, body }));
}

/** What a person should hear of. */
function report(
  { logger }: BatchDeps,
  { id: shop }: LegShop,
  expired: readonly number[],
  statement: Statement | undefined,
): void {
  if (expired.length > 0) {
    logger.warn(
      { shop, count: expired.length, orderIds: expired.slice(0, MOST_NAMED) },
      'orders stayed parked for the whole look-back and are no longer rechecked',
    );
  }
  if (statement && statement.difference.count > 0) {
    const { count: number, orderIds } = statement.difference;
    logger.warn(
      { shop, count: number, orderIds: orderIds.slice(0, MOST_NAMED) },
      'the statement shows a difference between the shop and us',
    );
  }
}

const MOST_NAMED = 20;
