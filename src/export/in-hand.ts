import { epochMsOf, type Instant, instantOf } from '../orders/time.js';
import type { ClaimedPosting, PostingMove, StoredPosting } from '../store/store.js';
import type { ExportDeps } from './deps.js';
import type { Destination } from './destination.js';
import { type NextState, nextState, type PostingEvent } from './next-state.js';
import type { Tally } from './report.js';

/** A posting, and what happened to it. */
export type Happened = readonly [StoredPosting, PostingEvent];

/** The postings of one books that this process works on. */
export class InHand {
  readonly #deps: ExportDeps;
  readonly #destination: Destination;
  /** Document keys that were claimed and not yet moved on. */
  readonly #keys = new Set<string>();

  constructor(deps: ExportDeps, destination: Destination) {
    this.#deps = deps;
    this.#destination = destination;
  }

  /** Up to `limit` that are due, committed as `sending` before any call. */
  async claim(limit: number, queuedBy?: Instant): Promise<readonly ClaimedPosting[]> {
    const { store, clock, holder, leaseMs } = this.#deps;
    const now = clock.now();
    const claimed = await store.transaction((tx) =>
      tx.claimPostings({
        books: this.#destination.id,
        limit,
        holder,
        now: instantOf(now),
        expiresAt: instantOf(now + leaseMs),
        queuedBy,
      }),
    );
    for (const { documentKey } of claimed) this.#keys.add(documentKey);
    return claimed;
  }

  /** Moves them on together; what somebody else moved meanwhile stays as it is. */
  async moveOn(happened: readonly Happened[], tally: Tally): Promise<void> {
    if (happened.length === 0) return;
    const moves = this.movesOf(happened);
    const areMoved = await this.#deps.store.transaction(async (tx) => {
      const moved: boolean[] = [];
      for (const move of moves) moved.push(await tx.movePosting(move));
      return moved;
    });
    for (const [index, move] of moves.entries()) {
      const isMoved = areMoved[index] === true;
      this.#keys.delete(move.documentKey);
      if (isMoved) tally.add(move);
      this.#log(isMoved ? move : { ...move, reason: 'Somebody else moved it meanwhile.' });
    }
  }

  /** Chance is drawn once, so that what went together comes back together. */
  movesOf(happened: readonly Happened[]): readonly PostingMove[] {
    const { clock, random } = this.#deps;
    const { id, can } = this.#destination;
    const context = { now: clock.now(), random: random(), can };
    return happened.map(([posting, event]) => ({
      ...nextState(event, { ...context, posting }),
      documentKey: posting.documentKey,
      books: id,
      attempt: posting.attempt,
      now: instantOf(context.now),
    }));
  }

  letGo(claimed: readonly StoredPosting[]): void {
    for (const { documentKey } of claimed) this.#keys.delete(documentKey);
  }

  /** Whether nobody works any more on a posting that is `sending`. */
  isAbandoned(posting: StoredPosting): boolean {
    const { holder, isDead, clock } = this.#deps;
    if (posting.holder === holder) return !this.#keys.has(posting.documentKey);
    const isOver = posting.dueAt === null || epochMsOf(posting.dueAt) <= clock.now();
    return isOver || posting.holder === null || isDead(posting.holder);
  }

  #log({ documentKey, attempt, to, reason, dueAt }: PostingMove & NextState): void {
    const fields = { books: this.#destination.id, document: documentKey, attempt, reason, dueAt };
    const needsSomebody = to === 'rejected' || to === 'retrying' || to === 'uncertain';
    if (needsSomebody) this.#deps.logger.warn(fields, to);
    else this.#deps.logger.debug(fields, to);
  }
}
