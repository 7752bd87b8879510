import type { Document } from '../documents/document.js';
import type { PostingState } from '../orders/states.js';
import type { Instant } from '../orders/time.js';

export interface StoredPosting {
  readonly documentKey: string;
  readonly books: string;
  readonly state: PostingState;
  readonly attempt: number;
  /** The books' own reference once booked. */
  readonly reference: string | null;
  /** Why it is where it is. */
  readonly reason: string;
  readonly fix: string | null;
  /** When it is due next; for `sending`, when the claim runs out. */
  readonly dueAt: Instant | null;
  readonly holder: string | null;
  readonly queuedAt: Instant;
  readonly updatedAt: Instant;
}
export interface ClaimedPosting extends StoredPosting {
  readonly document: Document;
}

/** Postings of a books that are to be sent, queued or retrying, and due by `now`. */
export interface DuePostings {
  readonly books: string;
  readonly limit: number;
  readonly now: Instant;
  /** Only these; absent: any. */
  readonly documentKeys?: readonly string[];
  /** Only those queued at or before this; absent: any. */
  readonly queuedBy?: Instant | undefined;
}

export interface PostingClaim extends DuePostings {
  readonly holder: string;
  readonly expiresAt: Instant;
}

export interface PostingMove {
  readonly documentKey: string;
  readonly books: string;
  readonly from: readonly PostingState[];
  readonly attempt: number;
  readonly to: PostingState;
  readonly reference?: string;
  readonly reason: string;
  readonly fix?: string;
  readonly dueAt: Instant | null;
  readonly now: Instant;
}

export interface PostingFilter {
  readonly books?: string;
  readonly states?: readonly PostingState[];
  /** The last posting of the page before. */
  readonly before?: Pick<StoredPosting, 'updatedAt' | 'documentKey' | 'books'>;
}
