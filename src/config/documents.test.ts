import { expect, test } from 'vitest';
import { type DocumentSettings, VAT_CATEGORIES } from '../documents/settings.js';
import type { FilesSettings } from '../export/destinations/files/files.js';
import { JOURNAL_FLAVOURS, type JournalSettings } from '../export/destinations/journal/settings.js';
import type { Seller } from '../rendering/seller.js';
import type { RenderSettings } from '../rendering/settings.js';
import type { StatusRules } from '../rules/settings.js';
import type { Config } from './config.js';
import { THEN } from './fields.js';
import { configOf, load, ownerFile, problemsOf } from './testing/owner-file.js';

type BooksRendering = Omit<RenderSettings, 'seller' | 'timezone' | 'language'>;

/** Compiles only while the config is what the other parts take. */
function asOthersTakeIt(config: Config): {
  documents: DocumentSettings;
  seller: Seller;
  journals: readonly JournalSettings[];
  files: readonly (FilesSettings & BooksRendering)[];
  statuses: readonly StatusRules[];
} {
  const { documents, seller, books, shops } = config;
  return {
    documents,
    seller,
    journals: books.filter((one) => one.type === 'journal'),
    files: books.filter((one) => one.type === 'files'),
    statuses: shops.map(({ statuses }) => statuses),
  };
}

function documentsOf(documents: string, vat = '{ percent: 21, code: NL21 }'): DocumentSettings {
  const text = ownerFile({ vat: `vat:\n  - ${vat}`, more: `documents:\n  ${documents}` });
  return asOthersTakeIt(configOf(load(text))).documents;
}

test('without documents, the defaults are those of a careful accountant', () => {
  const { documents } = asOthersTakeIt(configOf(load(ownerFile())));
  expect(documents).toMatchObject({
    timezone: 'Europe/Amsterdam',
    sellerCountry: 'NL',
    invoiceDate: 'paid',
    numbering: { from: 'order' },
    refundWithoutLines: 'estimate',
    refundBelowLines: 'estimate',
    cancelledAfterBooking: 'credit',
    unknownRate: 'derive',
    zeroTotal: 'book',
    roundingCapMinor: 5,
    balanceOfKeys: ['_wc_deposits_parent_order'],
  });
  expect(documents).not.toHaveProperty('lockedThrough');
});

test.each([
  ['numbering: order', { from: 'order' }],
  ['numbering: { meta: _wcpdf_invoice_number }', { from: 'meta', key: '_wcpdf_invoice_number' }],
  [
    'numbering: { sequence: { invoicePrefix: "F", digits: 6 } }',
    { from: 'sequence', invoicePrefix: 'F', creditNotePrefix: 'C', digits: 6 },
  ],
])('%s', (documents, expected) => {
  expect(documentsOf(documents).numbering).toEqual(expected);
});

test.each([
  ['lockedThrough: 2025-12-31', { date: '2025-12-31', [THEN]: 'next-open-day' }],
  ['lockedThrough: { date: 2025-12-31, then: block }', { date: '2025-12-31', [THEN]: 'block' }],
])('%s', (documents, expected) => {
  expect(documentsOf(documents).lockedThrough).toEqual(expected);
});

test('a VAT rule keeps every condition, and its line', () => {
  const rule =
    '{ percent: 0, country: EU, buyer: business, taxClass: ["", zero-rate], lines: shipping, sku: A1, vatPrefix: XI, meta: { a: false }, code: K0, category: K, reason: Because }';
  expect(documentsOf('zeroTotal: ignore', rule).vat).toEqual([
    {
      percent: '0',
      country: ['EU'],
      buyer: 'business',
      taxClass: ['', 'zero-rate'],
      lines: ['shipping'],
      sku: ['A1'],
      vatPrefix: ['XI'],
      meta: { a: false },
      code: 'K0',
      category: 'K',
      reason: 'Because',
      line: 10,
    },
  ]);
});

test.each([
  [
    'numbering: { sequence: { invoicePrefix: X, creditNotePrefix: X } }',
    'documents.numbering.sequence',
  ],
  ['prepayments: [ { kind: deposit } ]', 'documents.prepayments[0]'],
  ['prepayments: [ { kind: gift-card, feeName: "(" } ]', 'documents.prepayments[0].feeName'],
  ['roundingCapMinor: -1', 'documents.roundingCapMinor'],
  ['roundingCapMinor: 2.5', 'documents.roundingCapMinor'],
  ['lockedThrough: 2025-02-30', 'documents.lockedThrough'],
])('%s is refused', (documents, path) => {
  const problems = problemsOf(load(ownerFile({ more: `documents:\n  ${documents}` })));
  expect(problems.map((problem) => problem.path)).toEqual([path]);
});

test('vocabularies are those of the parts that use them', () => {
  for (const category of VAT_CATEGORIES) {
    expect(
      documentsOf('zeroTotal: book', `{ percent: 0, code: A, category: ${category} }`).vat[0]
        ?.category,
    ).toBe(category);
  }
  for (const flavour of JOURNAL_FLAVOURS) {
    const books = `books:\n  - { id: a, type: journal, flavour: ${flavour}, folder: x }`;
    expect(asOthersTakeIt(configOf(load(ownerFile({ books })))).journals[0]?.flavour).toBe(flavour);
  }
});

test('accounts are kept as named, by method and by code', () => {
  const books = `books:
  - id: a
    type: journal
    flavour: ledger
    folder: x
    accounts:
      revenue: "Omzet:{country} {percent}"
      clearingByMethod: { bacs: Activa:Bank }`;
  expect(asOthersTakeIt(configOf(load(ownerFile({ books })))).journals[0]?.accounts).toEqual({
    revenue: 'Omzet:{country} {percent}',
    clearingByMethod: { bacs: 'Activa:Bank' },
  });
});

test.each(['"a  b"', '"a;b"', '" a"', '"a\\nb"'])(
  'the account %s would break a journal',
  (name) => {
    const books = `books:\n  - { id: a, type: journal, flavour: ledger, folder: x, accounts: { revenue: ${name} } }`;
    expect(problemsOf(load(ownerFile({ books }))).map(({ path }) => path)).toEqual([
      'books[0].accounts.revenue',
    ]);
  },
);
