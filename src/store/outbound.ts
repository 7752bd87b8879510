import type { Instant } from '../orders/time.js';
import type { KeysetPage } from './store.js';

/** What is remembered of outbound webhooks: who wants which events, and what became of each. */
export interface OutboundReads {
  /** Oldest first. */
  subscriptions(): Promise<readonly StoredSubscription[]>;
  subscription(id: string): Promise<StoredSubscription | undefined>;
  /** What those that are enabled want; cheap, since each transaction with something to tell asks it. */
  listeners(): Promise<readonly Listener[]>;
  /** Of each enabled subscription that has dispatches waiting: when the next is due. */
  dispatchesDue(): Promise<readonly { readonly subscriptionId: string; readonly dueAt: Instant }[]>;
  /** Those of a subscription that are due by `now`, the longest due first. */
  dueDispatches(subscriptionId: string, now: Instant, limit: number): Promise<readonly Dispatch[]>;
  dispatch(subscriptionId: string, eventId: string): Promise<Dispatch | undefined>;
  /** How many wait, and how many failed; subscriptions without either are left out. */
  dispatchCounts(): Promise<readonly DispatchCounts[]>;
  /** Newest first; `after.id` is the id of the last one before. */
  attempts(filter: AttemptFilter, page: KeysetPage): Promise<readonly StoredAttempt[]>;
}

export interface OutboundWrites {
  /** Inserts or replaces by id. The caller has read it in this transaction. */
  putSubscription(subscription: StoredSubscription): Promise<void>;
  /** Takes its dispatches and attempts away with it. */
  removeSubscription(id: string): Promise<void>;
  /** Each with a dispatch to each subscription that is named. */
  addEvents(events: readonly NewEvent[]): Promise<void>;
  /** Counts an attempt and moves on; false where another one was counted meanwhile. */
  moveDispatch(move: DispatchMove): Promise<boolean>;
  /** Makes dispatches due now, as if new; answers how many. */
  retryDispatches(which: DispatchRetry, now: Instant): Promise<number>;
  /** Answers its id. */
  addAttempt(attempt: NewAttempt): Promise<number>;
  /**
   * Takes away what is older, and of each subscription all attempts but the newest so many; but
   * nothing that is still to be delivered.
   */
  pruneOutbound(before: Instant, keptAttempts: number): Promise<void>;
}

/** One outbound webhook. */
export interface StoredSubscription {
  readonly id: string;
  readonly url: string;
  /** What kind of events it is for. */
  readonly category: string;
  /** The events that it wants; empty: all of its category. */
  readonly events: readonly string[];
  readonly description: string;
  readonly enabled: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Sealed, never in clear. */
  readonly secret: string;
  /** The one before, sealed, which signs as well until `previousUntil`. */
  readonly previousSecret: string | null;
  readonly previousUntil: Instant | null;
  /** Attempts in a row that failed, and since when; 0 and `null` after one that was taken. */
  readonly failures: number;
  readonly failingSince: Instant | null;
  readonly deliveredAt: Instant | null;
  /** When and why orderpark itself disabled it; `null` where it did not. */
  readonly disabledAt: Instant | null;
  readonly disabledReason: string | null;
}
export type Listener = Pick<StoredSubscription, 'id' | 'category' | 'events'>;

/** What happened, as subscriptions are told. */
export interface StoredEvent {
  /** `evt_…`; the same in every attempt, so that a receiver can tell a repeated one. */
  readonly id: string;
  readonly type: string;
  readonly at: Instant;
  /** The very text that is posted. */
  readonly body: string;
}
export interface NewEvent extends StoredEvent {
  /** Ids of the subscriptions that are told. */
  readonly to: readonly string[];
  /** At once, unless told. */
  readonly dueAt?: Instant;
}

/** `waiting` for its next attempt, or its first; `delivered` it was taken; `failed` it was given up. */
export type DispatchState = 'waiting' | 'delivered' | 'failed';

/** One event x one subscription. */
export interface Dispatch {
  readonly subscriptionId: string;
  readonly event: StoredEvent;
  readonly state: DispatchState;
  /** Since it was new, or a person had it retried. */
  readonly attempts: number;
  /** Only while it waits. */
  readonly dueAt: Instant | null;
  /** Of the first of these attempts. */
  readonly firstTriedAt: Instant | null;
}

export interface DispatchMove {
  readonly subscriptionId: string;
  readonly eventId: string;
  /** Before this one. */
  readonly attempts: number;
  readonly to: DispatchState;
  readonly dueAt: Instant | null;
  readonly firstTriedAt: Instant;
  readonly now: Instant;
}

/** One, or all that failed at least once and are not delivered. */
export interface DispatchRetry {
  readonly subscriptionId: string;
  readonly eventId?: string;
}

export interface DispatchCounts {
  readonly subscriptionId: string;
  readonly waiting: number;
  readonly failed: number;
}

/** One try to deliver. */
export interface NewAttempt {
  readonly subscriptionId: string;
  readonly eventId: string;
  /** From 1; from 1 again once a person had it retried. */
  readonly number: number;
  readonly startedAt: Instant;
  readonly durationMs: number;
  readonly url: string;
  /** Without the signature. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** `null` where no answer came. */
  readonly status: number | null;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** Its beginning. */
  readonly responseBody: string;
  /** Why it counts as failed; `null` where it was taken. */
  readonly error: string | null;
}
export interface StoredAttempt extends Omit<NewAttempt, 'eventId'> {
  readonly id: number;
  readonly event: StoredEvent;
}

export interface AttemptFilter {
  readonly subscriptionId: string;
  /** Only those that failed, or only those that did not; absent: both. */
  readonly failed?: boolean;
}
