import { z } from 'zod';
import { checked, count, day, list, matching, oneOf, section, THEN, text } from './fields.js';
import {
  ENDPOINT_KEYS,
  PREPAYMENTS,
  REFERENCE_KEYS,
  REGISTRATION_KEYS,
  VAT_NUMBER_KEYS,
} from './usual-keys.js';

const prefix = () => matching(/^[\w./-]{0,20}$/, 'letters, digits and . _ / -');

const sequence = section({
  invoicePrefix: prefix().default('').describe('Before the number of an invoice.'),
  creditNotePrefix: prefix().default('C').describe('Before the number of a credit note.'),
  digits: count('whole', 1, 12).default(4).describe('Digits of the number, at least.'),
}).refine(({ invoicePrefix, creditNotePrefix }) => invoicePrefix !== creditNotePrefix, {
  error: 'different prefixes for invoices and credit notes',
});

const NUMBERING = 'order, { meta: key } or { sequence: { … } }';

const numbering = z.union(
  [
    z.literal('order', { error: NUMBERING }),
    section({ meta: text('a meta key').describe('Meta key of the order that holds the number.') }),
    section({ sequence: sequence.describe('Own numbers without gaps, by year and kind.') }),
  ],
  { error: NUMBERING },
);

export const closedPeriodSchema = section({
  date: day().describe('Last day of the closed period.'),
  [THEN]: oneOf(['next-open-day', 'block'])
    .default('next-open-day')
    .describe('next-open-day: dated on the day after, and says so; block: a person decides.'),
});

const lockedThrough = z.union([day(), closedPeriodSchema], {
  error: 'a day, as 2026-01-31, or { date, then }',
});

const metaKeys = () => list(text('a meta key'), 'a list of meta keys');

const prepayment = section({
  kind: oneOf(['gift-card', 'store-credit', 'deposit']).describe(
    'What it is; deposit: a part of the order that is paid apart from it.',
  ),
  metaKeys: metaKeys()
    .min(1, { error: 'a list of meta keys' })
    .optional()
    .describe('Meta keys that hold the amount; the first that has one counts.'),
  feeName: checked('a regular expression', isPattern)
    .optional()
    .describe(
      'Untaxed negative fees of this name are such a payment (regular expression, any case).',
    ),
}).refine(({ metaKeys: keys, feeName }) => keys !== undefined || feeName !== undefined, {
  error: 'metaKeys, feeName or both',
});

function isPattern(value: string): boolean {
  try {
    return new RegExp(value, 'iu') !== undefined;
  } catch {
    return false;
  }
}

export const documentsSchema = section({
  invoiceDate: oneOf(['paid', 'completed', 'ordered'])
    .default('paid')
    .describe('Which day dates an invoice: paid, completed or ordered.'),
  numbering: numbering
    .default('order')
    .describe(
      'Numbers: order (credit notes add -C1), { meta: key } of an invoice plugin, or { sequence: … }.',
    ),
  lockedThrough: lockedThrough
    .optional()
    .describe(
      'Last day of a closed period; a document that belongs in it gets the first open day.',
    ),
  refundWithoutLines: oneOf(['estimate', 'block'])
    .default('estimate')
    .describe(
      "A refund by amount only: split over the order's rates and marked as an estimate, or blocked.",
    ),
  refundBelowLines: oneOf(['estimate', 'block'])
    .default('estimate')
    .describe(
      'A refund of less than its lines: scaled down and marked as an estimate, or blocked.',
    ),
  cancelledAfterBooking: oneOf(['credit', 'flag'])
    .default('credit')
    .describe('An order cancelled after it was booked: credited in full, or only shown.'),
  unknownRate: oneOf(['derive', 'block'])
    .default('derive')
    .describe(
      'A rate whose percentage the shop does not know: worked out from the lines, or blocked.',
    ),
  zeroTotal: oneOf(['book', 'ignore'])
    .default('book')
    .describe('Orders of nothing at all: booked too, or left out.'),
  roundingCapMinor: count('whole', 0, 100)
    .default(5)
    .describe(
      'Largest difference, in cents, that becomes a visible rounding line; above it blocks.',
    ),
  vatNumberKeys: metaKeys()
    .default([...VAT_NUMBER_KEYS])
    .describe("Meta keys that may hold the buyer's VAT number; the first that is not empty wins."),
  registrationKeys: metaKeys()
    .default([...REGISTRATION_KEYS])
    .describe("Meta keys that may hold the buyer's number in the register of companies (KvK)."),
  endpointKeys: metaKeys()
    .default([...ENDPOINT_KEYS])
    .describe("Meta keys that may hold the buyer's address for e-invoices, as 0106:12345678."),
  referenceKeys: metaKeys()
    .default([...REFERENCE_KEYS])
    .describe(
      'Meta keys that may hold what the buyer wants named: a purchase order, a Leitweg-ID.',
    ),
  prepayments: list(prepayment, 'a list of payments')
    .default(PREPAYMENTS.map((rule) => ({ ...rule })))
    .describe('What lowers what is paid but not what is sold: gift cards, store credit, deposits.'),
  balanceOfKeys: metaKeys()
    .default(['_wc_deposits_parent_order'])
    .describe(
      'Meta keys that mark an order as the balance of another; it is a payment, not a sale.',
    ),
});
