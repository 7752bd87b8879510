import {
  draftCreditNote,
  draftRest,
  isCancellation,
  type RestCause,
} from '../documents/credit-note.js';
import type { Document } from '../documents/document.js';
import type { Order, Refund } from '../orders/order.js';
import type { Instant } from '../orders/time.js';
import type { StoredDocument, StoredRefund } from '../store/store.js';
import type { Desk, Issued } from './desk.js';
import { noteToInherit, orphanedNotes } from './orphaned-notes.js';
import { correctionsOf, type Known } from './picture.js';

/** What stands against an invoice after its refunds were looked at. */
export interface Credited {
  readonly corrections: readonly Document[];
  readonly issued: readonly Document[];
  /** All that are known, as they are now. */
  readonly refunds: readonly StoredRefund[];
  /** The first refund that needs a person. */
  readonly blocked: StoredRefund | undefined;
}

/**
 * Issues a credit note for each refund that has none yet, oldest first. `arrived` are refunds just
 * read; those that waited or were blocked are tried again.
 */
export async function creditRefunds(
  desk: Desk,
  sale: StoredDocument,
  known: Known,
  arrived: readonly Refund[],
  order: Order,
): Promise<Credited> {
  const corrections = correctionsOf(known.documents, sale);
  const issued: Document[] = [];
  const refunds = new Map(known.refunds.map((one) => [one.refund.id, one]));
  let blocked: StoredRefund | undefined;
  for (const refund of openRefunds(known.refunds, arrived)) {
    const orphans = orphanedNotes(corrections, [...refunds.values()]);
    const outcome = await creditRefund(desk, sale, refund, { corrections, orphans }, order);
    desk.putRefund(outcome.stored);
    refunds.set(refund.id, outcome.stored);
    if (outcome.document) {
      corrections.push(outcome.document);
      issued.push(outcome.document);
    }
    if (outcome.stored.state === 'blocked') blocked ??= outcome.stored;
  }
  return { corrections, issued, refunds: [...refunds.values()], blocked };
}

function openRefunds(stored: readonly StoredRefund[], arrived: readonly Refund[]): Refund[] {
  const open = new Map<number, Refund>();
  for (const { refund, state } of stored) {
    if (state === 'waiting' || state === 'blocked') open.set(refund.id, refund);
  }
  const done = new Set(
    stored.filter(({ documentKey }) => documentKey !== null).map(({ refund }) => refund.id),
  );
  for (const refund of arrived) if (!done.has(refund.id)) open.set(refund.id, refund);
  return [...open.values()].sort((a, b) => a.id - b.id);
}

async function creditRefund(
  desk: Desk,
  sale: StoredDocument,
  refund: Refund,
  { corrections, orphans }: { corrections: readonly Document[]; orphans: readonly Document[] },
  order: Order,
): Promise<{ stored: StoredRefund; document?: Document }> {
  const store = (
    state: StoredRefund['state'],
    reason: string,
    documentKey: string | null = null,
  ): StoredRefund => ({ refund, state, reason, documentKey, seenAt: desk.now });

  const cancellation = corrections.find(isCancellation);
  if (cancellation) {
    const reason = `Covered by ${cancellation.number}, which credits the cancelled order in full.`;
    return { stored: store('credited', reason, cancellation.key) };
  }
  const settings = desk.options.documents;
  const inherited = noteToInherit(refund, sale.document, corrections, orphans, settings);
  if (inherited) {
    const reason = `Credited by ${inherited.number}, which was made for refund ${inherited.refundId} before the shop deleted that one.`;
    return { stored: store('credited', reason, inherited.key) };
  }
  const drafted = draftCreditNote(refund, sale.document, corrections, settings);
  if (drafted.kind === 'none') return { stored: store('credited', drafted.reason) };
  if (drafted.kind === 'blocked') {
    const standing = orphans.map(
      ({ number, refundId }) =>
        `Credit note ${number} of refund ${refundId}, which the shop has deleted, still stands.`,
    );
    return { stored: store('blocked', [drafted.reason, ...standing, drafted.fix].join(' ')) };
  }
  const basis = { order, contentHash: sale.contentHash, credited: corrections };
  const outcome = await desk.issue(drafted.draft, basis);
  if (outcome.kind === 'blocked') {
    return { stored: store('blocked', `${outcome.reason} ${outcome.fix}`) };
  }
  const { document } = outcome;
  return { stored: store('credited', `Credited by ${document.number}.`, document.key), document };
}

/** Credits what is left of the invoice; answers nothing where nothing is. */
export async function creditRest(
  desk: Desk,
  sale: StoredDocument,
  corrections: readonly Document[],
  { cause, at, order }: { cause: RestCause; at: Instant; order: Order },
): Promise<Issued | undefined> {
  const drafted = draftRest(sale.document, corrections, cause, at, desk.options.documents);
  switch (drafted.kind) {
    case 'none':
      return undefined;
    case 'blocked':
      return drafted;
    case 'draft':
      return desk.issue(drafted.draft, {
        order,
        contentHash: sale.contentHash,
        credited: corrections,
      });
  }
}
