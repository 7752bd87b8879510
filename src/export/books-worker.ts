import { epochMsOf, instantOf } from '../orders/time.js';
import type { ClaimedPosting, StoredPosting } from '../store/store.js';
import { type Bounds, bounded } from './bounded.js';
import type { ExportDeps } from './deps.js';
import type { Destination, Lookup, Outcome } from './destination.js';
import { type NextState, nextState, type PostingEvent } from './next-state.js';
import { isPaused, isProbing, lengthened, type Pause, readPause, writePause } from './pause.js';
import { referenceOf } from './reference.js';
import type { Tally } from './report.js';

const BATCH = 20;
/** Between asking an attempt to stop and no longer waiting for it. */
const GRACE_MS = 10_000;

/** Works through the postings of one books, one at a time. */
export class BooksWorker {
  readonly #deps: ExportDeps;
  readonly #destination: Destination;
  /** Document keys that this process has claimed and not yet moved on. */
  readonly #inFlight = new Set<string>();

  constructor(deps: ExportDeps, destination: Destination) {
    this.#deps = deps;
    this.#destination = destination;
  }

  get books(): string {
    return this.#destination.id;
  }

  /**
   * Works until nothing is due. `stop` ends it after the attempt under way; `abort` ends that
   * attempt too. Answers how many postings it had in hand.
   */
  async work(tally: Tally, stop: AbortSignal, abort: AbortSignal): Promise<number> {
    await this.#recoverAbandoned(tally);
    let total = 0;
    while (!stop.aborted && (await this.#isAnythingDue())) {
      const lookedUp = await this.#lookUp(tally, stop, abort);
      const sent = await this.#send(tally, stop, abort);
      if (lookedUp + sent === 0) break;
      total += lookedUp + sent;
    }
    return total;
  }

  /** When there is something to do next, in milliseconds since the epoch; undefined: not known. */
  async nextDue(): Promise<number | undefined> {
    const due = await this.#deps.store.nextPostingDue(this.books);
    if (due === undefined) return undefined;
    const pause = await readPause(this.#deps.store, this.books);
    return Math.max(epochMsOf(due), pause ? epochMsOf(pause.until) : 0);
  }

  async #isAnythingDue(): Promise<boolean> {
    const due = await this.#deps.store.nextPostingDue(this.books);
    return due !== undefined && epochMsOf(due) <= this.#deps.clock.now();
  }

  /** Rule 2: an attempt whose end nobody saw becomes `uncertain` before anything else happens. */
  async #recoverAbandoned(tally: Tally): Promise<void> {
    const { store } = this.#deps;
    // A plain read first, so that an idle worker never takes the write lock.
    const some = await store.listPostings({ books: this.books, states: ['sending'] }, 1);
    if (some.length === 0) return;
    await store.transaction(async (tx) => {
      for (const posting of await tx.sendingPostings(this.books)) {
        if (!this.#isAbandoned(posting)) continue;
        const next = this.#next({ kind: 'abandoned' }, posting);
        if (await tx.movePosting(this.#move(posting, next))) tally.addAbandoned(1);
      }
    });
  }

  #isAbandoned(posting: StoredPosting): boolean {
    const { holder, isDead, clock } = this.#deps;
    if (posting.holder === holder) return !this.#inFlight.has(posting.documentKey);
    const isOver = posting.dueAt === null || epochMsOf(posting.dueAt) <= clock.now();
    return isOver || posting.holder === null || isDead(posting.holder);
  }

  async #lookUp(tally: Tally, stop: AbortSignal, abort: AbortSignal): Promise<number> {
    if (!this.#destination.can.searchByReference) return 0;
    const now = instantOf(this.#deps.clock.now());
    const due = await this.#deps.store.transaction((tx) =>
      tx.uncertainPostings(this.books, now, BATCH),
    );
    for (const posting of due) {
      if (stop.aborted) break;
      const { document } = posting;
      const lookup = await bounded(
        (signal) => this.#destination.find(document, referenceOf(document), signal),
        this.#bounds<Lookup>(abort, (reason) => ({ kind: 'unknown', reason })),
      );
      await this.#commit(posting, lookup, tally);
    }
    return due.length;
  }

  async #send(tally: Tally, stop: AbortSignal, abort: AbortSignal): Promise<number> {
    const { store, clock, leaseMs } = this.#deps;
    let pause = await readPause(store, this.books);
    tally.paused = isPaused(pause, clock.now()) ? pause : undefined;
    if (tally.paused || stop.aborted) return 0;
    const claimedAt = clock.now();
    const claimed = await this.#claim(isProbing(pause) ? 1 : BATCH);
    try {
      for (const [index, posting] of claimed.entries()) {
        // A later one of the batch needs time for an attempt before its claim runs out.
        const isLate = index > 0 && clock.now() - claimedAt > leaseMs / 2;
        if (isLate || stop.aborted || tally.paused) {
          await this.#commit(posting, { kind: 'unattempted' }, tally);
          continue;
        }
        const outcome = await this.#attempt(posting, abort);
        await this.#commit(posting, outcome, tally);
        pause = await this.#notePause(pause, outcome);
        tally.paused = isPaused(pause, clock.now()) ? pause : undefined;
      }
    } finally {
      for (const { documentKey } of claimed) this.#inFlight.delete(documentKey);
    }
    return claimed.length;
  }

  /** Committed before any call. One at a time where a crash would leave the rest to a person. */
  async #claim(most: number): Promise<readonly ClaimedPosting[]> {
    const { store, clock, holder, leaseMs } = this.#deps;
    const now = clock.now();
    const claimed = await store.transaction((tx) =>
      tx.claimPostings({
        books: this.books,
        limit: this.#destination.can.searchByReference ? most : 1,
        holder,
        now: instantOf(now),
        expiresAt: instantOf(now + leaseMs),
      }),
    );
    for (const { documentKey } of claimed) this.#inFlight.add(documentKey);
    return claimed;
  }

