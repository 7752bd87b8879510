import type { Intake } from '../intake/intake.js';
import type { Clock, Instant } from '../orders/time.js';
import type { Logger } from '../runtime/logger.js';
import type { Store } from '../store/store.js';
import type { ShopClient } from '../woocommerce/shop-client.js';

/** What every leg works with. */
export interface LegDeps {
  readonly client: ShopClient;
  readonly intake: Intake;
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  /** This process, as it signs its claims (runtime/holder.ts). */
  readonly holder: string;
  readonly isDead: (holder: string) => boolean;
}

export interface LegShop {
  readonly id: string;
  /** Orders created before are never asked for. */
  readonly since: Instant;
}

/** Names of a shop's cursors in the store. */
export const CURSORS = {
  /** An instant of the shop's clock: what was modified after it has not been walked yet. */
  poll: 'poll',
  /** An instant of the shop's clock: refunds created after it have not been walked yet. */
  refunds: 'refunds',
  /** When, by our clock, the shop was last found to have no list of refunds; empty: it has one. */
  refundsUnsupported: 'refunds-unsupported',
  /** How far the first read has come (backfill-plan.ts). */
  backfill: 'backfill',
} as const;

/**
 * How far a cursor stays behind the shop's clock. Bounds are exclusive at whole seconds (recorded
 * facts 1 and 2); the clock of `date_modified` is PHP's and not the web server's; a row is dated
 * before its transaction commits; a read replica may lag. Reading an order once more costs nothing.
 */
export const OVERLAP_MS = 120_000;

/** The most a list gives at once: more is refused (recorded fact 11). */
export const PAGE_SIZE = 100;

/** What a leg did, in numbers; kept with its run. */
export type Counts = Record<string, number>;

export function count(counts: Counts, name: string, by = 1): void {
  if (by !== 0) counts[name] = (counts[name] ?? 0) + by;
}
