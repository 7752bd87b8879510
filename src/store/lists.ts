import type { Instant } from '../orders/time.js';

/** A row's place in a list by time. */
export interface Place {
  readonly at: Instant;
  readonly id: number;
}

export interface NudgeFilter {
  readonly shop?: string;
  /** The last nudge of the page before. */
  readonly before?: Place;
}

/** How many orders a rule decided. */
export interface RuleCount {
  readonly shop: string;
  readonly rule: string;
  readonly ruleLine: number | null;
  readonly count: number;
}

/** In how many documents a VAT treatment stands. */
export interface TaxCount {
  readonly percent: string;
  readonly code: string;
  readonly count: number;
}
