import { epochMsOf, instantOf } from '../orders/time.js';
import { DAY_MS, retryDelayMs } from '../runtime/retry-delay.js';
import type { Dispatch, DispatchMove, StoredSubscription } from '../store/store.js';

/** How an attempt ended. */
export type Outcome =
  | { readonly kind: 'delivered' }
  /** Its receiver wants nothing more, for good (410). */
  | { readonly kind: 'gone'; readonly reason: string }
  /** `afterMs`: the receiver asked to be left alone for so long. */
  | { readonly kind: 'failed'; readonly reason: string; readonly afterMs?: number };

export interface AttemptContext {
  readonly dispatch: Dispatch;
  readonly subscription: StoredSubscription;
  /** When the attempt began, and when it ended, in milliseconds since the epoch. */
  readonly startedMs: number;
  readonly nowMs: number;
  /** In [0, 1). */
  readonly random: number;
}

/** What is to be stored. */
export interface Aftermath {
  readonly move: DispatchMove;
  readonly subscription: StoredSubscription;
}

/** One event is tried for so long, and then given up. */
const TRIED_FOR_MS = 5 * DAY_MS;
/** A subscription is disabled after so long, and so many attempts, of nothing but failure. */
const FAILING_FOR_MS = 5 * DAY_MS;
const LEAST_FAILURES = 10;
/** A receiver that asks for more gets no more than that. */
const LONGEST_ASKED_MS = DAY_MS;

const GONE = 'It answered 410 (gone): it wants nothing more.';

/** Decides what follows from an attempt: for the event, and for its subscription. Pure. */
export function afterAttempt(outcome: Outcome, context: AttemptContext): Aftermath {
  const { subscription, nowMs } = context;
  const now = instantOf(nowMs);
  switch (outcome.kind) {
    case 'delivered':
      return {
        move: moveTo('delivered', null, context),
        subscription: { ...subscription, failures: 0, failingSince: null, deliveredAt: now },
      };
    case 'gone':
      return {
        move: moveTo('failed', null, context),
        subscription: disabled(failedOnceMore(context), GONE, now),
      };
    case 'failed':
      return afterFailure(outcome, context);
  }
}

function afterFailure(
  { reason, afterMs = 0 }: Outcome & { readonly kind: 'failed' },
  context: AttemptContext,
): Aftermath {
  const { dispatch, nowMs, random } = context;
  const askedMs = Math.min(afterMs, LONGEST_ASKED_MS);
  const dueMs = nowMs + Math.max(retryDelayMs(dispatch.attempts + 1, random), askedMs);
  const isGivenUp = dueMs - epochMsOf(firstTriedAt(context)) > TRIED_FOR_MS;
  const subscription = failedOnceMore(context);
  const failingMs = dueMs - epochMsOf(subscription.failingSince ?? instantOf(nowMs));
  const isHopeless = subscription.failures >= LEAST_FAILURES && failingMs > FAILING_FOR_MS;
  return {
    move: isGivenUp
      ? moveTo('failed', null, context)
      : moveTo('waiting', instantOf(dueMs), context),
    subscription: isHopeless
      ? disabled(subscription, hopeless(subscription, reason), instantOf(nowMs))
      : subscription,
  };
}

function moveTo(
  to: DispatchMove['to'],
  dueAt: DispatchMove['dueAt'],
  context: AttemptContext,
): DispatchMove {
  const { dispatch, nowMs } = context;
  return {
    subscriptionId: dispatch.subscriptionId,
    eventId: dispatch.event.id,
    attempts: dispatch.attempts,
    to,
    dueAt,
    firstTriedAt: firstTriedAt(context),
    now: instantOf(nowMs),
  };
}

function firstTriedAt({ dispatch, startedMs }: AttemptContext) {
  return dispatch.firstTriedAt ?? instantOf(startedMs);
}

function failedOnceMore({ subscription, startedMs }: AttemptContext): StoredSubscription {
  const { failures, failingSince } = subscription;
  return {
    ...subscription,
    failures: failures + 1,
    failingSince: failingSince ?? instantOf(startedMs),
  };
}

function disabled(
  subscription: StoredSubscription,
  disabledReason: string,
  now: string,
): StoredSubscription {
  // A person was faster.
  if (!subscription.enabled) return subscription;
  return { ...subscription, enabled: false, disabledAt: now, disabledReason, updatedAt: now };
}

function hopeless({ failures, failingSince }: StoredSubscription, reason: string): string {
  return `All ${failures} attempts since ${failingSince} failed; the last time ${reason}.`;
}
