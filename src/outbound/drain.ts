import { instantOf } from '../orders/time.js';
import { type DeliverDeps, deliver } from './deliver.js';

export interface DrainDeps extends DeliverDeps {
  /** This process, as others see it. */
  readonly holder: string;
  readonly isDead: (holder: string) => boolean;
}

export interface Drained {
  readonly delivered: number;
  readonly failed: number;
  /** Another process has the subscription in hand, or took it over. */
  readonly isElsewhere: boolean;
}

/** Longer than several attempts; what a process left that died elsewhere waits for so long. */
const CLAIM_TTL_MS = 120_000;

/**
 * Delivers what is due to one subscription, one after the other, under a claim. `stop` ends it after
 * the attempt under way, `abort` ends that too. Nothing says that an attempt is under way, so one
 * whose end was not stored is made again, with the same id: at least once, never less.
 */
export async function drain(
  deps: DrainDeps,
  id: string,
  { stop, abort }: { readonly stop: AbortSignal; readonly abort: AbortSignal },
): Promise<Drained> {
  const { store, clock, holder, isDead } = deps;
  const name = `subscription:${id}`;
  const now = () => instantOf(clock.now());
  const expiresAt = () => instantOf(clock.now() + CLAIM_TTL_MS);
  const claim = { name, holder, isDead, now: now(), expiresAt: expiresAt() };
  const counts = { delivered: 0, failed: 0 };
  if (!(await store.acquireClaim(claim)).taken) return { ...counts, isElsewhere: true };
  let renewedMs = clock.now();
  try {
    while (!stop.aborted) {
      const [dispatch] = await store.dueDispatches(id, now(), 1);
      // Read each time: a person may have changed or disabled it.
      const subscription = await store.subscription(id);
      if (!dispatch || !subscription?.enabled) break;
      if (clock.now() - renewedMs > CLAIM_TTL_MS / 4) {
        const isKept = await store.renewClaim(name, holder, expiresAt(), now());
        if (!isKept) return { ...counts, isElsewhere: true };
        renewedMs = clock.now();
      }
      const outcome = await deliver(deps, subscription, dispatch, abort);
      if (!outcome) break;
      counts[outcome.kind === 'delivered' ? 'delivered' : 'failed'] += 1;
    }
  } finally {
    await store.releaseClaim(name, holder);
  }
  return { ...counts, isElsewhere: false };
}
