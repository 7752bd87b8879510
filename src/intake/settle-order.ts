import { changesBetween } from '../documents/changes.js';
import { isCancellation } from '../documents/credit-note.js';
import type { Document } from '../documents/document.js';
import { draftInvoice } from '../documents/invoice.js';
import { isNothingLeft, remainingOf } from '../documents/remaining.js';
import type { DocumentSettings } from '../documents/settings.js';
import type { Order, Refund } from '../orders/order.js';
import type { OrderState, Verdict } from '../orders/states.js';
import { judge } from '../rules/judge.js';
import type { Difference, StoredDocument, StoredOrder, StoredRefund } from '../store/store.js';
import { creditRefunds, creditRest } from './credit.js';
import type { Desk, Issued } from './desk.js';
import { orphanedNotes } from './orphaned-notes.js';
import { asStored, type Known, type Picture, saleOf } from './picture.js';
import { recordOrder } from './record-order.js';
import type { IntakeShop } from './settings.js';
import { isTooOldForWebhook, tooOldVerdict } from './webhook-age.js';
import { withdrawn } from './withdrawn.js';

/** Where an order ends, and why. */
export interface Conclusion {
  readonly state: OrderState;
  readonly verdict: Verdict;
  /** What explains the state; the verdict's own reason unless there is more to say. */
  readonly reason: string;
  readonly changes: readonly Difference[];
  readonly issued: readonly Document[];
  readonly hasSale: boolean;
}

/** Judges a picture, makes the documents that follow, and records where the order ends. */
export async function settleOrder(
  desk: Desk,
  picture: Picture,
  known: Known,
  arrived: readonly Refund[],
): Promise<{ order: StoredOrder; hasSale: boolean }> {
  const conclusion = await conclude(desk, picture, known, arrived);
  const order = recordOrder(desk, picture, known.stored, conclusion);
  return { order, hasSale: conclusion.hasSale };
}

async function conclude(
  desk: Desk,
  picture: Picture,
  known: Known,
  arrived: readonly Refund[],
): Promise<Conclusion> {
  const verdict = verdictOn(picture, desk);
  const sale = saleOf(known.documents);
  if (picture.order.status === 'trash') return concludeTrashed(verdict, known);
  if (sale) {
    const booked = { sale, order: JSON.parse(sale.basis) as Order };
    return concludeBooked(desk, picture, known, arrived, verdict, booked);
  }
  const plain = (state: OrderState, reason = verdict.reason): Conclusion => ({
    state,
    verdict,
    reason,
    changes: [],
    issued: [],
    hasSale: false,
  });
  switch (verdict.action) {
    case 'park':
      return plain(staysExpired(picture, known.stored) ? 'expired' : 'parked');
    case 'ignore':
      return plain('ignored');
    case 'forward':
      return (await book(desk, picture, known, arrived, verdict)) ?? plain('ignored');
  }
}

/** A person's decision stands above `since`, and `since` above the rest. */
export function verdictOn(picture: Picture, desk: Desk): Verdict {
  const { order, decision } = picture;
  const { shop } = desk;
  if (decision === 'forward' || decision === 'ignore') {
    const what = decision === 'forward' ? 'book' : 'leave out';
    return {
      action: decision,
      rule: 'decision',
      reason: `A person decided to ${what} this order.`,
    };
  }
  const leftOut = sinceVerdict(order, shop);
  if (leftOut) return leftOut;
  if (isTooOldForWebhook(desk, picture)) return tooOldVerdict(desk, order);
  return judge(order, shop.rules);
}

/** Of an order that is older than the shop's `since`. */
export function sinceVerdict({ createdAt }: Order, shop: IntakeShop): Verdict | undefined {
  if (createdAt >= shop.since) return undefined;
  return {
    action: 'ignore',
    rule: `shops.${shop.id}.since`,
    reason: `It was created on ${createdAt.slice(0, 10)}, before the shop's \`since\`.`,
  };
}

/** Still not eligible and nothing new: only a person's recheck gives it another window. */
function staysExpired(picture: Picture, stored: StoredOrder | undefined): boolean {
  return stored?.state === 'expired' && picture.unchanged && picture.source !== 'manual';
}

async function book(
  desk: Desk,
  picture: Picture,
  known: Known,
  arrived: readonly Refund[],
  verdict: Verdict,
): Promise<Conclusion | undefined> {
  const drafted = draftInvoice(picture.order, desk.options.documents);
  const blocked = ({ reason, fix }: { reason: string; fix: string }): Conclusion => ({
    state: 'blocked',
    verdict,
    reason: `${reason} ${fix}`,
    changes: [],
    issued: [],
    hasSale: false,
  });
  if (drafted.kind === 'blocked') return blocked(drafted);
  if (drafted.kind === 'none') {
    return {
      state: 'ignored',
      verdict,
      reason: drafted.reason,
      changes: [],
      issued: [],
      hasSale: false,
    };
  }
  const basis = { order: picture.order, contentHash: picture.contentHash, credited: [] };
  const outcome = await desk.issue(drafted.draft, basis);
  if (outcome.kind === 'blocked') return blocked(outcome);
  const sale = asStored(outcome, picture.contentHash, desk.now);
  const withSale = { ...known, documents: [sale] };
  const booked = { sale, order: picture.order };
  const conclusion = await concludeBooked(desk, picture, withSale, arrived, verdict, booked);
  return { ...conclusion, issued: [outcome.document, ...conclusion.issued] };
}

