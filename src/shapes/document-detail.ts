import { z } from 'zod';
import type { Document } from '../documents/document.js';
import type { StoredDocument, StoredPosting } from '../store/store.js';
import { documentJson, documentShape } from './document.js';
import { minor } from './scalars.js';

const lineShape = z.object({
  kind: z.enum(['product', 'shipping', 'fee', 'rounding', 'text']),
  name: z.string(),
  sku: z.string(),
  quantity: z.string(),
  netMinor: minor,
  netBeforeDiscountMinor: minor.optional(),
  unitPrice: z.string().optional(),
  group: z.int().describe('Index into `groups`.'),
});

const groupShape = z.object({
  netMinor: minor,
  rateIds: z.array(z.string()).readonly(),
  vat: z
    .array(
      z.object({
        code: z.string(),
        category: z.string(),
        percent: z.string(),
        country: z.string(),
        reason: z.string().optional(),
      }),
    )
    .readonly(),
});

const settlementShape = z.object({
  kind: z.enum(['payment', 'receivable', 'gift-card', 'store-credit', 'deposit']),
  method: z.string(),
  title: z.string(),
  amountMinor: minor,
});

const partyIdShape = z.object({ scheme: z.string(), id: z.string() });

const buyerShape = z.object({
  name: z.string(),
  company: z.string(),
  vatNumber: z.string(),
  street: z.string(),
  street2: z.string(),
  postcode: z.string(),
  city: z.string(),
  state: z.string(),
  country: z.string(),
  email: z.string(),
  registration: partyIdShape.optional(),
  endpoint: partyIdShape.optional(),
});

/** A document whole. */
export const documentDetailShape = z.object({
  ...documentShape.shape,
  lines: z.array(lineShape).readonly(),
  groups: z.array(groupShape).readonly(),
  settlements: z.array(settlementShape).readonly(),
  buyer: buyerShape,
  deliveryCountry: z.string(),
  notes: z.array(z.string()).readonly(),
  couponCodes: z.array(z.string()).readonly(),
  discountMinor: minor,
});
export type DocumentDetailJson = z.infer<typeof documentDetailShape>;

export function documentDetailJson(
  stored: StoredDocument,
  postings: readonly StoredPosting[],
): DocumentDetailJson {
  return { ...documentJson(stored, postings), ...wholeOf(stored.document) };
}

function wholeOf(document: Document) {
  const { lines, groups, settlements, buyer, deliveryCountry, notes, couponCodes, discountMinor } =
    document;
  return { lines, groups, settlements, buyer, deliveryCountry, notes, couponCodes, discountMinor };
}
