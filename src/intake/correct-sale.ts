import type { RestCause } from '../documents/credit-note.js';
import type { Document } from '../documents/document.js';
import { draftReplacement, saysTheSame } from '../documents/replacement.js';
import type { Order } from '../orders/order.js';
import type { StoredDocument, StoredOrder, StoredRefund } from '../store/store.js';
import { storedPicture } from './accept-refunds.js';
import { creditRest } from './credit.js';
import type { Desk, Issued } from './desk.js';
import type { Correction } from './intake.js';
import { readKnown } from './known.js';
import { asStored, correctionsOf, type Known, type Picture, saleOf, salesOf } from './picture.js';
import { settleOrder, sinceVerdict, verdictOn } from './settle-order.js';
import { withdrawn } from './withdrawn.js';

/**
 * Credits what is left of an order's sale, and books the order again as it is now; an order that is not
 * to be booked any more is credited only. Throws NotCorrectable where it cannot be done whole.
 */
export async function correctSale(plain: Desk, stored: StoredOrder): Promise<Correction> {
  const { desk, issued } = listening(plain);
  const known = await readKnown(desk.tx, stored.shop, stored.id, stored);
  const sale = saleOf(known.documents);
  if (!sale) {
    throw new NotCorrectable(
      'No document was made for this order, so that there is nothing to correct.',
      'Forward the order, if it is to be booked.',
    );
  }
  const order =
    stored.state === 'withdrawn'
      ? await creditWithdrawn(desk, stored, known, sale)
      : await correctAsItIs(desk, stored, known, sale);
  return { documents: issued, order };
}

/** Nothing is done: what stands in the way, and what a person can do. */
export class NotCorrectable extends Error {
  constructor(
    readonly reason: string,
    readonly fix: string,
  ) {
    super(reason);
  }
}

async function correctAsItIs(
  desk: Desk,
  stored: StoredOrder,
  known: Known,
  sale: StoredDocument,
): Promise<StoredOrder> {
  const order = await storedPicture(desk, stored);
  if (!order) {
    throw new NotCorrectable(
      'The shop has not given this order whole since it was booked.',
      'Look at it again (recheck) first.',
    );
  }
  const { contentHash, readAt } = stored;
  // That a person left the trouble of an earlier sale to themselves says nothing of the next.
  const decision = stored.decision === 'forward' ? 'forward' : null;
  const picture: Picture = {
    ...{ order, contentHash, readAt, decision },
    ...{ source: 'manual', unchanged: true },
  };
  // A `since` that was moved says nothing of what is booked already: it must not take it away.
  const leftOut = decision === null ? sinceVerdict(order, desk.shop) : undefined;
  if (leftOut) {
    const fix = 'Forward the order first, if it is to be booked again.';
    throw new NotCorrectable(leftOut.reason, fix);
  }
  const { action, reason } = verdictOn(picture, desk);
  switch (action) {
    case 'park':
      throw new NotCorrectable(
        `As its status is now, it would not be booked again. ${reason}`,
        'Wait until the shop gives it a status that is booked, or forward the order first.',
      );
    case 'ignore':
      return creditOnly(desk, picture, known, sale);
    case 'forward':
      return replace(desk, picture, known, sale);
  }
}

/** It is not to be booked any more. */
async function creditOnly(
  desk: Desk,
  picture: Picture,
  known: Known,
  sale: StoredDocument,
): Promise<StoredOrder> {
  const documents = await creditAll(desk, sale, known, 'cancelled', picture.order);
  return (await settleOrder(desk, picture, { ...known, documents }, [])).order;
}

async function replace(
  desk: Desk,
  picture: Picture,
  known: Known,
  sale: StoredDocument,
): Promise<StoredOrder> {
  const { order, contentHash } = picture;
  const isFeeBooked = salesOf(known.documents).some(({ document }) => document.gatewayFee);
  const drafted = draftReplacement(
    order,
    { replaced: sale.document, isFeeBooked },
    desk.now,
    desk.options.documents,
  );
  switch (drafted.kind) {
    case 'blocked':
      throw new NotCorrectable(drafted.reason, drafted.fix);
    case 'none':
      return creditOnly(desk, picture, known, sale);
    case 'draft':
      break;
  }
  if (known.stored?.changes.length === 0 && saysTheSame(drafted.draft, sale.document)) {
    throw new NotCorrectable(
      `${sale.document.kind} ${sale.document.number} says already what the order says now.`,
      'There is nothing to do.',
    );
  }
  await restOf(desk, sale, known, 'replaced', order);
  const issued = await desk.issue(drafted.draft, { order, contentHash, credited: [] });
  if (issued.kind === 'blocked') throw new NotCorrectable(issued.reason, issued.fix);
  const documents = [...known.documents, asStored(issued, contentHash, desk.now)];
  const refunds = known.refunds.map((refund) => anew(desk, refund));
  return (await settleOrder(desk, picture, { ...known, documents, refunds }, [])).order;
}

/** A refund is credited against the sale that stands; one that the shop has deleted, no more. */
function anew(desk: Desk, stored: StoredRefund): StoredRefund {
  if (stored.state !== 'deleted') return { ...stored, state: 'waiting', documentKey: null };
  const deleted: StoredRefund = { ...stored, documentKey: null };
  desk.putRefund(deleted);
  return deleted;
}

async function creditWithdrawn(
  desk: Desk,
  stored: StoredOrder,
  known: Known,
  sale: StoredDocument,
): Promise<StoredOrder> {
  const booked = JSON.parse(sale.basis) as Order;
  const documents = await creditAll(desk, sale, known, 'withdrawn', booked);
  const how = stored.rule === 'deleted' ? 'deleted' : 'trashed';
  const order: StoredOrder = { ...stored, ...withdrawn(how, documents), source: 'manual' };
  desk.putOrder(order);
  desk.addHistory(order, stored.state);
  return order;
}

/** Credits what is left of a sale that nothing takes the place of; answers all documents, that one too. */
async function creditAll(
  desk: Desk,
  sale: StoredDocument,
  known: Known,
  cause: RestCause,
  order: Order,
): Promise<readonly StoredDocument[]> {
  const note = await restOf(desk, sale, known, cause, order);
  if (note) return [...known.documents, asStored(note, sale.contentHash, desk.now)];
  const { kind, number } = sale.document;
  throw new NotCorrectable(
    `Nothing is left of ${kind} ${number} to credit, and the order is not to be booked again.`,
    'There is nothing to do.',
  );
}

async function restOf(
  desk: Desk,
  sale: StoredDocument,
  { documents }: Known,
  cause: RestCause,
  order: Order,
): Promise<Extract<Issued, { kind: 'issued' }> | undefined> {
  const corrections = correctionsOf(documents, sale);
  const credited = await creditRest(desk, sale, corrections, { cause, at: desk.now, order });
  if (credited?.kind === 'blocked') throw new NotCorrectable(credited.reason, credited.fix);
  return credited;
}

/** The same desk, which says what was issued at it from now on. */
function listening(desk: Desk): { desk: Desk; issued: readonly Document[] } {
  const issued: Document[] = [];
  return {
    issued,
    desk: {
      ...desk,
      async issue(draft, basis) {
        const outcome = await desk.issue(draft, basis);
        if (outcome.kind === 'issued') issued.push(outcome.document);
        return outcome;
      },
    },
  };
}
