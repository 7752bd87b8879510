import { describe, expect, it } from 'vitest';
import { documentOf, EXAMPLES } from '../../../tests/support/documents.js';
import { PDF_SETTINGS, SELLER } from '../../../tests/support/pdf-settings.js';
import type { Document, VatTreatment } from '../../documents/document.js';
import { withoutIsolates } from '../visible-text.js';
import { contentOf, textsIn } from './content.js';

const { plain, reverseCharge } = EXAMPLES;

/** Readable: without the marks around foreign texts, and with plain spaces. */
function readable(text: string): string {
  return withoutIsolates(text).replace(/[\u00a0\u202f]/g, ' ');
}

function contentIn(document: Document, settings: Partial<typeof PDF_SETTINGS> = {}) {
  return contentOf(document, { ...PDF_SETTINGS, ...settings });
}

function totalsOf(document: Document, language: 'nl' | 'en' | 'de' = 'nl'): string[] {
  return contentIn(document, { language }).totals.map(({ label, amount }) =>
    readable(`${label}: ${amount}`),
  );
}

function factsOf(document: Document): Record<string, string> {
  const facts = contentIn(document).facts.map(({ label, value }) => [label, readable(value)]);
  return Object.fromEntries(facts);
}

function remarksOf(document: Document, language: 'nl' | 'en' | 'de' = 'nl'): string[] {
  return contentIn(document, { language }).remarks.map(readable);
}

/** All of the document under one treatment, of which the shop charged nothing. */
function untaxed(vat: Partial<VatTreatment>): Document {
  const treatment = { code: 'X', category: 'O', percent: '0', country: 'NL', ...vat } as const;
  const group = { netMinor: 5000, rateIds: [], vat: [treatment] };
  return { ...reverseCharge, groups: [group], taxes: [] };
}

describe('the sums', () => {
  it('net, the tax of each rate on its base, total, what is paid, and that nothing is left', () => {
    expect(totalsOf(EXAMPLES.severalRates)).toEqual([
      'Totaal exclusief btw: € 109,55',
      '21% btw over € 37,07: € 7,78',
      '9% btw over € 22,48: € 2,02',
      '0% btw over € 50,00: € 0,00',
      'Totaal: € 119,35',
      'Betaald (ideal): € -119,35',
      'Te betalen: € 0,00',
    ]);
  });

  it('a rounding difference is told apart from the net, and belongs to no tax', () => {
    expect(totalsOf(EXAMPLES.rounding)).toEqual([
      'Totaal exclusief btw: € 16,49',
      '21% btw over € 16,49: € 3,46',
      'Afronding: € -0,01',
      'Totaal: € 19,94',
      'Betaald (ideal): € -19,94',
      'Te betalen: € 0,00',
    ]);
    expect(contentIn(EXAMPLES.rounding).rows).toHaveLength(1);
  });

  it('a gift card is a payment, and a deposit is settled by the shop itself', () => {
    expect(totalsOf(EXAMPLES.giftCard, 'en').slice(3)).toEqual([
      'Paid (gift card): -€10.00',
      'Paid (ideal): -€9.95',
      'To pay: €0.00',
    ]);
    expect(totalsOf(EXAMPLES.deposit, 'de').slice(3)).toEqual([
      'Getrennt verrechnet (Anzahlung): -90,00 €',
      'Bezahlt (ideal): -31,00 €',
      'Zu zahlen: 0,00 €',
    ]);
  });

  it('a key of the shop’s database is not taken for the name of a means of payment', () => {
    const settlements = [
      { kind: 'gift-card' as const, method: '', title: '_ywgc_cards', amountMinor: 2490 },
    ];
    expect(totalsOf({ ...plain, settlements })).toContain('Betaald (cadeaubon): € -24,90');
  });

  it('a credit note says what was given back, and what is still to be', () => {
    expect(totalsOf(EXAMPLES.creditNote).slice(2)).toEqual([
      'Totaal creditbedrag: € 19,95',
      'Terugbetaald (ideal): € -19,95',
    ]);
    const open = documentOf({
      kind: 'credit-note',
      lines: [{ netMinor: 1000, rates: ['NL21'] }],
      taxes: { NL21: 210 },
      method: '',
    });
    expect(totalsOf(open, 'de').slice(2)).toEqual([
      'Korrekturbetrag: 12,10 €',
      'Zu erstatten oder zu verrechnen: 12,10 €',
    ]);
    expect(contentIn(open).payment).toBeUndefined();
  });

  it('a tax of another country has the shop’s name and its country', () => {
    expect(totalsOf(EXAMPLES.compound, 'en')).toEqual(
      expect.arrayContaining([
        '5% GST (Canada) on €50.00: €2.50',
        '9.975% QST (Canada) on €50.00: €5.24',
      ]),
    );
  });

  it.each([
    ['AE', 'Btw verlegd over € 50,00: € 0,00'],
    ['K', '0% btw over € 50,00: € 0,00'],
    ['E', 'Vrijgesteld van btw: € 50,00: € 0,00'],
    ['O', 'Buiten de btw: € 50,00: € 0,00'],
  ] as const)('what carries no tax under %s is a sum of its own', (category, row) => {
    expect(totalsOf(untaxed({ category }))).toContain(row);
  });
});

