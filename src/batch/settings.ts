import type { Instant } from '../orders/time.js';
import type { LegDeps } from '../poller/leg.js';

/** What the batch needs beyond what every leg does. */
export interface BatchDeps extends LegDeps {
  /** The configured zone: the look-back and the statement go by its days. */
  readonly zone: string;
  readonly lookBackDays: number;
}

/** By creation date: `from` included, `to` excluded. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}
