import type { Document } from '../documents/document.js';
import type { Observation } from '../orders/observation.js';
import type { Refund } from '../orders/order.js';
import type { OrderState, Source } from '../orders/states.js';
import type { StoredOrder } from '../store/store.js';

/** The one door in. Every leg, and every person's decision, goes through it. */
export interface Intake {
  /**
   * Takes observations of one shop (at most a page of 100) in one transaction: guarded upsert,
   * verdict, documents, postings, history. An order that cannot be handled is blocked or
   * quarantined by itself and holds no other back; only a failing store throws.
   */
  accept(observations: readonly Observation[]): Promise<readonly Accepted[]>;
  /**
   * Takes the refunds of orders that are known, as the shop gave them, in one transaction. With
   * `complete` they are all refunds of those orders: one we had and the shop no longer names was deleted.
   */
  acceptRefunds(delivery: RefundDelivery): Promise<RefundsAccepted>;
  /** A person's decision; `null` gives the order back to the rules. Undefined where it is unknown. */
  decide(
    shop: string,
    orderId: number,
    decision: 'forward' | 'ignore' | null,
  ): Promise<StoredOrder | undefined>;
  /**
   * What it would come to, now, to credit what was booked and to book the order again as the shop has
   * it; nothing is done. Undefined where the order is unknown.
   */
  propose(shop: string, orderId: number): Promise<Proposal | undefined>;
  /** Does what was proposed, whole, where it would still be just that. */
  acceptProposal(
    shop: string,
    orderId: number,
    mark: string,
  ): Promise<ProposalAccepted | undefined>;
  /** Judges stored orders once more, as after a change of the config; answers how many changed state. */
  rejudge(shop: string, orderIds: readonly number[]): Promise<number>;
  /** Parked orders past the look-back become `expired`; answers those that did. */
  expire(shop: string, orderIds: readonly number[]): Promise<readonly StoredOrder[]>;
  /** Keeps what could not be read, with its reason (rule 10). */
  quarantine(shop: string, source: Source, items: readonly QuarantineItem[]): Promise<void>;
}

/** The documents that correct a sale, in the order they are issued, and the order as it is then. */
export interface Correction {
  readonly documents: readonly Document[];
  readonly order: StoredOrder;
}

/** Nothing can, or need, be corrected. */
interface NoCorrection {
  readonly kind: 'none';
  readonly reason: string;
  readonly fix: string;
}

/** `mark` stands for what the documents say; numbers of a sequence may still be other ones. */
export type Proposal =
  | ({ readonly kind: 'proposal'; readonly mark: string } & Correction)
  | NoCorrection;

export type ProposalAccepted =
  | ({ readonly kind: 'accepted' } & Correction)
  /** It would come to something else by now: a person is to look again. */
  | { readonly kind: 'outdated' }
  | NoCorrection;

export interface QuarantineItem {
  readonly orderId: number | null;
  readonly raw: string;
  readonly reason: string;
  readonly fix: string;
}

/** What became of one observation. */
export interface Accepted {
  readonly orderId: number;
  /**
   * `unsettled`: the same modification time as what we have, but other content, and read no later:
   * only a fresh read can tell which is newer. `stale`: older than what we have, or left to the
   * polls. `failed`: kept in quarantine.
   */
  readonly outcome: 'new' | 'changed' | 'unchanged' | 'stale' | 'unsettled' | 'failed';
  /** Absent only where `failed` and never seen before. */
  readonly state?: OrderState;
  /** It came by a webhook and is older than `webhook.maxAgeDays`: it is left to the polls. */
  readonly tooOld?: boolean;
  /** The order names refunds whose lines we do not have yet: read them, then `acceptRefunds`. */
  readonly wantsRefunds: boolean;
}

export interface RefundDelivery {
  readonly shop: string;
  readonly source: Source;
  readonly refunds: readonly Refund[];
  /** The orders whose refunds these are all of. */
  readonly complete?: readonly number[];
}

export interface RefundsAccepted {
  readonly credited: number;
  readonly waiting: number;
  readonly blocked: number;
  readonly unchanged: number;
  readonly deleted: number;
  /** Refunds of orders we have never seen (older than `since`). */
  readonly unknownOrders: readonly number[];
}
