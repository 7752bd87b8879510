import { describe, expect, it } from 'vitest';
import { documentOf, EXAMPLES } from '../../../tests/support/documents.js';
import { RENDER_SETTINGS, SELLER } from '../../../tests/support/seller.js';
import type { Document } from '../../documents/document.js';
import type { RenderSettings } from '../settings.js';
import { renderUbl } from './render-ubl.js';

function xmlOf(document: Document, settings: Partial<RenderSettings> = {}): string {
  const result = renderUbl(document, { ...RENDER_SETTINGS, ...settings });
  if (result.kind === 'refused') throw new Error(result.reason);
  return result.xml;
}

const LINES = { lines: [{ netMinor: 1000, rates: ['NL21' as const] }], taxes: { NL21: 210 } };

/** Every text of an element, in order; without white space between elements. */
function texts(xml: string, element: string): string[] {
  const pattern = new RegExp(`<${element}(?: [^>]*)?>([^<]*)</${element}>`, 'g');
  return [...xml.matchAll(pattern)].map((match) => match[1] ?? '');
}

function within(xml: string, element: string): string[] {
  return [...xml.matchAll(new RegExp(`<${element}>.*?</${element}>`, 'gs'))].map(([all]) => all);
}

describe('what a UBL file says it follows', () => {
  const named = (document: Document) =>
    within(xmlOf(document), 'cac:InvoiceDocumentReference').flatMap((each) =>
      texts(each, 'cbc:ID'),
    );

  it('is the invoice that a credit note corrects, and the one that an invoice takes the place of', () => {
    expect(named(EXAMPLES.creditNote)).toEqual([EXAMPLES.creditNote.invoiceNumber]);
    expect(named(EXAMPLES.bookedAgain)).toEqual(['31']);
    expect(named(EXAMPLES.plain)).toEqual([]);
  });
});

describe('the amounts of a UBL file', () => {
  it('shipping is a charge with its reason and code, and no line', () => {
    const xml = xmlOf(EXAMPLES.plain);
    const [charge = ''] = within(xml, 'cac:AllowanceCharge');
    expect(texts(charge, 'cbc:ChargeIndicator')).toEqual(['true']);
    expect(texts(charge, 'cbc:AllowanceChargeReasonCode')).toEqual(['FC']);
    expect(texts(charge, 'cbc:AllowanceChargeReason')).toEqual(['Parcel']);
    expect(texts(charge, 'cbc:Amount')).toEqual(['4.09']);
    expect(within(xml, 'cac:InvoiceLine')).toHaveLength(1);
    expect(texts(xml, 'cbc:ChargeTotalAmount')).toEqual(['4.09']);
  });

  it('a negative fee is an allowance, a positive one a charge', () => {
    const indicators = within(xmlOf(EXAMPLES.fees), 'cac:AllowanceCharge').map((each) => [
      ...texts(each, 'cbc:ChargeIndicator'),
      ...texts(each, 'cbc:Amount'),
    ]);
    expect(indicators).toEqual([
      ['true', '2.50'],
      ['false', '5.00'],
    ]);
  });

  it('a document of nothing but shipping has it as its line', () => {
    const shipping = documentOf({
      lines: [{ kind: 'shipping', name: 'Parcel', netMinor: 409, rates: ['NL21'] }],
      taxes: { NL21: 86 },
    });
    const xml = xmlOf(shipping);
    expect(within(xml, 'cac:InvoiceLine')).toHaveLength(1);
    expect(within(xml, 'cac:AllowanceCharge')).toHaveLength(0);
  });

  it('what is paid is prepaid, and nothing is due', () => {
    const xml = xmlOf(EXAMPLES.plain);
    expect(texts(xml, 'cbc:PrepaidAmount')).toEqual(['24.90']);
    expect(texts(xml, 'cbc:PayableAmount')).toEqual(['0.00']);
    expect(within(xml, 'cac:PaymentMeans')).toEqual([]);
  });

  it('what is open is due after the payment days, to the account', () => {
    const xml = xmlOf(EXAMPLES.reverseCharge);
    expect(texts(xml, 'cbc:DueDate')).toEqual(['2026-12-04']);
    const [means = ''] = within(xml, 'cac:PaymentMeans');
    expect(texts(means, 'cbc:PaymentMeansCode')).toEqual(['58']);
    expect(texts(means, 'cbc:PaymentID')).toEqual(['10']);
    expect(means).toContain(SELLER.iban);
  });

  it('a gift card pays, a deposit stays open', () => {
    expect(texts(xmlOf(EXAMPLES.giftCard), 'cbc:PrepaidAmount')).toEqual(['19.95']);
    expect(texts(xmlOf(EXAMPLES.deposit), 'cbc:PrepaidAmount')).toEqual(['31.00']);
    expect(texts(xmlOf(EXAMPLES.deposit), 'cbc:PayableAmount')).toEqual(['90.00']);
  });

  it('an explained rounding difference is the payable rounding, and in no line', () => {
    const xml = xmlOf(EXAMPLES.rounding);
    expect(texts(xml, 'cbc:PayableRoundingAmount')).toEqual(['-0.01']);
    expect(texts(xml, 'cbc:TaxInclusiveAmount')).toEqual(['19.95']);
    expect(within(xml, 'cac:InvoiceLine')).toHaveLength(1);
  });

  it('yen have no decimals', () => {
    expect(texts(xmlOf(EXAMPLES.yen), 'cbc:TaxInclusiveAmount')).toEqual(['10100']);
  });

  it('dinars are written where two decimals suffice, and refused where not', () => {
    const round = documentOf({
      currency: 'KWD',
      lines: [{ netMinor: 6_500, rates: ['EXPORT'] }],
      buyer: { country: 'KW' },
    });
    expect(texts(xmlOf(round), 'cbc:TaxInclusiveAmount')).toEqual(['6.50']);
    expect(renderUbl(EXAMPLES.dinar, RENDER_SETTINGS)).toEqual({
      kind: 'refused',
      reason: expect.stringContaining('6.501 KWD has more than the two decimals'),
      fix: expect.stringContaining('formats: [pdf]'),
    });
  });
});

