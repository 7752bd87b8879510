import type { Source } from '../orders/states.js';
import type { Instant } from '../orders/time.js';

export interface QuarantineFilter {
  readonly shop?: string;
  readonly open?: boolean;
  /** Only those that name no order. */
  readonly nameless?: true;
  /** Only this entry. */
  readonly id?: number;
  /** The newest first, and only entries with a smaller id than this; 0: from the newest on. */
  readonly before?: number;
  /** The first so many; absent: all. */
  readonly limit?: number;
}

/** Something that came and could not be used, as it came. */
export interface QuarantineEntry {
  readonly id: number;
  readonly shop: string;
  readonly orderId: number | null;
  readonly source: Source;
  readonly at: Instant;
  readonly raw: string;
  readonly reason: string;
  readonly fix: string;
  readonly resolvedAt: Instant | null;
}
export type NewQuarantineEntry = Omit<QuarantineEntry, 'id' | 'resolvedAt'>;
