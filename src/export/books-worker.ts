import type { Document } from '../documents/document.js';
import { epochMsOf, type Instant, instantOf } from '../orders/time.js';
import type { ClaimedPosting } from '../store/store.js';
import { type Bounds, bounded } from './bounded.js';
import {
  candidatesOf,
  firstGroup,
  sent,
  setAside,
  tellingOutcome,
  unprepared,
} from './bundle-round.js';
import type { ExportDeps } from './deps.js';
import type {
  BundleOutcome,
  Bundling,
  Destination,
  Lookup,
  Outcome,
  PreparedBundle,
} from './destination.js';
import { InHand } from './in-hand.js';
import { isPaused, isProbing, lengthened, type Pause, readPause, writePause } from './pause.js';
import { referenceOf } from './reference.js';
import type { Tally } from './report.js';

const BATCH = 20;
/** Of documents that go together. */
const BUNDLE = 250;
/** Of the time that a claim lasts. Together, with their grace, they must stay below it. */
const ATTEMPT_SHARE = 1 / 2;
const PREPARING_SHARE = 1 / 4;
/** Between asking an attempt to stop and no longer waiting for it. */
const GRACE_MS = 10_000;

/** How a round of work is told what came of it, and when to end. */
interface Round {
  readonly tally: Tally;
  /** Ends it after the attempt under way. */
  readonly stop: AbortSignal;
  /** Ends that attempt too. */
  readonly abort: AbortSignal;
}

/** Works through the postings of one books: one at a time, or together where they go so. */
export class BooksWorker {
  readonly #deps: ExportDeps;
  readonly #destination: Destination;
  readonly #inHand: InHand;

  constructor(deps: ExportDeps, destination: Destination) {
    this.#deps = deps;
    this.#destination = destination;
    this.#inHand = new InHand(deps, destination);
  }

  get books(): string {
    return this.#destination.id;
  }

  /** Works until nothing is due. Answers how many postings it had in hand. */
  async work(tally: Tally, stop: AbortSignal, abort: AbortSignal): Promise<number> {
    const round = { tally, stop, abort };
    await this.#recoverAbandoned(tally);
    let total = 0;
    while (!stop.aborted && (await this.#isAnythingDue())) {
      const lookedUp = await this.#lookUp(round);
      const sent = await this.#send(round);
      if (lookedUp + sent === 0) break;
      total += lookedUp + sent;
    }
    return total;
  }

  /** When there is something to do next, in milliseconds since the epoch; undefined: not known. */
  async nextDue(): Promise<number | undefined> {
    const moments = [await this.#due(), await this.#nextBundle()].filter((ms) => ms !== undefined);
    if (moments.length === 0) return undefined;
    const pause = await readPause(this.#deps.store, this.books);
    return Math.max(Math.min(...moments), pause ? epochMsOf(pause.until) : 0);
  }

  async #isAnythingDue(): Promise<boolean> {
    const due = await this.#due();
    return due !== undefined && due <= this.#deps.clock.now();
  }

  async #due(): Promise<number | undefined> {
    const due = await this.#deps.store.nextPostingDue(this.books, this.#queuedBy());
    return due === undefined ? undefined : epochMsOf(due);
  }

  /** What was queued after this waits for a later moment. */
  #queuedBy(): Instant | undefined {
    const { bundle } = this.#destination;
    return bundle && instantOf(bundle.lastAt(this.#deps.clock.now()));
  }

  async #nextBundle(): Promise<number | undefined> {
    const { bundle } = this.#destination;
    const isWaiting = bundle && (await this.#deps.store.nextPostingDue(this.books)) !== undefined;
    return isWaiting ? bundle.nextAt(this.#deps.clock.now()) : undefined;
  }

  /** Rule 2: an attempt whose end nobody saw becomes `uncertain` before anything else happens. */
  async #recoverAbandoned(tally: Tally): Promise<void> {
    const { store } = this.#deps;
    // A plain read first, so that an idle worker never takes the write lock.
    const some = await store.listPostings({ books: this.books, states: ['sending'] }, 1);
    if (some.length === 0) return;
    await store.transaction(async (tx) => {
      const sending = await tx.sendingPostings(this.books);
      const abandoned = sending.filter((posting) => this.#inHand.isAbandoned(posting));
      const moves = this.#inHand.movesOf(abandoned.map((one) => [one, { kind: 'abandoned' }]));
      for (const move of moves) if (await tx.movePosting(move)) tally.addAbandoned(1);
    });
  }

  async #lookUp({ tally, stop, abort }: Round): Promise<number> {
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
      await this.#inHand.moveOn([[posting, lookup]], tally);
    }
    return due.length;
  }

  async #send(round: Round): Promise<number> {
    const { store, clock } = this.#deps;
    const { tally, stop } = round;
    const pause = await readPause(store, this.books);
    tally.paused = isPaused(pause, clock.now()) ? pause : undefined;
    if (tally.paused || stop.aborted) return 0;
    const { bundle } = this.#destination;
    const claimed = await this.#claim(pause);
    try {
      return bundle
        ? await this.#sendTogether(claimed, bundle, pause, round)
        : await this.#sendEach(claimed, pause, round);
    } finally {
      this.#inHand.letGo(claimed);
    }
  }

