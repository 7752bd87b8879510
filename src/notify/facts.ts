import type { Instant, LocalDate } from '../orders/time.js';

/** What one look at everything read, before it is judged (findings.ts). */
export interface Facts {
  readonly nowMs: number;
  /** Since when this process has been at work: what it could not do before is not held against it. */
  readonly atWorkSinceMs: number;
  readonly shops: readonly ShopFacts[];
  readonly books: readonly BooksFacts[];
  /** Those that orderpark itself disabled. */
  readonly subscriptions: readonly SubscriptionFact[];
  /** Of the disk that the database is on; absent where that is not known. */
  readonly disk?: DiskSpace;
}

export interface ShopFacts {
  readonly shop: string;
  /** Parked orders that expire soon. */
  readonly expiring: Some<OrderFact>;
  readonly blocked: Some<OrderFact>;
  readonly quarantine: Some<QuarantineFact>;
  readonly legs: readonly LegFacts[];
  readonly batch: BatchFacts;
  /** Of the newest statement; absent where there is none yet. */
  readonly statement?: StatementFact;
}

export interface BooksFacts {
  readonly books: string;
  readonly rejected: Some<PostingFact>;
  /** Only those that wait for a person, or have been looked up in vain for a while. */
  readonly uncertain: Some<PostingFact>;
  /** Absent where it is not paused. */
  readonly pause?: { readonly since: Instant; readonly reason: string };
}

/** The first of them, and how many there are. */
export interface Some<Fact> {
  readonly some: readonly Fact[];
  readonly count: number;
  /** There are more than were counted. */
  readonly isMore: boolean;
}

interface OrderFact {
  readonly number: string;
  readonly reason: string;
}

interface PostingFact {
  readonly documentKey: string;
  readonly reason: string;
}

interface QuarantineFact {
  readonly orderId: number | null;
  readonly reason: string;
}

/** How a kind of run of a shop went lately. */
export interface LegFacts {
  readonly leg: string;
  /** Those that ended, newest first; asked-for stops are left out. */
  readonly ends: readonly LegEnd[];
}

export interface LegEnd {
  readonly isDone: boolean;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly error: string;
}

export interface BatchFacts {
  /** The date whose batch has been due for long and is not done; `null` for none. */
  readonly missed: LocalDate | null;
  /** Of its last failure. */
  readonly error: string;
  /** The shop has been polled once: only then a batch can be done. */
  readonly isPossible: boolean;
}

export interface StatementFact {
  readonly madeAt: Instant;
  readonly count: number;
  readonly orders: readonly { readonly orderId: number | null; readonly what: string }[];
}

export interface SubscriptionFact {
  readonly id: string;
  readonly description: string;
  /** No more of its address, which may hold a key. */
  readonly host: string;
  readonly reason: string;
}

export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}