describe('the remarks', () => {
  it.each([
    ['AE', 'Btw verlegd', 'Reverse charge', 'Steuerschuldnerschaft des Leistungsempfängers'],
    ['K', 'Intracommunautaire levering', 'Intra-Community supply', 'innergemeinschaftliche'],
    ['G', 'Uitvoer buiten de Europese Unie', 'Export outside', 'Ausfuhrlieferung'],
    ['E', 'Vrijgesteld van btw', 'Exempt from VAT', 'Steuerfrei'],
    ['O', 'Buiten de heffing', 'Outside the scope', 'Nicht steuerbar'],
  ] as const)('say why there is no tax under %s', (category, dutch, english, german) => {
    const document = untaxed({ category });
    expect(remarksOf(document, 'nl').join()).toContain(dutch);
    expect(remarksOf(document, 'en').join()).toContain(english);
    expect(remarksOf(document, 'de').join()).toContain(german);
  });

  it('add the owner’s own reason, unless it is said already', () => {
    expect(remarksOf(untaxed({ category: 'O', reason: 'Fooi' }))).toEqual([
      'Buiten de heffing van btw. Fooi.',
    ]);
    expect(remarksOf(untaxed({ category: 'AE', reason: 'Btw verlegd' }))).toEqual([
      'Btw verlegd: de afnemer geeft de btw aan.',
    ]);
    expect(remarksOf(untaxed({ category: 'Z', reason: 'Boek, nultarief' }))).toEqual([
      'Boek, nultarief.',
    ]);
  });

  it('name the countries of the One Stop Shop once, and never the seller’s own', () => {
    const both = documentOf({
      lines: [
        { netMinor: 1000, rates: ['DE19'] },
        { netMinor: 2000, rates: ['DE19'] },
        { netMinor: 500, rates: ['NL21'] },
      ],
      taxes: { DE19: 570, NL21: 105 },
    });
    expect(remarksOf(both)).toEqual([
      'Btw van het land van levering (Duitsland), volgens de eenloketregeling (OSS).',
    ]);
    const german = { ...SELLER, country: 'DE' };
    const atHome = documentOf({
      lines: [{ netMinor: 1000, rates: ['DE19'] }],
      taxes: { DE19: 190 },
    });
    expect(contentIn(atHome, { seller: german }).remarks).toEqual([]);
    const outside = { ...SELLER, country: 'CH' };
    expect(contentIn(atHome, { seller: outside }).remarks).toEqual([]);
  });

  it('tell coupons and discount, and that a split is an estimate', () => {
    expect(remarksOf(EXAMPLES.fees)).toEqual([
      'Kortingscodes: SUMMER, ten, off.',
      'In de bedragen is € 3,00 korting verwerkt, exclusief btw.',
    ]);
    expect(remarksOf(EXAMPLES.estimated).join()).toContain('geschat');
  });

  it('leave the notes for the books in their own words, under a heading', () => {
    const { bookNotes } = contentIn(EXAMPLES.estimated, { language: 'de' });
    expect(bookNotes?.heading).toBe('Hinweise für die Buchhaltung');
    expect(bookNotes?.notes.map(readable)).toEqual(EXAMPLES.estimated.notes);
  });
});

