import type { Document } from '../documents/document.js';
import type { OrderState } from '../orders/states.js';
import type { Instant, LocalDate } from '../orders/time.js';

export interface StateTotal {
  readonly state: OrderState;
  readonly currency: string;
  readonly count: number;
  readonly grossMinor: number;
}

export interface DayCount {
  readonly date: LocalDate;
  readonly kind: Document['kind'];
  readonly count: number;
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
