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
import { referenceOf } from './reference.js';

const UNATTEMPTED = { kind: 'unattempted' } as const;
const NOT_TOLD: Outcome = { kind: 'uncertain', reason: 'Nothing was said of it.' };

/** A claimed posting, and its document as the destination is given it. */
export interface Candidate {
  readonly posting: ClaimedPosting;
  readonly item: BundleItem;
}

export function candidatesOf(claimed: readonly ClaimedPosting[]): readonly Candidate[] {
  return claimed.map((posting) => {
    const { document } = posting;
    return { posting, item: { document, reference: referenceOf(document) } };
  });
}

/** Those that may go with the first of them. */
export function firstGroup(
  candidates: readonly Candidate[],
  { mayRepeat }: Pick<Capabilities, 'mayRepeat'>,
  { groupOf }: Pick<Bundling, 'groupOf'>,
): readonly Candidate[] {
  // What is repeated goes as it went before, without what has come since: so it is recognised.
  const groups = candidates.map(({ posting: { attempt, document } }) => {
    return `${mayRepeat ? attempt : ''} ${groupOf(document)}`;
  });
  return candidates.filter((_, index) => groups[index] === groups[0]);
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

/** What happened, before it is sent, to all that is not in it. */
export function setAside(
  candidates: readonly Candidate[],
  { items, aside }: PreparedBundle,
): readonly Happened[] {
  return candidates
    .filter(({ item }) => !items.includes(item))
    .map(({ posting, item }): Happened => [posting, aside.get(item) ?? UNATTEMPTED]);
}

/** An outcome for each that is in it, also where the destination forgot one. */
export function sent(
  candidates: readonly Candidate[],
  { items }: PreparedBundle,
  outcomes: readonly BundleOutcome[],
): readonly Happened[] {
  const byItem = new Map(items.map((item, index) => [item, outcomes[index]]));
  return candidates
    .filter(({ item }) => byItem.has(item))
    .map(({ posting, item }): Happened => [posting, byItem.get(item) ?? NOT_TOLD]);
}

/** The one outcome that says how the books are: what they said, where they were asked. */
export function tellingOutcome(outcomes: readonly BundleOutcome[]): Outcome | undefined {
  const attempted = outcomes.filter((outcome) => outcome.kind !== 'unattempted');
  const ofBooks = (outcome: Outcome) => outcome.kind === 'retry' && outcome.scope === 'books';
  return (
    attempted.find(ofBooks) ?? attempted.find(({ kind }) => kind !== 'rejected') ?? attempted[0]
  );
}
