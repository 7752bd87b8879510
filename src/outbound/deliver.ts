import type { Logger } from '../runtime/logger.js';
import type { Dispatch, Store, StoredSubscription } from '../store/store.js';
import { afterAttempt, type Outcome } from './after-attempt.js';
import { type AttemptDeps, tryToDeliver } from './attempt.js';

export interface DeliverDeps extends AttemptDeps {
  readonly store: Store;
  /** In [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
  /** Told of each attempt that came to an end. */
  readonly onAttempt?: (subscriptionId: string, outcome: Outcome['kind']) => void;
}

/** Makes one attempt and stores what followed. Undefined where `signal` cut it off. */
export async function deliver(
  deps: DeliverDeps,
  subscription: StoredSubscription,
  dispatch: Dispatch,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const tried = await tryToDeliver(deps, subscription, dispatch, signal);
  if (!tried) return undefined;
  const { outcome, attempt, startedMs, endedMs: nowMs } = tried;
  deps.onAttempt?.(subscription.id, outcome.kind);
  const random = deps.random();
  const after = await deps.store.transaction(async (tx) => {
    const current = await tx.subscription(subscription.id);
    if (!current) return undefined;
    await tx.addAttempt(attempt);
    const context = { dispatch, subscription: current, startedMs, nowMs, random };
    const aftermath = afterAttempt(outcome, context);
    await tx.moveDispatch(aftermath.move);
    // What another address answered tells nothing of the one that it has now.
    if (current.url !== subscription.url) return undefined;
    await tx.putSubscription(aftermath.subscription);
    return aftermath.subscription;
  });
  logOutcome(deps.logger, outcome, dispatch, after);
  return outcome;
}

function logOutcome(
  logger: Logger,
  outcome: Outcome,
  { subscriptionId: subscription, event, attempts }: Dispatch,
  after: StoredSubscription | undefined,
): void {
  const fields = { subscription, event: event.id, type: event.type, attempt: attempts + 1 };
  if (outcome.kind === 'delivered') logger.debug(fields, 'event delivered');
  else logger.info({ ...fields, reason: outcome.reason }, 'event not delivered');
  if (after?.enabled === false && after.disabledReason !== null) {
    logger.warn({ subscription, reason: after.disabledReason }, 'a subscription was disabled');
  }
}