describe('the facts', () => {
  it('the day of the order is one on the owner’s calendar', () => {
    const document = { ...plain, orderedAt: '2026-11-19T23:30:00.000Z' };
    expect(factsOf(document)['Besteld op']).toBe('20 november 2026');
  });

  it('name what is not always there: due date, reference, country, corrected invoice, means', () => {
    expect(Object.keys(factsOf(plain))).toEqual(['Datum', 'Bestelnummer', 'Besteld op']);
    const open = {
      ...reverseCharge,
      deliveryCountry: 'FR',
      buyerReference: 'PO 7',
      settlements: [
        { kind: 'receivable' as const, method: 'bacs', title: 'Overboeking', amountMinor: 5000 },
      ],
    };
    expect(factsOf(open)).toMatchObject({
      Vervaldatum: '4 december 2026',
      'Uw referentie': 'PO 7',
      'Land van levering': 'Frankrijk',
      Betaalwijze: 'Overboeking',
    });
    expect(factsOf(EXAMPLES.creditNote)).toMatchObject({ 'Correctie op factuur': '1' });
  });
});

describe('how to pay', () => {
  it('stands on an invoice of which something is open, with a code where it is in euros', () => {
    const { payment } = contentIn(reverseCharge);
    expect(payment?.transfer.map(({ value }) => readable(value))).toEqual([
      'NL91 ABNA 0417 1643 00',
      'Voorbeeld & Zonen B.V.',
      'Factuur 10',
    ]);
    expect(payment?.code?.payload).toContain('\nEUR50.00\n');
    const dollars = { ...reverseCharge, currency: 'USD' };
    expect(contentIn(dollars).payment?.transfer).toHaveLength(3);
    expect(contentIn(dollars).payment?.code).toBeUndefined();
    expect(contentIn(plain).payment).toBeUndefined();
  });

  it('does not ask for a deposit, which the shop settles by itself', () => {
    expect(contentIn(EXAMPLES.deposit).payment).toBeUndefined();
  });

  it('is silent where the owner named no account', () => {
    expect(contentIn(reverseCharge, { seller: { ...SELLER, iban: '' } }).payment).toBeUndefined();
  });
});

describe('the parties', () => {
  it('countries are named where they differ, in the language of the document', () => {
    const abroad = contentIn(reverseCharge, { language: 'de' });
    expect(abroad.buyer.lines.at(-1)).toContain('Belgien');
    expect(abroad.seller.lines.at(-1)).toContain('Niederlande');
    const atHome = contentIn(plain);
    expect(readable(atHome.buyer.lines.at(-1) ?? '')).toBe('1234 AB Utrecht');
  });

  it('a registration has the name that its register has', () => {
    expect(contentIn(plain).seller.details.map(readable)).toContain('KvK 12345678');
    const registration = { scheme: '', id: 'HRB 1' };
    const german = contentIn(plain, { seller: { ...SELLER, registration }, language: 'de' });
    expect(german.seller.details.map(readable)).toContain('Registernr. HRB 1');
  });

  it('a buyer without a name is known by what else there is', () => {
    const nameless = { ...plain, buyer: { ...plain.buyer, name: ' ' } };
    expect(readable(contentIn(nameless).buyer.name)).toBe('jan@example.com');
    const unknown = { ...nameless, buyer: { ...nameless.buyer, email: '' } };
    expect(contentIn(unknown, { language: 'en' }).buyer.name).toBe('Customer without a name');
  });
});

describe('the rows', () => {
  it('say the item number, and the price before a discount', () => {
    const [line] = plain.lines;
    if (!line) throw new Error('the example has no line');
    const document = {
      ...plain,
      lines: [{ ...line, sku: 'A-1', netBeforeDiscountMinor: 2000, unitPrice: '16.49' }],
    };
    expect(contentIn(document).rows.map((row) => Object.values(row).map(readable))).toEqual([
      ['Thing', 'Artikelnr. A-1 · Korting 3,51 op 20,00', '1', '16,49', '21%', '16,49'],
    ]);
  });

  it('a line of text has no amounts, and a line without a name has that of its kind', () => {
    const rows = contentIn(
      documentOf({
        lines: [
          { kind: 'text', name: 'Free sample', netMinor: 0 },
          { kind: 'shipping', name: '', netMinor: 100, rates: ['NL21'] },
        ],
        taxes: { NL21: 21 },
      }),
    ).rows;
    expect(rows.map(({ description, amount }) => [readable(description), amount])).toEqual([
      ['Free sample', ''],
      ['Verzending', '1,00'],
    ]);
  });
});

describe('textsIn', () => {
  it('finds each text, however deep', () => {
    expect(textsIn({ a: 'x', b: [{ c: 'y', d: 1 }], e: undefined })).toEqual(['x', 'y']);
  });
});