describe('the lines of a UBL file', () => {
  const lineOf = (line: Partial<Document['lines'][number]>) => {
    const base = documentOf({ lines: [{ netMinor: 1000, rates: ['NL0'] }] });
    const lines = base.lines.map((each) => ({ ...each, ...line }));
    const netMinor = lines.reduce((sum, each) => sum + each.netMinor, 0);
    const [group] = base.groups;
    const settlements = base.settlements.map((each) => ({ ...each, amountMinor: netMinor }));
    const document = {
      ...base,
      ...{ lines, netMinor, grossMinor: netMinor, settlements },
      groups: group ? [{ ...group, netMinor }] : [],
    };
    return within(xmlOf(document), 'cac:InvoiceLine')[0] ?? '';
  };

  it.each([
    ['three for ten', { quantity: '3' }, ['3', '10.00', '3.33333333']],
    [
      'a negative amount has a negative quantity and no negative price',
      { quantity: '2', netMinor: -500 },
      ['-2', '-5.00', '2.5'],
    ],
    ['money without a quantity is one piece', { quantity: '0' }, ['1', '10.00', '10']],
    ['nothing of nothing', { quantity: '0', netMinor: 0 }, ['0', '0.00', '0']],
    ['a fraction', { quantity: '1.25' }, ['1.25', '10.00', '8']],
  ])('%s', (_, line, [quantity, net, price]) => {
    const xml = lineOf(line);
    expect(texts(xml, 'cbc:InvoicedQuantity')).toEqual([quantity]);
    expect(texts(xml, 'cbc:LineExtensionAmount')).toEqual([net]);
    expect(texts(xml, 'cbc:PriceAmount')).toEqual([price]);
    expect(texts(xml, 'cbc:BaseQuantity')).toEqual([]);
  });

  it('more pieces than eight decimals can price are priced together', () => {
    const xml = lineOf({ quantity: '3000001', netMinor: 1000 });
    expect(texts(xml, 'cbc:PriceAmount')).toEqual(['10']);
    expect(texts(xml, 'cbc:BaseQuantity')).toEqual(['3000001']);
  });

  it('a discount is told as what the price was lowered by, and from', () => {
    const xml = lineOf({ quantity: '2', netBeforeDiscountMinor: 1500 });
    expect(texts(xml, 'cbc:PriceAmount')).toEqual(['5']);
    expect(texts(xml, 'cbc:Amount')).toEqual(['2.5']);
    expect(texts(xml, 'cbc:BaseAmount')).toEqual(['7.5']);
  });

  it('hidden and impossible characters are no part of a name', () => {
    expect(texts(lineOf({ name: 'A\u0000\u202eB \ud83d <&>' }), 'cbc:Name')).toEqual([
      'A B \ufffd &lt;&amp;&gt;',
    ]);
  });
});

