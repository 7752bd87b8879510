import { instantOf } from '../orders/time.js';
import { delayedAbort, sleepUntilWoken } from '../runtime/stopping.js';
import { BooksWorker } from './books-worker.js';
import type { ExportDeps } from './deps.js';
import { type ReleaseDecision, type Released, releasePosting } from './release.js';
import { type ExportReport, Tally } from './report.js';

/** A one-shot run waits for what is due within this, such as the look-up after a crash. */
const SHORT_WAIT_MS = 10_000;
/** Postings that another process queued are noticed at the latest after this. */
const IDLE_MS = 30_000;
const AFTER_ERROR_MS = 5_000;
const SPIN_MS = 1_000;
/** How long a stop waits for the attempt under way before it is aborted. */
const STOP_GRACE_MS = 10_000;

/** The one door out: takes queued postings to their books. */
export interface ExportWorker {
  /**
   * Works until nothing is due, in one books or in all; for `export` and the demo. Ends after the
   * attempt under way once `signal` aborts. Throws RangeError for unknown books.
   */
  runOnce(booksId: string | undefined, signal: AbortSignal): Promise<ExportReport>;
  /** Works in the background until `stop`. */
  start(): void;
  /** Something was queued. */
  notify(): void;
  /** Resolves once no attempt is under way. */
  stop(): Promise<void>;
  /** A person's decision about a posting that waits for one. */
  release(documentKey: string, booksId: string, decision: ReleaseDecision): Promise<Released>;
}

export function createExportWorker(deps: ExportDeps): ExportWorker {
  return new Worker(deps);
}

class Worker implements ExportWorker {
  readonly #deps: ExportDeps;
  readonly #workers: readonly BooksWorker[];
  readonly #sleep: NonNullable<ExportDeps['sleep']>;
  #stopping = new AbortController();
  #wake = new AbortController();
  #loops: readonly Promise<void>[] = [];

  constructor(deps: ExportDeps) {
    this.#deps = deps;
    this.#workers = deps.destinations.map((destination) => new BooksWorker(deps, destination));
    this.#sleep = deps.sleep ?? sleepUntilWoken;
  }

  async runOnce(booksId: string | undefined, signal: AbortSignal): Promise<ExportReport> {
    const chosen = this.#workers.filter(({ books }) => booksId === undefined || books === booksId);
    if (booksId !== undefined && chosen.length === 0) throw new RangeError(`no books ${booksId}`);
    const tallies = await Promise.all(chosen.map((worker) => this.#recordedRun(worker, signal)));
    return { books: tallies.map((tally) => tally.report()) };
  }

  start(): void {
    if (this.#loops.length > 0) return;
    this.#stopping = new AbortController();
    this.#loops = this.#workers.map((worker) => this.#loop(worker, this.#stopping.signal));
  }

  notify(): void {
    const woken = this.#wake;
    this.#wake = new AbortController();
    woken.abort();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.notify();
    await Promise.all(this.#loops);
    this.#loops = [];
  }

  async release(documentKey: string, books: string, decision: ReleaseDecision): Promise<Released> {
    const destination = this.#deps.destinations.find(({ id }) => id === books);
    if (!destination) return { kind: 'unknown' };
    const released = await releasePosting(
      this.#deps,
      { documentKey, books },
      decision,
      destination.can,
    );
    this.notify();
    return released;
  }

  async #loop(worker: BooksWorker, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const wake = this.#wake.signal; // taken before the work, so that no notice is missed
      const handled = await this.#work(worker, stop, new Tally(worker.books));
      const delayMs = handled === undefined ? AFTER_ERROR_MS : await this.#idleMs(worker, handled);
      if (delayMs > 0) await this.#sleep(delayMs, wake);
    }
  }

  async #idleMs(worker: BooksWorker, handled: number): Promise<number> {
    const due = await worker.nextDue().catch(() => this.#deps.clock.now() + AFTER_ERROR_MS);
    if (due === undefined) return IDLE_MS;
    // What is due and cannot be handled (another process has it) is no reason to spin.
    const leastMs = handled === 0 ? SPIN_MS : 0;
    return Math.min(Math.max(due - this.#deps.clock.now(), leastMs), IDLE_MS);
  }

  /** How many postings it handled. Never throws: undefined, and the error is in tally and log. */
  async #work(worker: BooksWorker, stop: AbortSignal, tally: Tally): Promise<number | undefined> {
    const abort = delayedAbort(stop, STOP_GRACE_MS);
    try {
      return await worker.work(tally, stop, abort.signal);
    } catch (error) {
      tally.error = error instanceof Error ? error.message : String(error);
      this.#deps.logger.error({ books: worker.books, error: tally.error }, 'export failed');
      return undefined;
    } finally {
      abort.release();
    }
  }

  async #recordedRun(worker: BooksWorker, signal: AbortSignal): Promise<Tally> {
    const startedAt = instantOf(this.#deps.clock.now());
    const tally = new Tally(worker.books);
    let handled = await this.#work(worker, signal, tally);
    let isFirst = true;
    while (
      handled !== undefined &&
      (handled > 0 || isFirst) &&
      (await this.#isDueAfterShortWait(worker, signal))
    ) {
      isFirst = false;
      handled = await this.#work(worker, signal, tally);
    }
    if (!tally.isIdle) await this.#record(tally, startedAt, signal.aborted);
    return tally;
  }

  async #isDueAfterShortWait(worker: BooksWorker, signal: AbortSignal): Promise<boolean> {
    const due = await worker.nextDue().catch(() => undefined);
    const waitMs = (due ?? Number.POSITIVE_INFINITY) - this.#deps.clock.now();
    if (due === undefined || waitMs > SHORT_WAIT_MS || signal.aborted) return false;
    if (waitMs > 0) await this.#sleep(waitMs, signal);
    return !signal.aborted && this.#deps.clock.now() >= due;
  }

  async #record(tally: Tally, startedAt: string, isStopped: boolean): Promise<void> {
    const { store, clock } = this.#deps;
    const error = tally.error ?? null;
    const endedAt = instantOf(clock.now());
    const ended = isStopped ? 'stopped' : 'done';
    const state = error === null ? ended : 'failed';
    await store
      .transaction(async (tx) => {
        const subject = tally.books;
        const run = { kind: 'export', subject, localDate: null, startedAt } as const;
        const id = await tx.addRun(run);
        await tx.finishRun(id, { state, endedAt, counts: tally.counts, error });
      })
      .catch((cause: unknown) => {
        this.#deps.logger.warn({ books: tally.books, error: String(cause) }, 'run not recorded');
      });
  }
}
