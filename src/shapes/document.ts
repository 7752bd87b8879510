import { z } from 'zod';
import { POSTING_STATES } from '../orders/states.js';
import type { StoredDocument, StoredPosting } from '../store/store.js';
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

export const documentShape = z.object({
  key: z.string().describe('Unique, as `main/1042/invoice`.'),
  number: z.string(),
  kind: z.enum(['invoice', 'credit-note']),
  shop: z.string(),
  orderId: z.int(),
  orderNumber: z.string(),
  refundId: z.int().optional(),
  invoiceNumber: z.string().optional().describe('Of the invoice that a credit note corrects.'),
  date: day,
  currency: z.string(),
  minorUnits: z.int(),
  grossMinor: minor,
  netMinor: minor,
  taxMinor: minor,
  taxByRate: z.array(taxShape),
  estimated: z.boolean().describe('Some figure is a split that the shop did not give.'),
  issuedAt: instant,
  postings: z.array(postingShape),
});
export type DocumentJson = z.infer<typeof documentShape>;

export function documentJson(
  { document, issuedAt }: StoredDocument,
  postings: readonly StoredPosting[],
): DocumentJson {
  const { refundId, invoiceNumber } = document;
  return {
    key: document.key,
    number: document.number,
    kind: document.kind,
    shop: document.shop,
    orderId: document.orderId,
    orderNumber: document.orderNumber,
    ...(refundId === undefined ? {} : { refundId }),
    ...(invoiceNumber === undefined ? {} : { invoiceNumber }),
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
    issuedAt,
    postings: postings.filter(({ documentKey }) => documentKey === document.key).map(postingJson),
  };
}