  async #attempt({ document }: ClaimedPosting, abort: AbortSignal): Promise<Outcome> {
    if (document.kind === 'credit-note' && !this.#destination.can.creditNotes) {
      return {
        kind: 'rejected',
        reason: `The books ${this.books} take no credit notes.`,
        fix: 'Book it there by hand, then mark it as booked.',
      };
    }
    return bounded(
      (signal) => this.#destination.post(document, referenceOf(document), signal),
      this.#bounds<Outcome>(abort, (reason) => ({
        kind: 'uncertain',
        reason: `The attempt ended unclear: ${reason}.`,
      })),
    );
  }

  #bounds<T>(abort: AbortSignal, late: (reason: string) => T): Bounds<T> {
    return { abort, timeoutMs: this.#deps.leaseMs / 2, graceMs: GRACE_MS, late };
  }

  async #commit(posting: StoredPosting, event: PostingEvent, tally: Tally): Promise<void> {
    const next = this.#next(event, posting);
    const isMoved = await this.#deps.store.transaction((tx) =>
      tx.movePosting(this.#move(posting, next)),
    );
    this.#inFlight.delete(posting.documentKey);
    if (isMoved) tally.add(next);
    this.#log(posting, isMoved ? next : { ...next, reason: 'Somebody else moved it meanwhile.' });
  }

  /** Counts failures of the books as a whole; any other answer ends a pause. */
  async #notePause(pause: Pause | undefined, outcome: Outcome): Promise<Pause | undefined> {
    const { store, clock, random, logger } = this.#deps;
    if (outcome.kind === 'retry' && outcome.scope === 'books') {
      const longer = lengthened(pause, outcome, clock.now(), random());
      await writePause(store, this.books, longer, clock.now());
      if (isPaused(longer, clock.now())) {
        logger.warn({ books: this.books, until: longer.until, reason: longer.reason }, 'paused');
      }
      return longer;
    }
    if (!pause || outcome.kind === 'uncertain' || outcome.kind === 'retry') return pause;
    await writePause(store, this.books, undefined, clock.now());
    if (isProbing(pause)) logger.info({ books: this.books, since: pause.since }, 'works again');
    return undefined;
  }

  #next(event: PostingEvent, posting: StoredPosting): NextState {
    const { clock, random } = this.#deps;
    const { can } = this.#destination;
    return nextState(event, { posting, now: clock.now(), random: random(), can });
  }

  #move({ documentKey, attempt }: StoredPosting, next: NextState) {
    const now = instantOf(this.#deps.clock.now());
    return { ...next, documentKey, books: this.books, attempt, now };
  }

  #log({ documentKey, attempt }: StoredPosting, { to, reason, dueAt }: NextState): void {
    const fields = { books: this.books, document: documentKey, attempt, reason, dueAt };
    const needsSomebody = to === 'rejected' || to === 'retrying' || to === 'uncertain';
    if (needsSomebody) this.#deps.logger.warn(fields, to);
    else this.#deps.logger.debug(fields, to);
  }
}