describe('the VAT of a UBL file', () => {
  const rowsOf = (xml: string) =>
    within(xml, 'cac:TaxSubtotal').map((row) => [
      ...texts(row, 'cbc:TaxableAmount'),
      ...texts(row, 'cbc:TaxAmount'),
      ...texts(row, 'cbc:ID').slice(0, 1),
      ...texts(row, 'cbc:Percent'),
    ]);

  it('has a row for each category and rate, with the taxes of the shop', () => {
    expect(rowsOf(xmlOf(EXAMPLES.severalRates))).toEqual([
      ['37.07', '7.78', 'S', '21'],
      ['22.48', '2.02', 'S', '9'],
      ['50.00', '0.00', 'Z', '0'],
    ]);
  });

  it('several rates on a line become one, and the note tells which', () => {
    const xml = xmlOf(EXAMPLES.compound);
    expect(rowsOf(xml)).toEqual([['50.00', '7.74', 'S', '15.47375']]);
    expect(texts(xml, 'cbc:Note')).toEqual([
      'Samengesteld tarief 15.47375 %: GST 5 % + QST 9.975 %',
    ]);
  });

  it('the same rate of two countries is one row', () => {
    const document = documentOf({
      lines: [
        { netMinor: 1000, rates: ['NL21'] },
        { netMinor: 2000, rates: ['NL9'] },
      ],
      taxes: { NL21: 210, NL9: 420 },
    });
    const asBelgian = <T extends { vat: unknown }>(entry: T): T =>
      JSON.parse(
        JSON.stringify(entry).replaceAll(
          '"percent":"9","country":"NL"',
          '"percent":"21","country":"BE"',
        ),
      );
    const both = {
      ...document,
      groups: document.groups.map(asBelgian),
      taxes: document.taxes.map(asBelgian),
    };
    expect(rowsOf(xmlOf(both))).toEqual([['30.00', '6.30', 'S', '21']]);
  });

  const withCategories = (...categories: ('O' | 'E' | 'S')[]) => {
    const rates = ['NL0', 'EXPORT'] as const;
    const document = documentOf({
      lines: categories.map((_, index) => ({ netMinor: 1000, rates: [rates[index] ?? 'NL0'] })),
    });
    const groups = document.groups.map((group, index) => ({
      ...group,
      vat: group.vat.map((vat) => ({
        ...vat,
        category: categories[index] ?? 'O',
        reason: 'A gift',
      })),
    }));
    return { ...document, groups, taxes: [] };
  };

  it('what is outside the scope of VAT has no rate, and nobody a VAT number', () => {
    const xml = xmlOf(withCategories('O'));
    expect(rowsOf(xml)).toEqual([['10.00', '0.00', 'O']]);
    expect(texts(xml, 'cbc:TaxExemptionReasonCode')).toEqual(['VATEX-EU-O']);
    expect(xml).not.toContain(SELLER.vatNumber);
  });

  it('beside other categories it is told as exempt, with its reason', () => {
    const xml = xmlOf(withCategories('O', 'E'));
    expect(rowsOf(xml)).toEqual([['20.00', '0.00', 'E', '0']]);
    expect(texts(xml, 'cbc:TaxExemptionReason')).toEqual(['A gift']);
  });

  it('a standard rate of nothing is refused by its rule, with the line of the config to mend', () => {
    expect(renderUbl(withCategories('S'), RENDER_SETTINGS)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('(BR-S-05)'),
      fix: expect.stringContaining('under vat:'),
    });
  });

  it('a tax that is not its rate of its base is refused with the figures', () => {
    const wrong = documentOf({
      lines: [{ netMinor: 10_000, rates: ['NL21'] }],
      taxes: { NL21: 2199 },
    });
    expect(renderUbl(wrong, RENDER_SETTINGS).kind).toBe('written');
    const tooWrong = documentOf({
      lines: [{ netMinor: 10_000, rates: ['NL21'] }],
      taxes: { NL21: 2200 },
    });
    expect(renderUbl(tooWrong, RENDER_SETTINGS)).toMatchObject({
      reason: expect.stringContaining('22.00 EUR is not 21 % of 100.00 EUR (BR-CO-17)'),
    });
  });

  it('reverse charge without the VAT number of the buyer is refused', () => {
    const { buyer, ...rest } = EXAMPLES.reverseCharge;
    const groups = rest.groups.map((group) => ({
      ...group,
      vat: group.vat.map((vat) => ({ ...vat, category: 'AE' as const })),
    }));
    expect(renderUbl({ ...rest, groups, buyer }, RENDER_SETTINGS).kind).toBe('written');
    const nameless = { ...rest, groups, buyer: { ...buyer, vatNumber: '' } };
    expect(renderUbl(nameless, RENDER_SETTINGS)).toMatchObject({
      reason: expect.stringContaining('(BR-AE-02)'),
      fix: expect.stringContaining('documents.vatNumberKeys'),
    });
  });
});

