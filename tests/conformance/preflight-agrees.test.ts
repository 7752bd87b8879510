import { beforeAll, describe, expect, it } from 'vitest';
import { buildEInvoice } from '../../src/rendering/ubl/build.js';
import type { EInvoice } from '../../src/rendering/ubl/model.js';
import { preflight } from '../../src/rendering/ubl/preflight.js';
import { writeXml } from '../../src/rendering/ubl/write-xml.js';
import { documentOf } from '../support/documents.js';
import { mustSkipEinvoices } from '../support/einvoice/specs.js';
import { prepareUblRules, validateUbl } from '../support/einvoice/validate.js';
import { SELLER } from '../support/seller.js';

const DOCUMENT = documentOf({
  lines: [
    { netMinor: 3298, rates: ['NL21'] },
    { netMinor: 2248, rates: ['NL9'] },
    { netMinor: 5000, rates: ['NL0'] },
    { kind: 'shipping', name: 'Parcel', netMinor: 409, rates: ['NL21'] },
    { kind: 'fee', name: 'Loyalty', netMinor: -100, rates: ['NL9'] },
  ],
  taxes: { NL21: 778, NL9: 193 },
  buyer: { vatNumber: 'NL123456789B01' },
});
const RIGHT = buildEInvoice(DOCUMENT, SELLER, 'nl', 'en16931');

/** The same with the rows of a category, and the lines in them, told as another one. */
function as(category: EInvoice['breakdown'][number]['category'], invoice = RIGHT): EInvoice {
  const told = <T extends { category: string }>(key: T): T =>
    key.category === 'Z' ? { ...key, category } : key;
  return {
    ...invoice,
    breakdown: invoice.breakdown.map((row) => ({
      ...told(row),
      reason: row.category === 'Z' ? 'A reason' : '',
    })),
    lines: invoice.lines.map((line) => ({ ...line, vat: told(line.vat) })),
  };
}

const totals = (change: Partial<EInvoice['totals']>): EInvoice => ({
  ...RIGHT,
  totals: { ...RIGHT.totals, ...change },
});
const row = (index: number, change: Partial<EInvoice['breakdown'][number]>): EInvoice => ({
  ...RIGHT,
  breakdown: RIGHT.breakdown.map((each, at) => (at === index ? { ...each, ...change } : each)),
});
const { netMinor, grossMinor, taxMinor, paidMinor, chargesMinor, allowancesMinor, linesMinor } =
  RIGHT.totals;

/** What was made wrong, the rule that both must name, and the invoice. */
const FAULTS: readonly [what: string, rule: string, invoice: EInvoice][] = [
  ['sum of the lines', 'BR-CO-10', totals({ linesMinor: linesMinor + 1 })],
  ['sum of the allowances', 'BR-CO-11', totals({ allowancesMinor: allowancesMinor + 1 })],
  ['sum of the charges', 'BR-CO-12', totals({ chargesMinor: chargesMinor - 1 })],
  ['total without VAT', 'BR-CO-13', totals({ netMinor: netMinor + 1 })],
  ['total of the VAT', 'BR-CO-14', totals({ taxMinor: taxMinor + 1 })],
  ['total with VAT', 'BR-CO-15', totals({ grossMinor: grossMinor - 1 })],
  ['amount due', 'BR-CO-16', totals({ paidMinor: paidMinor - 1 })],
  ['tax of a row, by a whole euro', 'BR-CO-17', row(0, { taxMinor: 778 + 101 })],
  ['no row at all', 'BR-CO-18', { ...RIGHT, breakdown: [] }],
  ['base of a standard row', 'BR-S-08', row(0, { taxableMinor: 3707 + 150 })],
  ['base of a zero row', 'BR-Z-08', row(2, { taxableMinor: 4999 })],
  ['tax of a zero row', 'BR-Z-09', row(2, { taxMinor: 10 })],
  ['no number', 'BR-02', { ...RIGHT, number: '' }],
  ['no line', 'BR-16', { ...RIGHT, lines: [] }],
  ['no name of the seller', 'BR-06', { ...RIGHT, seller: { ...RIGHT.seller, name: '' } }],
  ['no country of the buyer', 'BR-11', { ...RIGHT, buyer: { ...RIGHT.buyer, country: '' } }],
  ['no VAT number of the seller', 'BR-S-02', { ...RIGHT, seller: { ...RIGHT.seller, vatId: '' } }],
  [
    'the same where a rate is zero',
    'BR-Z-02',
    { ...RIGHT, seller: { ...RIGHT.seller, vatId: '' } },
  ],
  [
    'neither VAT number nor registration of the seller',
    'BR-CO-26',
    { ...RIGHT, seller: withoutRegistration({ ...RIGHT.seller, vatId: '' }) },
  ],
  [
    'a VAT number without a country',
    'BR-CO-09',
    { ...RIGHT, buyer: { ...RIGHT.buyer, vatId: '123456789' } },
  ],
  [
    'reverse charge to nobody known',
    'BR-AE-02',
    as('AE', { ...RIGHT, buyer: { ...RIGHT.buyer, vatId: '' } }),
  ],
  [
    'intra-Community supply to nobody known',
    'BR-IC-02',
    as('K', { ...RIGHT, buyer: { ...RIGHT.buyer, vatId: '' } }),
  ],
  [
    'intra-Community supply to nowhere',
    'BR-IC-12',
    as('K', { ...RIGHT, delivery: { ...RIGHT.delivery, date: '2026-11-20', country: '' } }),
  ],
  ['outside the scope beside other categories', 'BR-O-11', as('O')],
  ['a standard rate of zero', 'BR-S-05', as('S')],
  [
    'a negative price',
    'BR-27',
    { ...RIGHT, lines: RIGHT.lines.map((line) => ({ ...line, price: `-${line.price}` })) },
  ],
  [
    'a transfer to no account',
    'BR-61',
    { ...RIGHT, payment: { code: '58', remittance: RIGHT.number } },
  ],
  ['thousandths', 'BR-DEC-23', { ...RIGHT, minorUnits: 3 }],
];

function withoutRegistration({
  registration: _,
  ...party
}: EInvoice['seller']): EInvoice['seller'] {
  return party;
}

describe('the preflight', () => {
  it('finds nothing in an invoice that is right', () => {
    expect(preflight(RIGHT)).toEqual([]);
  });

  it.each(FAULTS)('%s: %s, with words for a person', (_, rule, invoice) => {
    const found = preflight(invoice).find((breach) => breach.rule === rule);
    expect(found?.message).toMatch(/\w.*\.$/);
  });
});

describe.skipIf(mustSkipEinvoices())('the official rules agree with the preflight', () => {
  beforeAll(() => prepareUblRules(['en16931']), 600_000);

  it('on an invoice that is right', async () => {
    expect(await validateUbl(writeXml(RIGHT), 'en16931')).toEqual([]);
  });

  // Thousandths are cut off where they are written; no line, no number and no row break the schema.
  const judged = FAULTS.filter(
    ([, rule]) => !['BR-DEC-23', 'BR-16', 'BR-02', 'BR-CO-18', 'BR-06'].includes(rule),
  );
  it.each(judged)('on a wrong %s: %s', async (_, rule, invoice) => {
    const found = await validateUbl(writeXml(invoice), 'en16931');
    expect(found.map((finding) => finding.rule)).toContain(rule);
  });
});
