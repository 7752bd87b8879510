import type { DocumentSettings } from '../documents/settings.js';
import type { Order } from '../orders/order.js';
import type { Clock, Instant } from '../orders/time.js';
import type { StatusRules } from '../rules/settings.js';
import type { Store } from '../store/store.js';

/** What intake must know of a shop. */
export interface IntakeShop {
  readonly id: string;
  /** Orders created before are never looked at. */
  readonly since: Instant;
  readonly rules: StatusRules;
  /** Config ids of the books that its documents go to. */
  readonly books: readonly string[];
  /** Absent: webhooks are not taken, or at any age. */
  readonly webhook?: { readonly maxAgeDays: number };
}

export interface IntakeOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly shops: ReadonlyMap<string, IntakeShop>;
  readonly documents: DocumentSettings;
  /** When an order that last changed at this moment stops being rechecked. */
  readonly expiryOf: (lastChange: Instant) => Instant;
  /** Reads a stored raw observation again. */
  readonly normalise: (shop: string, raw: string) => Order;
  /** Called after a commit that queued postings. */
  readonly onPostings?: () => void;
}
