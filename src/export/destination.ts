import type { Document } from '../documents/document.js';

/**
 * The one door to a bookkeeping system. An adapter translates a frozen document and classifies the
 * answer; what follows from an answer is decided in one place (`next-state.ts`), for all alike.
 */
export interface Destination {
  /** The config id of the books. */
  readonly id: string;
  readonly kind: string;
  readonly can: Capabilities;
  /**
   * Sends a document under `reference`, which is the same at each attempt. Never throws: what went
   * wrong is an outcome. Must stop soon after `signal` aborts.
   */
  post(document: Document, reference: string, signal: AbortSignal): Promise<Outcome>;
  /** Looks a document up by its reference. Only called where `can.searchByReference`. */
  find(document: Document, reference: string, signal: AbortSignal): Promise<Lookup>;
  /** Is it reachable and set up? For `check`. */
  check(signal: AbortSignal): Promise<readonly Finding[]>;
  /** Absent: each document goes by itself, as soon as it is queued. */
  readonly bundle?: Bundling | undefined;
}

/** Documents wait for a moment, and then go together. Moments are milliseconds since the epoch. */
export interface Bundling {
  /** The latest moment, at or before `now`, at which what waits goes. */
  lastAt(now: number): number;
  /** The first one after `now`. */
  nextAt(now: number): number;
  /** Only documents with the same answer go together. Books with bundles take credit notes. */
  groupOf(document: Document): string;
  /**
   * Makes the first of the items ready, and as many of the others as go with it; sends nothing. The
   * items are of one group, and at least one. Never throws.
   */
  prepare(items: readonly BundleItem[], signal: AbortSignal): Promise<PreparedBundle>;
}

export interface BundleItem {
  readonly document: Document;
  /** As for `post`. */
  readonly reference: string;
}

/** What goes at once. A crash of its `send` leaves nothing else in doubt. */
export interface PreparedBundle {
  /** What is in it; of the items that were given, as they were. */
  readonly items: readonly BundleItem[];
  /** What became already of some of those that are not in it. The rest goes next. */
  readonly aside: ReadonlyMap<BundleItem, Outcome>;
  /** Sends it; one outcome for each that is in it. Never throws, and stops as `post` does. */
  send(signal: AbortSignal): Promise<readonly BundleOutcome[]>;
}

/** `unattempted`: certain that nothing of it was sent; it goes next. */
export type BundleOutcome = Outcome | { readonly kind: 'unattempted' };

export interface Capabilities {
  /** Without it an unknown outcome waits for a person, unless `mayRepeat`. */
  readonly searchByReference: boolean;
  /** The owner accepts that a document arrives twice: an attempt of unknown outcome is made again. */
  readonly mayRepeat: boolean;
  readonly attachments: boolean;
  readonly creditNotes: boolean;
}

/** What came of one attempt. */
export type Outcome =
  | { readonly kind: 'booked'; readonly ref: string }
  /** It was there, and agrees. */
  | { readonly kind: 'already-booked'; readonly ref: string }
  /** Something else is there under our reference: a person looks. */
  | { readonly kind: 'differs'; readonly ref: string; readonly detail: string }
  /** Certain that nothing was booked; may succeed later. `scope: books` pauses the whole destination. */
  | {
      readonly kind: 'retry';
      readonly reason: string;
      readonly scope: 'document' | 'books';
      readonly afterMs?: number;
    }
  /** Certain that nothing was booked, and will not be without a person. */
  | { readonly kind: 'rejected'; readonly reason: string; readonly fix: string }
  /** It may have arrived. */
  | { readonly kind: 'uncertain'; readonly reason: string };

/** What a look-up by reference found. */
export type Lookup =
  | { readonly kind: 'found'; readonly ref: string }
  | { readonly kind: 'differs'; readonly ref: string; readonly detail: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** A finding of `check`. */
export interface Finding {
  readonly level: 'ok' | 'warning' | 'error';
  readonly message: string;
  readonly fix?: string;
}
