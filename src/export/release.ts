import type { PostingState } from '../orders/states.js';
import { type Clock, instantOf } from '../orders/time.js';
import type { PostingMove, Store, StoredPosting } from '../store/store.js';
import type { Capabilities } from './destination.js';

/** What a person decided about a posting that waits for one. */
export type ReleaseDecision = 'send-again' | 'mark-booked';

export type Released =
  | { readonly kind: 'released'; readonly to: PostingState }
  | { readonly kind: 'unknown' }
  /** It is in a state in which there is nothing to decide. */
  | { readonly kind: 'not-waiting'; readonly state: PostingState };

const WAITING = ['rejected', 'uncertain', 'retrying'] as const;

/** Carries out a person's decision; `due` postings still need a worker to send them. */
export async function releasePosting(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  target: { readonly documentKey: string; readonly books: string },
  decision: ReleaseDecision,
  can: Pick<Capabilities, 'searchByReference'>,
): Promise<Released> {
  return store.transaction(async (tx) => {
    const postings = await tx.postingsOf([target.documentKey]);
    const posting = postings.find(({ books }) => books === target.books);
    if (!posting) return { kind: 'unknown' };
    const { documentKey, books, attempt, state } = posting;
    const isWaiting = WAITING.some((each) => each === state);
    if (!isWaiting) return { kind: 'not-waiting', state };
    const now = instantOf(clock.now());
    const next = decision === 'mark-booked' ? markedBooked() : sentAgain(posting, now, can);
    await tx.movePosting({ ...next, from: [state], documentKey, books, attempt, now });
    return { kind: 'released', to: next.to };
  });
}

type Decided = Pick<PostingMove, 'to' | 'reason' | 'dueAt'>;

function markedBooked(): Decided {
  return { to: 'booked', reason: 'A person marked it as booked.', dueAt: null };
}

/** Rule 2 holds for a person's wish too: what may have arrived is looked up where that is possible. */
function sentAgain(
  { state }: StoredPosting,
  now: string,
  can: Pick<Capabilities, 'searchByReference'>,
): Decided {
  if (state === 'uncertain' && can.searchByReference) {
    return { to: 'uncertain', reason: 'A person asked to look it up now.', dueAt: now };
  }
  return { to: 'queued', reason: 'A person asked to send it again.', dueAt: now };
}