describe('the parties and references of a UBL file', () => {
  it('a credit note names its invoice', () => {
    const xml = xmlOf(EXAMPLES.creditNote);
    expect(xml).toContain('<CreditNote ');
    expect(texts(xml, 'cbc:CreditNoteTypeCode')).toEqual(['381']);
    expect(within(xml, 'cac:BillingReference').flatMap((each) => texts(each, 'cbc:ID'))).toEqual([
      '1',
    ]);
  });

  it.each([
    ['NL123456789B01', 'NL', 'NL123456789B01'],
    ['123456789B01', 'NL', 'NL123456789B01'],
    ['GR123456789', 'GR', 'EL123456789'],
    ['on request', 'NL', undefined],
  ])('the VAT number %s of a buyer in %s is %s', (vatNumber, country, expected) => {
    const document = documentOf({ ...LINES, buyer: { vatNumber, country } });
    const buyer = within(xmlOf(document), 'cac:AccountingCustomerParty')[0] ?? '';
    const ids = within(buyer, 'cac:PartyTaxScheme').flatMap((each) => texts(each, 'cbc:CompanyID'));
    expect(ids).toEqual(expected === undefined ? [] : [expected]);
  });

  it('a buyer without a name or an address is an unknown customer where the tax was charged', () => {
    const document = documentOf({ ...LINES, buyer: { name: '', country: '' } });
    const xml = xmlOf({ ...document, deliveryCountry: '' });
    const buyer = within(xml, 'cac:AccountingCustomerParty')[0] ?? '';
    expect(texts(buyer, 'cbc:RegistrationName')).toEqual(['Onbekende klant']);
    expect(texts(buyer, 'cbc:IdentificationCode')).toEqual(['NL']);
  });

  it('a company is named, with its person to ask', () => {
    const document = documentOf({ ...LINES, buyer: { company: 'Bedrijf BV', name: 'Jan Jansen' } });
    const buyer = within(xmlOf(document), 'cac:AccountingCustomerParty')[0] ?? '';
    expect(texts(buyer, 'cbc:RegistrationName')).toEqual(['Bedrijf BV']);
    expect(texts(buyer, 'cbc:Name')).toEqual(['Jan Jansen']);
  });
});

describe('the profile of a UBL file', () => {
  const business = documentOf({
    ...LINES,
    buyer: {
      company: 'Bedrijf BV',
      vatNumber: 'NL123456789B01',
      registration: { scheme: '0106', id: '87654321' },
    },
  });
  const profiles: RenderSettings['profiles'] = [
    { profile: 'nlcius', buyer: 'business', country: ['NL'] },
    { profile: 'peppol', buyer: 'business' },
  ];
  const profileOf = (document: Document, settings: Partial<RenderSettings> = {}) => {
    const result = renderUbl(document, { ...RENDER_SETTINGS, profiles, ...settings });
    return result.kind === 'written' ? result.profile : result.reason;
  };

  it('is that of the first rule that its buyer matches', () => {
    expect(profileOf(business)).toBe('nlcius');
    const belgian = { ...business.buyer, country: 'BE', vatNumber: 'BE0123456789' };
    expect(profileOf({ ...business, buyer: belgian })).toBe('peppol');
    expect(profileOf(documentOf(LINES))).toBe('en16931');
  });

  it('where it cannot be met, falls back and names the field, or refuses', () => {
    const { registration: _, ...buyer } = business.buyer;
    const unmet = { ...business, buyer };
    expect(renderUbl(unmet, { ...RENDER_SETTINGS, profiles })).toMatchObject({
      profile: 'en16931',
      note: "Written by EN 16931 instead of NLCIUS (SI-UBL 2.0): the buyer's KvK number is missing (BR-NL-10).",
    });
    expect(
      renderUbl(unmet, { ...RENDER_SETTINGS, profiles, unmetProfile: 'refuse' }),
    ).toMatchObject({
      kind: 'refused',
      fix: expect.stringContaining('documents.registrationKeys'),
    });
  });
});
