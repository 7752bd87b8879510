import type { LocalDate } from '../../../orders/time.js';
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
  readonly days: readonly DayOfDocuments[];
  readonly shops: readonly ShopFacts[];
  readonly books: readonly BooksStatus[];
}

export interface DayOfDocuments {
  readonly date: LocalDate;
  readonly invoices: number;
  readonly creditNotes: number;
}

export interface ShopFacts extends Omit<ShopStatus, 'orders'> {
  readonly batchDue: boolean;
}