/** The document of the sale, and the order that it was made from. */
interface Booked {
  readonly sale: StoredDocument;
  readonly order: Order;
}

/** An order with its document: what the shop did since becomes credit notes, or visible changes. */
async function concludeBooked(
  desk: Desk,
  picture: Picture,
  known: Known,
  arrived: readonly Refund[],
  verdict: Verdict,
  booked: Booked,
): Promise<Conclusion> {
  const { order } = picture;
  const { sale } = booked;
  const refunds = await creditRefunds(desk, sale, known, arrived, order);
  const isCancelled = verdict.action === 'ignore' && isOver(order);
  const settings = desk.options.documents;
  const why = { cause: 'cancelled', at: order.modifiedAt, order } as const;
  const cancellation =
    isCancelled && settings.cancelledAfterBooking === 'credit'
      ? await creditRest(desk, sale, refunds.corrections, why)
      : undefined;
  const cancelling = cancellation?.kind === 'issued' ? [cancellation.document] : [];
  const corrections = [...refunds.corrections, ...cancelling];
  const blocked = refunds.blocked?.reason ?? blockedText(cancellation);
  const made = bookedReason(sale.document, corrections);
  // What no document can be made of is done by hand; a person who says so is taken at their word.
  const isOverAndDone = verdict.action !== 'forward' && corrections.some(isCancellation);
  const isLeft = blocked !== undefined && picture.decision === 'ignore';
  return {
    state: blocked === undefined || isLeft ? 'forwarded' : 'blocked',
    verdict: bookedBy(verdict, known.stored),
    reason: isLeft ? `${made} Left to a person: ${blocked}` : (blocked ?? made),
    changes: [
      ...statusChange(order, verdict, booked, corrections, settings),
      ...(isOverAndDone || booked.order === order ? [] : changesBetween(booked.order, order)),
      ...deletedRefunds(refunds.refunds, corrections),
    ],
    issued: [...refunds.issued, ...cancelling],
    hasSale: true,
  };
}

function blockedText(issued: Issued | undefined): string | undefined {
  return issued?.kind === 'blocked' ? `${issued.reason} ${issued.fix}` : undefined;
}

/** What decided a booked order is the rule that booked it, whatever its status is now. */
function bookedBy(verdict: Verdict, stored: StoredOrder | undefined): Verdict {
  const wasBooked = stored?.state === 'forwarded' || stored?.state === 'blocked';
  if (verdict.action === 'forward' || !wasBooked) return verdict;
  const { rule, ruleLine } = stored;
  return { ...verdict, rule, ...(ruleLine === null ? {} : { line: ruleLine }) };
}

function bookedReason(sale: Document, corrections: readonly Document[]): string {
  const place = sale.replaces === undefined ? '' : ` in place of ${sale.replaces}`;
  const made = `${sale.kind === 'invoice' ? 'Invoice' : 'Credit note'} ${sale.number} was made${place}`;
  if (corrections.length === 0) return `${made}.`;
  return `${made}, and corrected by ${corrections.map(({ number }) => number).join(', ')}.`;
}

/** A booked order whose status is no longer eligible, and that no credit note answers. */
function statusChange(
  order: Order,
  verdict: Verdict,
  { sale, order: basis }: Booked,
  corrections: readonly Document[],
  settings: DocumentSettings,
): Difference[] {
  const isCredited = corrections.some(isCancellation);
  const change = (booked: string): Difference[] => [{ field: 'status', booked, now: order.status }];
  if (verdict.action === 'forward') {
    const isOpen = isCredited && draftInvoice(order, settings).kind !== 'none';
    return isOpen ? change('cancelled (credited)') : [];
  }
  const isAnswered =
    isCredited ||
    order.status === basis.status ||
    (order.status === 'refunded' && order.refunds.length > 0) ||
    (isOver(order) && isNothingLeft(remainingOf(sale.document, corrections)));
  return isAnswered ? [] : change(basis.status);
}

function isOver({ status }: Order): boolean {
  return status === 'cancelled' || status === 'failed';
}

/** Credit notes whose refund the shop has deleted, and that stand for no other refund. */
function deletedRefunds(
  refunds: readonly StoredRefund[],
  corrections: readonly Document[],
): Difference[] {
  return orphanedNotes(corrections, refunds).map(({ refundId, number }) => ({
    field: `refund ${refundId}`,
    booked: `credited by ${number}`,
    now: 'deleted in the shop',
  }));
}

function concludeTrashed(verdict: Verdict, { documents }: Known): Conclusion {
  return {
    state: 'withdrawn',
    verdict: { action: verdict.action, rule: 'trash', reason: "It is in the shop's trash." },
    ...withdrawn('trashed', documents),
    issued: [],
    hasSale: saleOf(documents) !== undefined,
  };
}
