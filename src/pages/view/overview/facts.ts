import type { DayOfBookings } from '../../../services/booked-days.js';
import type { OrderLife } from '../../../services/order-life.js';
import type { BooksStatus, ShopStatus } from '../../../shapes/status.js';
import type { StateTotal, StoredAlert } from '../../../store/store.js';
import type { Needs } from '../../needs.js';

/** How things stand. */
export interface OverviewFacts extends Pick<OrderLife, 'nextBatchAt' | 'nextPollAt'> {
  readonly needs: Needs;
  readonly alerts: readonly StoredAlert[];
  readonly quarantined: number;
  /** By state and currency. */
  readonly totals: readonly StateTotal[];
  /** Of the books that were chosen, among all of them. */
  readonly booked: {
    readonly books: string;
    readonly all: readonly string[];
    readonly days: readonly DayOfBookings[];
  };
  readonly shops: readonly ShopFacts[];
  readonly books: readonly BooksStatus[];
}

export interface ShopFacts extends Omit<ShopStatus, 'orders'> {
  readonly batchDue: boolean;
}