  async #claim(pause: Pause | undefined): Promise<readonly ClaimedPosting[]> {
    if (this.#destination.bundle) return this.#inHand.claim(BUNDLE, this.#queuedBy());
    // One at a time where a crash would leave the rest to a person.
    const most = this.#destination.can.searchByReference ? BATCH : 1;
    return this.#inHand.claim(isProbing(pause) ? 1 : most);
  }

  async #sendEach(
    claimed: readonly ClaimedPosting[],
    before: Pause | undefined,
    { tally, stop, abort }: Round,
  ): Promise<number> {
    const { clock, leaseMs } = this.#deps;
    const claimedAt = clock.now();
    let pause = before;
    for (const [index, posting] of claimed.entries()) {
      // A later one of the batch needs time for an attempt before its claim runs out.
      const isLate = index > 0 && clock.now() - claimedAt > leaseMs / 2;
      if (isLate || stop.aborted || tally.paused) {
        await this.#inHand.moveOn([[posting, { kind: 'unattempted' }]], tally);
        continue;
      }
      const outcome = await this.#attempt(posting.document, abort);
      await this.#inHand.moveOn([[posting, outcome]], tally);
      pause = await this.#notePause(pause, outcome);
      tally.paused = isPaused(pause, clock.now()) ? pause : undefined;
    }
    return claimed.length;
  }

  /** Sends once, what goes with the first of them; answers of how many something came. */
  async #sendTogether(
    claimed: readonly ClaimedPosting[],
    bundle: Bundling,
    before: Pause | undefined,
    { tally, abort }: Round,
  ): Promise<number> {
    const candidates = candidatesOf(claimed);
    const group = firstGroup(candidates, this.#destination.can, bundle).map(({ item }) => item);
    if (group.length === 0) return 0;
    const prepared = await bounded(
      (signal) => bundle.prepare(group, signal),
      this.#bounds<PreparedBundle>(abort, (reason) => unprepared(group, reason), PREPARING_SHARE),
    );
    // Before it is sent: a crash then must leave nothing in doubt that is not in it.
    await this.#inHand.moveOn(setAside(candidates, prepared), tally);
    const outcomes = await this.#sendPrepared(prepared, abort);
    await this.#inHand.moveOn(sent(candidates, prepared, outcomes), tally);
    const told = [...prepared.aside.values(), ...outcomes];
    const telling = tellingOutcome(told);
    const pause = telling ? await this.#notePause(before, telling) : before;
    tally.paused = isPaused(pause, this.#deps.clock.now()) ? pause : undefined;
    return told.filter(({ kind }) => kind !== 'unattempted').length;
  }

  async #sendPrepared(
    prepared: PreparedBundle,
    abort: AbortSignal,
  ): Promise<readonly BundleOutcome[]> {
    if (prepared.items.length === 0) return [];
    return bounded(
      (signal) => prepared.send(signal),
      this.#bounds<readonly BundleOutcome[]>(abort, (reason) =>
        prepared.items.map(() => unclear(reason)),
      ),
    );
  }

  async #attempt(document: Document, abort: AbortSignal): Promise<Outcome> {
    if (document.kind === 'credit-note' && !this.#destination.can.creditNotes) {
      return {
        kind: 'rejected',
        reason: `The books ${this.books} take no credit notes.`,
        fix: 'Book it there by hand, then mark it as booked.',
      };
    }
    return bounded(
      (signal) => this.#destination.post(document, referenceOf(document), signal),
      this.#bounds<Outcome>(abort, unclear),
    );
  }

  #bounds<T>(
    abort: AbortSignal,
    late: (reason: string) => T,
    share: number = ATTEMPT_SHARE,
  ): Bounds<T> {
    return { abort, timeoutMs: this.#deps.leaseMs * share, graceMs: GRACE_MS, late };
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
}

function unclear(reason: string): Outcome {
  return { kind: 'uncertain', reason: `The attempt ended unclear: ${reason}.` };
}
