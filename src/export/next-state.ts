import { epochMsOf, instantOf } from '../orders/time.js';
import { retryDelayMs } from '../runtime/retry-delay.js';
import type { PostingMove, StoredPosting } from '../store/store.js';
import type { Capabilities, Lookup, Outcome } from './destination.js';
import {
  abandonedDelayMs,
  booksDelayMs,
  isLastAttempt,
  lookupDelayMs,
  settleDelayMs,
} from './retry-delay.js';

/** Whatever can happen to a posting that is `sending` or `uncertain`. */
export type PostingEvent =
  | Outcome
  | Lookup
  /** Its process died, or lost it: the call may have been made. */
  | { readonly kind: 'abandoned' }
  /** Claimed, and given back before the call. */
  | { readonly kind: 'unattempted' };

export interface MoveContext {
  readonly posting: Pick<StoredPosting, 'attempt' | 'queuedAt' | 'updatedAt'>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
  readonly can: Pick<Capabilities, 'searchByReference' | 'mayRepeat'>;
}

/** A posting's move, without the keys that say which posting. */
export type NextState = Omit<PostingMove, 'documentKey' | 'books' | 'attempt' | 'now'>;

/** The one place that decides what follows from an answer of the books, for all alike. */
export function nextState(event: PostingEvent, context: MoveContext): NextState {
  const now = instantOf(context.now);
  switch (event.kind) {
    case 'booked':
      return booked(event.ref, 'Booked.');
    case 'already-booked':
      return booked(event.ref, 'Was in the books already, and agrees.');
    case 'found':
      return booked(event.ref, 'Found in the books.');
    case 'differs':
      return {
        from: ['sending', 'uncertain'],
        to: 'rejected',
        reference: event.ref,
        reason: `Something else is in the books under our reference (${event.ref}): ${event.detail}`,
        fix: 'Compare it in the books. If it is right, mark this posting as booked; else remove it there and send this one again.',
        dueAt: null,
      };
    case 'rejected':
      return {
        from: ['sending'],
        to: 'rejected',
        reason: event.reason,
        fix: event.fix,
        dueAt: null,
      };
    case 'retry':
      return afterRetry(event, context);
    case 'uncertain':
      return uncertain(
        event.reason,
        context,
        settleDelayMs(context.posting.attempt, context.random),
      );
    case 'abandoned':
      return uncertain(
        'The process stopped during the attempt.',
        context,
        abandonedDelayMs(sinceMoved(context)),
      );
    case 'unattempted':
      return {
        from: ['sending'],
        to: 'queued',
        reason: 'Waits to be sent; it was not tried.',
        dueAt: now,
      };
    case 'absent':
      return afterAbsent(context);
    case 'unknown':
      return afterUnknown(event.reason, context);
  }
}

function booked(reference: string, reason: string): NextState {
  // From `uncertain` too: another process may have given this attempt up too early.
  return { from: ['sending', 'uncertain'], to: 'booked', reference, reason, dueAt: null };
}

function afterRetry(
  { reason, scope, afterMs = 0 }: Outcome & { readonly kind: 'retry' },
  context: MoveContext,
): NextState {
  const { posting, now, random } = context;
  const from = ['sending'] as const;
  // A document is not to blame for books that are out of order, however long they are.
  if (scope === 'document' && isTriedEnough(context)) return givenUp(from, reason);
  const delay = scope === 'document' ? retryDelayMs : booksDelayMs;
  const delayMs = Math.max(delay(posting.attempt, random), afterMs);
  return { from, to: 'retrying', reason, dueAt: instantOf(now + delayMs) };
}

function uncertain(reason: string, context: MoveContext, delayMs: number): NextState {
  const { now, can } = context;
  const from = ['sending'] as const;
  if (can.searchByReference) {
    return { from, to: 'uncertain', reason, dueAt: instantOf(now + delayMs) };
  }
  if (can.mayRepeat && !isTriedEnough(context)) return repeated(reason, context);
  return {
    from,
    to: 'uncertain',
    reason,
    fix: 'These books cannot be searched. Look there whether it arrived; then mark it as booked, or send it again.',
    dueAt: null,
  };
}

/** Slower each time, as what failed: who gets it twice is not to get it every few seconds. */
function repeated(reason: string, { posting, now, random }: MoveContext): NextState {
  return {
    from: ['sending'],
    to: 'retrying',
    reason: `${reason} It may have arrived; it is sent again, as the config says.`,
    dueAt: instantOf(now + retryDelayMs(posting.attempt, random)),
  };
}

/** It is certainly not there, so that sending it again is safe. */
function afterAbsent(context: MoveContext): NextState {
  const from = ['uncertain'] as const;
  const reason = 'The attempt before did not arrive.';
  if (isTriedEnough(context)) return givenUp(from, reason);
  return { from, to: 'queued', reason, dueAt: instantOf(context.now) };
}

function afterUnknown(reason: string, context: MoveContext): NextState {
  const delayMs = lookupDelayMs(sinceMoved(context), context.random);
  return {
    from: ['uncertain'],
    to: 'uncertain',
    reason: `The look-up failed: ${reason}`,
    dueAt: instantOf(context.now + delayMs),
  };
}

function givenUp(from: NextState['from'], reason: string): NextState {
  return {
    from,
    to: 'rejected',
    reason: `Tried for a week. The last time: ${reason}`,
    fix: 'Remove the cause, then send it again.',
    dueAt: null,
  };
}

function isTriedEnough({ posting, now }: MoveContext): boolean {
  return isLastAttempt(posting.attempt, now - epochMsOf(posting.queuedAt));
}

function sinceMoved({ posting, now }: MoveContext): number {
  return Math.max(now - epochMsOf(posting.updatedAt), 0);
}
