import type { Instant } from '../orders/time.js';
import type { AttemptFilter, KeysetPage, StoredAttempt } from '../store/store.js';
import type { SubscriptionWish, WishProblem } from './check-wish.js';
import type { Subscription } from './subscription.js';

/** Outbound webhooks: who is told of what happens here, and what came of it. The one door. */
export interface Outbound {
  /** Oldest first. */
  list(): Promise<readonly Subscription[]>;
  get(id: string): Promise<Subscription | undefined>;
  /** The secret is in the answer, and never to be had again. */
  create(wish: SubscriptionWish & { readonly url: string }): Promise<Created>;
  /** `enabled: true` gives one that was disabled, by whomever, a new beginning. */
  change(id: string, wish: SubscriptionWish): Promise<Changed>;
  /** A new secret; the one before signs as well for a day, so that its receiver can change over. */
  rotate(id: string): Promise<Rotated>;
  /** With its attempts, and with what waits for it. */
  remove(id: string): Promise<Removed>;
  /** Sends a test at once, once, also where it is disabled; answers how that went. */
  test(id: string, signal: AbortSignal): Promise<Tested>;
  /** Newest first; `after.id` is the id of the last attempt before. Throws RangeError for another. */
  attempts(filter: AttemptFilter, page: KeysetPage): Promise<readonly StoredAttempt[]>;
  /** Has one event delivered again, now: also one that was delivered before. */
  retry(id: string, eventId: string): Promise<Retried>;
  /** Has all events delivered, now, that failed and are not delivered since. */
  retryAllFailed(id: string): Promise<RetriedAll>;

  /** Delivers once what is due, and ends. */
  deliverDue(signal: AbortSignal): Promise<Delivered>;
  /** Delivers in the background until `stop`. */
  start(): void;
  /** Something may be due. */
  notify(): void;
  /** Resolves once no attempt is under way; one that had to be cut off is made again. */
  stop(): Promise<void>;
}

type Unknown = { readonly kind: 'unknown' };
type Invalid = { readonly kind: 'invalid'; readonly problems: readonly WishProblem[] };
/** The secret cannot be kept encrypted: see runtime/secret-key.ts. */
export type NoSecretKey = {
  readonly kind: 'no-secret-key';
  readonly message: string;
  readonly fix: string;
};

export type Created =
  | { readonly kind: 'created'; readonly subscription: Subscription; readonly secret: string }
  | Invalid
  | NoSecretKey
  | { readonly kind: 'too-many'; readonly most: number };
export type Changed =
  | { readonly kind: 'changed'; readonly subscription: Subscription }
  | Unknown
  | Invalid;
export type Rotated =
  | {
      readonly kind: 'rotated';
      readonly subscription: Subscription;
      readonly secret: string;
      readonly previousUntil: Instant;
    }
  | Unknown
  | NoSecretKey;
type Removed = { readonly kind: 'removed' } | Unknown;
type Tested =
  | { readonly kind: 'tested'; readonly attempt: StoredAttempt }
  /** `signal` aborted before there was an answer. */
  | { readonly kind: 'stopped' }
  | Unknown;
export type RetriedAll =
  | { readonly kind: 'queued'; readonly count: number }
  | Unknown
  /** Nothing is sent to a subscription that is disabled. */
  | { readonly kind: 'disabled' };
export type Retried =
  | RetriedAll
  | { readonly kind: 'unknown-event' }
  /** Its first attempt is still to come. */
  | { readonly kind: 'waits-already' };

/** Counts of events. */
export interface Delivered {
  readonly delivered: number;
  /** An attempt failed; most are tried again by themselves. */
  readonly failed: number;
}
