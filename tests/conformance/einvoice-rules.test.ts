import { beforeAll, describe, expect, it } from 'vitest';
import { changed, sample } from '../support/einvoice/samples.js';
import { mustSkipEinvoices } from '../support/einvoice/specs.js';
import { prepareUblRules, type UblProfile, validateUbl } from '../support/einvoice/validate.js';
import {
  belgianCreditNote,
  danishInvoice,
  dutchCreditNote,
  dutchInvoice,
  germanInvoice,
  nlciusInvoice,
  xrechnungInvoice,
} from './einvoice-rules/bases.js';
import { NLCIUS_MUTATIONS, XRECHNUNG_MUTATIONS } from './einvoice-rules/national.js';
import {
  DUTCH_CREDIT_NOTE_MUTATIONS,
  DUTCH_MUTATIONS,
  GERMAN_MUTATIONS,
  number,
  PEPPOL_MUTATIONS,
  VALID_NUMBERS,
} from './einvoice-rules/peppol.js';
import { CREDIT_NOTE_MUTATIONS, PLAIN_MUTATIONS } from './einvoice-rules/plain.js';

async function fatalRules(xml: string, profile: UblProfile): Promise<string[]> {
  const findings = await validateUbl(xml, profile);
  const fatal = findings.filter(({ level }) => level === 'fatal').map(({ rule }) => rule);
  return [...new Set(fatal)].sort();
}

const JUDGED = [
  { profile: 'en16931', name: 'plain invoice', valid: danishInvoice, mutations: PLAIN_MUTATIONS },
  {
    profile: 'en16931',
    name: 'plain credit note',
    valid: belgianCreditNote,
    mutations: CREDIT_NOTE_MUTATIONS,
  },
  {
    profile: 'nlcius',
    name: 'invoice of NLCIUS',
    valid: nlciusInvoice,
    mutations: NLCIUS_MUTATIONS,
  },
  {
    profile: 'xrechnung',
    name: 'invoice of XRechnung',
    valid: xrechnungInvoice,
    mutations: XRECHNUNG_MUTATIONS,
  },
  {
    profile: 'peppol',
    name: 'invoice of Peppol',
    valid: danishInvoice,
    mutations: PEPPOL_MUTATIONS,
  },
  {
    profile: 'peppol',
    name: 'Dutch invoice of Peppol',
    valid: dutchInvoice,
    mutations: DUTCH_MUTATIONS,
  },
  {
    profile: 'peppol',
    name: 'Dutch credit note of Peppol',
    valid: dutchCreditNote,
    mutations: DUTCH_CREDIT_NOTE_MUTATIONS,
  },
  {
    profile: 'peppol',
    name: 'German invoice of Peppol',
    valid: germanInvoice,
    mutations: GERMAN_MUTATIONS,
  },
] as const;

const WARNINGS = [
  {
    fault: 'an element that EN 16931 does not know',
    profile: 'en16931',
    valid: danishInvoice,
    changes: [['<cbc:IssueDate>', '<cbc:CopyIndicator>false</cbc:CopyIndicator>$&']],
    warns: 'UBL-CR-004',
  },
  {
    // A later rule of the pattern has the same context, and never its turn.
    fault: 'a coded reason of an allowance in NLCIUS, by the first rule only',
    profile: 'nlcius',
    valid: nlciusInvoice,
    changes: [
      [
        '<cac:TaxTotal>',
        `<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>
        <cbc:AllowanceChargeReasonCode>95</cbc:AllowanceChargeReasonCode><cbc:Amount currencyID="EUR">0</cbc:Amount><cac:TaxCategory>
        <cbc:ID>S</cbc:ID><cbc:Percent>25</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:AllowanceCharge>$&`,
      ],
      [
        '<cbc:PayableAmount',
        '<cbc:AllowanceTotalAmount currencyID="EUR">0</cbc:AllowanceTotalAmount>$&',
      ],
    ],
    warns: 'BR-NL-32-1',
  },
  {
    fault: 'an IBAN with a wrong check digit in XRechnung',
    profile: 'xrechnung',
    valid: xrechnungInvoice,
    changes: [['DE89', 'DE88']],
    warns: 'BR-DE-19',
  },
  {
    fault: 'no date of delivery in XRechnung',
    profile: 'xrechnung',
    valid: xrechnungInvoice,
    changes: [
      [/<cac:InvoicePeriod>.*?<\/cac:InvoicePeriod>/gs, ''],
      [/<cbc:ActualDeliveryDate>.*?<\/cbc:ActualDeliveryDate>/, ''],
    ],
    warns: 'BR-DE-TMP-32',
  },
] as const;

describe.skipIf(mustSkipEinvoices())(
  'the official rules of e-invoices, beside the repository',
  () => {
    beforeAll(() => prepareUblRules(['nlcius', 'xrechnung', 'peppol']), 600_000);

    it.each([
      'BIS3_Invoice_negativ.XML',
      'BIS3_Invoice_positive.XML',
      'sample-discount-price.xml',
      'ubl-tc434-creditnote1.xml',
      'ubl-tc434-example2.xml',
    ])('find nothing in the official sample %s', async (name) => {
      expect(await validateUbl(sample(name), 'en16931')).toEqual([]);
    });

    it('find nothing in the sample of Peppol with negative amounts', async () => {
      expect(await validateUbl(sample('BIS3_Invoice_negativ.XML'), 'peppol')).toEqual([]);
    });

    describe.each(JUDGED)('in the $name', ({ profile, valid, mutations }) => {
      it('find nothing where it is valid', async () => {
        expect(await validateUbl(valid(), profile)).toEqual([]);
      });

      it.each(mutations)('find $fault', async ({ changes, breaks }) => {
        expect(await fatalRules(changed(valid(), changes), profile)).toEqual(breaks);
      });
    });

    it.each(WARNINGS)('warn of $fault', async ({ profile, valid, changes, warns }) => {
      const findings = await validateUbl(changed(valid(), changes), profile);
      expect(findings.map(({ rule, level }) => `${rule} ${level}`)).toEqual([`${warns} warning`]);
    });

    it('let two companies in Germany have two notes', async () => {
      const xml = changed(germanInvoice(), [['<cbc:Note>', '<cbc:Note>one</cbc:Note>$&']]);
      expect(await validateUbl(xml, 'peppol')).toEqual([]);
    });

    it.each(VALID_NUMBERS)('take number %s %s for a party', async (scheme, value) => {
      const xml = changed(danishInvoice(), [number(scheme, value)]);
      expect(await fatalRules(xml, 'peppol')).toEqual([]);
    });
  },
);
