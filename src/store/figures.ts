import type { OrderState } from '../orders/states.js';
import type { Instant, LocalDate } from '../orders/time.js';

export interface StateTotal {
  readonly state: OrderState;
  readonly currency: string;
  readonly count: number;
  readonly grossMinor: number;
}

/** A day of some zone, `[from, to)`. */
export interface DaySpan {
  readonly date: LocalDate;
  readonly from: Instant;
  readonly to: Instant;
}

/** What one day's bookings in one currency come to. */
export interface BookedDay {
  readonly date: LocalDate;
  readonly currency: string;
  readonly documents: number;
  /** Invoices less credit notes. */
  readonly grossMinor: number;
  /** From an order being seen as one to book until it was booked, all together. */
  readonly lagMs: number;
  readonly longestLagMs: number;
}

export interface FiguresQuery {
  readonly shop: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly afterId: number;
  readonly limit: number;
}

export interface OrderFigures {
  readonly id: number;
  readonly state: OrderState;
  readonly status: string;
  readonly currency: string;
  readonly grossMinor: number;
  readonly taxMinor: number;
}

export interface VatTotal {
  readonly currency: string;
  readonly percent: string;
  readonly country: string;
  readonly code: string;
  readonly baseMinor: number;
  readonly taxMinor: number;
}
