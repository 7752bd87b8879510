import type { Instant } from '../orders/time.js';

/** Whose key it is: each principal has its own. */
export interface IdempotencyKey {
  readonly principal: string;
  readonly key: string;
}

export interface KeptAnswer extends IdempotencyKey {
  /** Hash of what was asked. */
  readonly request: string;
  /** JSON; `null` while it is being worked on. */
  readonly answer: string | null;
  /** From then on the key is free. */
  readonly expiresAt: Instant;
}
