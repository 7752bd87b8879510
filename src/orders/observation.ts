import type { Order, Refund } from './order.js';
import type { Source } from './states.js';
import type { Instant } from './time.js';

interface ObservationBase {
  readonly shop: string;
  readonly orderId: number;
  readonly source: Source;
  /** Our clock when the request that brought it was started: a later read knows better. */
  readonly readAt: Instant;
}

/** What a shop said about one order at one moment. */
export type Observation = OrderObservation | GoneObservation;

export interface OrderObservation extends ObservationBase {
  readonly kind: 'order';
  readonly order: Order;
  /** The shop's own JSON of the order, kept for the record. */
  readonly raw: string;
  /** Over the normalised order without its modification time; equal hashes mean nothing changed. */
  readonly contentHash: string;
  /** The order's refunds with their lines, where this read brought them; absent: not read. */
  readonly refunds?: readonly Refund[];
}

/** The order is in the trash, or no longer exists. */
export interface GoneObservation extends ObservationBase {
  readonly kind: 'trashed' | 'deleted';
}
