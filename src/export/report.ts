import type { NextState } from './next-state.js';
import type { Pause } from './pause.js';

/** What an export did, by books. */
export interface ExportReport {
  readonly books: readonly BooksReport[];
}

/** Counts of documents that ended an attempt or a look-up in that state. */
export interface BooksReport {
  readonly books: string;
  readonly booked: number;
  readonly retrying: number;
  readonly rejected: number;
  readonly uncertain: number;
  /** Attempts that an earlier process left unfinished. */
  readonly abandoned: number;
  /** The books are out of order; nothing is sent before `until`. */
  readonly paused?: Pause;
  /** The work itself failed, for example since the database could not be reached. */
  readonly error?: string;
}

/** A report while it is being made. */
export class Tally {
  readonly #counts = { booked: 0, retrying: 0, rejected: 0, uncertain: 0, abandoned: 0 };
  paused: Pause | undefined;
  error: string | undefined;

  constructor(readonly books: string) {}

  addAbandoned(count: number): void {
    this.#counts.abandoned += count;
  }

  add({ to }: NextState): void {
    if (to !== 'queued' && to !== 'sending') this.#counts[to] += 1;
  }

  get isIdle(): boolean {
    return this.error === undefined && Object.values(this.#counts).every((count) => count === 0);
  }

  get counts(): Readonly<Record<string, number>> {
    return { ...this.#counts };
  }

  report(): BooksReport {
    return {
      books: this.books,
      ...this.#counts,
      ...(this.paused ? { paused: this.paused } : {}),
      ...(this.error === undefined ? {} : { error: this.error }),
    };
  }
}
