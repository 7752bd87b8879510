import { instantOf, type LocalDate } from '../orders/time.js';
import type { NewRun, RunEnd, RunKind } from '../store/store.js';
import { ShopError } from '../woocommerce/shop-error.js';
import { ClaimLostError } from './claim.js';
import type { Counts, LegDeps } from './leg.js';
import { RestlessListError } from './walk.js';

/** How a run ended. */
export interface RunReport {
  readonly kind: RunKind;
  /** `stopped`: we were asked to; what is left is taken up the next time. */
  readonly state: RunEnd['state'];
  readonly counts: Readonly<Record<string, number>>;
  /** Absent where it is done or stopped. */
  readonly error?: { readonly message: string; readonly fix: string };
}

export interface RunOptions {
  readonly kind: RunKind;
  readonly shop: string;
  readonly localDate?: LocalDate;
}

/**
 * Does `work` as a run that is recorded from its start. The caller has the claim, so a run of the
 * same kind that is still `running` belongs to a process that died. Trouble with the shop is an
 * outcome; any other error is recorded and thrown.
 */
export async function recordRun(
  deps: LegDeps,
  { kind, shop, localDate }: RunOptions,
  signal: AbortSignal,
  work: (counts: Counts) => Promise<void>,
): Promise<RunReport> {
  const { store, clock, logger } = deps;
  await closeAbandoned(deps, kind, shop);
  const startedAt = instantOf(clock.now());
  const run: NewRun = { kind, subject: shop, localDate: localDate ?? null, startedAt };
  const id = await store.transaction((tx) => tx.addRun(run));
  const counts: Counts = {};
  const finish = async (state: RunEnd['state'], error: string | null) => {
    const endedAt = instantOf(clock.now());
    await store.transaction((tx) => tx.finishRun(id, { state, endedAt, counts, error }));
  };
  try {
    await work(counts);
    await finish('done', null);
    logger.info({ shop, ...counts }, `${kind} done`);
    return { kind, state: 'done', counts };
  } catch (error) {
    const { state, told } = judgeEnd(error, signal);
    await finish(state, state === 'stopped' ? null : messageOf(error));
    if (state === 'stopped') return { kind, state, counts };
    if (!told) throw error;
    logger.warn(
      { shop, reason: told.message, fix: told.fix },
      `${kind} failed; it will be tried again`,
    );
    return { kind, state, counts, error: told };
  }
}

async function closeAbandoned({ store, clock }: LegDeps, kind: RunKind, subject: string) {
  const abandoned = await store.runs({ kind, subject, state: 'running' }, 100);
  if (abandoned.length === 0) return;
  const endedAt = instantOf(clock.now());
  const error = 'the process ended before the run did';
  await store.transaction(async (tx) => {
    for (const { id, counts } of abandoned) {
      await tx.finishRun(id, { state: 'failed', endedAt, counts, error });
    }
  });
}

interface End {
  readonly state: 'failed' | 'stopped';
  /** Absent for an error that no one can name a fix for. */
  readonly told?: { readonly message: string; readonly fix: string };
}

function judgeEnd(error: unknown, signal: AbortSignal): End {
  if (signal.aborted) {
    if (!(signal.reason instanceof ClaimLostError)) return { state: 'stopped' };
    const fix = 'Nothing: the other process does this work now.';
    return { state: 'failed', told: { message: signal.reason.message, fix } };
  }
  if (error instanceof ShopError) {
    return { state: 'failed', told: { message: error.message, fix: error.fix } };
  }
  if (error instanceof RestlessListError) {
    const fix = 'Nothing, unless it repeats: then empty no trash of orders while it runs.';
    return { state: 'failed', told: { message: error.message, fix } };
  }
  return { state: 'failed' };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
