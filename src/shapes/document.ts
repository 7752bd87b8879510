import { z } from 'zod';
import type { Document } from '../documents/document.js';
import type { Proposal } from '../intake/intake.js';
import { POSTING_STATES } from '../orders/states.js';
import type { StoredDocument, StoredPosting } from '../store/store.js';
import { orderJson, orderShape } from './order.js';
import { day, instant, minor } from './scalars.js';

export const postingShape = z.object({
  books: z.string(),
  state: z.enum(POSTING_STATES),
  reference: z.string().optional().describe('The books’ own, once booked.'),
  attempt: z.int(),
  reason: z.string(),
  fix: z.string().optional(),
  dueAt: instant.optional(),
});
type PostingJson = z.infer<typeof postingShape>;

function postingJson(posting: StoredPosting): PostingJson {
  const { reference, fix, dueAt } = posting;
  return {
    books: posting.books,
    state: posting.state,
    ...(reference === null ? {} : { reference }),
    attempt: posting.attempt,
    reason: posting.reason,
    ...(fix === null ? {} : { fix }),
    ...(dueAt === null ? {} : { dueAt }),
  };
}

/** A posting in a list of its own. */
export const listedPostingShape = z.object({ documentKey: z.string(), ...postingShape.shape });

export function listedPostingJson(posting: StoredPosting): z.infer<typeof listedPostingShape> {
  return { documentKey: posting.documentKey, ...postingJson(posting) };
}

/** One of the shop's rates. */
const taxShape = z.object({
  rateId: z.string(),
  percent: z.string(),
  country: z.string(),
  code: z.string(),
  category: z.string(),
  baseMinor: minor,
  taxMinor: minor,
});

/** What a document says of itself. */
const figuresShape = z.object({
  key: z.string().describe('Unique, as `main/1042/invoice`.'),
  number: z.string(),
  kind: z.enum(['invoice', 'credit-note']),
  shop: z.string(),
  orderId: z.int(),
  orderNumber: z.string(),
  refundId: z.int().optional(),
  invoiceNumber: z.string().optional().describe('Of the invoice that a credit note corrects.'),
  replaces: z.string().optional().describe('Number of the sale before, that was credited.'),
  date: day,
  currency: z.string(),
  minorUnits: z.int(),
  grossMinor: minor,
  netMinor: minor,
  taxMinor: minor,
  taxByRate: z.array(taxShape),
  estimated: z.boolean().describe('Some figure is a split that the shop did not give.'),
});

export const documentShape = z.object({
  ...figuresShape.shape,
  issuedAt: instant,
  postings: z.array(postingShape),
});
export type DocumentJson = z.infer<typeof documentShape>;

export function documentJson(
  { document, issuedAt }: StoredDocument,
  postings: readonly StoredPosting[],
): DocumentJson {
  return {
    ...figuresJson(document),
    issuedAt,
    postings: postings.filter(({ documentKey }) => documentKey === document.key).map(postingJson),
  };
}

function figuresJson(document: Document): z.infer<typeof figuresShape> {
  const { refundId, invoiceNumber, replaces } = document;
  return {
    key: document.key,
    number: document.number,
    kind: document.kind,
    shop: document.shop,
    orderId: document.orderId,
    orderNumber: document.orderNumber,
    ...(refundId === undefined ? {} : { refundId }),
    ...(invoiceNumber === undefined ? {} : { invoiceNumber }),
    ...(replaces === undefined ? {} : { replaces }),
    date: document.date,
    currency: document.currency,
    minorUnits: document.minorUnits,
    grossMinor: document.grossMinor,
    netMinor: document.netMinor,
    taxMinor: document.taxMinor,
    taxByRate: document.taxes.map(({ rateId, vat, baseMinor, taxMinor }) => ({
      rateId,
      percent: vat.percent,
      country: vat.country,
      code: vat.code,
      category: vat.category,
      baseMinor,
      taxMinor,
    })),
    estimated: document.estimated,
  };
}

/** "Credit and book again", as it would be done. */
export const proposalShape = z.object({
  mark: z.string().describe('Accepts just this; it stands for what the documents say.'),
  documents: z.array(figuresShape).describe('Those that would be made, in their order.'),
  order: orderShape.describe('As it would be then.'),
});

export function proposalJson({
  mark,
  documents,
  order,
}: Extract<Proposal, { kind: 'proposal' }>): z.infer<typeof proposalShape> {
  return { mark, documents: documents.map(figuresJson), order: orderJson(order) };
}
