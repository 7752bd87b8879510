import type { Instant } from '../orders/time.js';

/** Something that needs a person, told once, with reminders and an all-clear. */
export interface StoredAlert {
  /** What it is about, unique: `shop-unreachable/main`. */
  readonly key: string;
  readonly subject: string;
  readonly message: string;
  readonly fix: string;
  readonly raisedAt: Instant;
  /** When it was last told; `null`: not yet. */
  readonly toldAt: Instant | null;
  /** `null` while it is so. */
  readonly clearedAt: Instant | null;
}
