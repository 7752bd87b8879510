/**
 * The glossary's closed sets. The words are the ones of ARCHITECTURE.md, in code, config, CLI,
 * pages and docs alike.
 */

/** How an observation reached us. */
export type Source = 'poll' | 'webhook' | 'batch' | 'manual' | `channel:${string}`;

export const ORDER_STATES = [
  'parked',
  'forwarded',
  'ignored',
  'blocked',
  'expired',
  'withdrawn',
] as const;

/**
 * Every order a shop has shown us is in exactly one of these:
 * `parked` its status is not eligible yet; `forwarded` it has its document; `ignored` a rule says
 * never; `blocked` eligible, but no correct document can be made without a person; `expired` parked
 * past the look-back; `withdrawn` trashed or deleted in the shop.
 */
export type OrderState = (typeof ORDER_STATES)[number];

/** What the status rules say of an order, with the rule, its line in the config, and why. */
export interface Verdict {
  readonly action: 'forward' | 'park' | 'ignore';
  /** The rule as the owner would recognise it, for example `statuses.forward: processing`. */
  readonly rule: string;
  /** 1-based line in the config file; absent for a built-in default. */
  readonly line?: number;
  /** One sentence. */
  readonly reason: string;
}

export const POSTING_STATES = [
  'queued',
  'sending',
  'booked',
  'retrying',
  'rejected',
  'uncertain',
] as const;

/**
 * One document in one books: `queued` to be sent; `sending` an attempt is under way; `booked` it is
 * there; `retrying` waits for its next attempt; `rejected` needs a person; `uncertain` it may or may
 * not have arrived, so it is looked up before anything is sent again.
 */
export type PostingState = (typeof POSTING_STATES)[number];

export type DocumentKind = 'invoice' | 'credit-note';
