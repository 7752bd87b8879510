import type { Document } from './document.js';
import { Unbookable } from './unbookable.js';

/** A document that only lacks its number, which the store hands out in the same transaction. */
export type Draft = Omit<Document, 'number'>;

export type Drafted =
  | { readonly kind: 'draft'; readonly draft: Draft }
  /** Nothing is to be booked, and that is right. */
  | { readonly kind: 'none'; readonly reason: string }
  /** A person is needed. */
  | { readonly kind: 'blocked'; readonly reason: string; readonly fix: string };

/** Runs `make`; what it finds unbookable becomes an answer. */
export function drafting(make: () => Drafted): Drafted {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Unbookable)) throw error;
    return { kind: 'blocked', reason: error.message, fix: error.fix };
  }
}
