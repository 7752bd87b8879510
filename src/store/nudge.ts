import type { Instant } from '../orders/time.js';

/** A stored, verified webhook delivery: look at this order. */
export interface Nudge {
  readonly id: number;
  readonly shop: string;
  /** `null`: something changed, and it did not say what. */
  readonly orderId: number | null;
  readonly topic: string;
  readonly receivedAt: Instant;
  readonly dueAt: Instant;
  readonly attempts: number;
  readonly doneAt: Instant | null;
  readonly outcome: NudgeOutcome | null;
  /** Why it waits, or was left to the polls; empty where there is nothing to say. */
  readonly detail: string;
}
/** `taken` the order was read and went through the door; `too-old` it is left to the polls. */
export type NudgeOutcome = 'taken' | 'too-old' | 'polled';
export type NewNudge = Pick<Nudge, 'shop' | 'orderId' | 'topic' | 'receivedAt' | 'dueAt'>;
export interface NudgeEnd {
  readonly outcome: NudgeOutcome;
  readonly detail: string;
  readonly now: Instant;
}
/** Why nudges wait, and until when. */
export interface NudgeDelay {
  readonly dueAt: Instant;
  readonly detail: string;
  /** Whether they were tried: then it counts. */
  readonly isAttempt: boolean;
}
export interface NudgeBacklog {
  readonly count: number;
  readonly oldestAt: Instant | null;
  readonly nextDueAt: Instant | null;
}
