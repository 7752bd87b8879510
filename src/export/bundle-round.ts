import type { ClaimedPosting } from '../store/store.js';
import type {
  BundleItem,
  BundleOutcome,
  Bundling,
  Capabilities,
  Outcome,
  PreparedBundle,
} from './destination.js';
import type { Happened } from './in-hand.js';
import type { PostingEvent } from './next-state.js';
import { referenceOf } from './reference.js';

const NOT_TOLD: Outcome = { kind: 'uncertain', reason: 'Nothing was said of it.' };

/** What goes with the first of those that are due. */
export function firstGroup(
  due: readonly ClaimedPosting[],
  { mayRepeat }: Pick<Capabilities, 'mayRepeat'>,
  bundle: Pick<Bundling, 'groupOf'>,
): readonly BundleItem[] {
  // What is repeated goes as it went before, without what has come since: so it is recognised.
  const groups = due.map(({ attempt, document }) => {
    return `${mayRepeat ? attempt : ''} ${bundle.groupOf(document)}`;
  });
  return due
    .filter((_, index) => groups[index] === groups[0])
    .map(({ document }) => ({ document, reference: referenceOf(document) }));
}

/** Nothing of them was sent: that begins once they are prepared. */
export function unprepared(items: readonly BundleItem[], reason: string): PreparedBundle {
  const outcome: Outcome = { kind: 'retry', scope: 'document', reason: `Not made: ${reason}.` };
  return {
    items: [],
    aside: new Map(items.map((item) => [item, outcome])),
    send: async () => [],
  };
}

/** An event for each posting, also where the destination forgot its outcome. */
export function happenedTo(
  postings: readonly ClaimedPosting[],
  outcomes: Iterable<readonly [BundleItem, PostingEvent | undefined]>,
): readonly Happened[] {
  const byKey = new Map([...outcomes].map(([{ document }, event]) => [document.key, event]));
  return postings.map((posting) => [posting, byKey.get(posting.documentKey) ?? NOT_TOLD]);
}

export function keysOf(items: Iterable<BundleItem>): readonly string[] {
  return [...items].map(({ document }) => document.key);
}

/** The one outcome that says how the books are: what they said, where they were asked. */
export function tellingOutcome(outcomes: readonly BundleOutcome[]): Outcome | undefined {
  const attempted = outcomes.filter((outcome) => outcome.kind !== 'unattempted');
  const ofBooks = (outcome: Outcome) => outcome.kind === 'retry' && outcome.scope === 'books';
  return (
    attempted.find(ofBooks) ?? attempted.find(({ kind }) => kind !== 'rejected') ?? attempted[0]
  );
}
