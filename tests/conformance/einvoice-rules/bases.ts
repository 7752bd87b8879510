import { type Change, changed, sample } from '../../support/einvoice/samples.js';

/** The official invoice of Peppol, between two companies in Denmark. */
export function danishInvoice(): string {
  return sample('BIS3_Invoice_positive.XML');
}

/** The official credit note of plain EN 16931, between two companies in Belgium. */
export function belgianCreditNote(): string {
  return sample('ubl-tc434-creditnote1.xml');
}

const PEPPOL = '#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0';
const EURO: Change = ['<cbc:DocumentCurrencyCode>DKK', '<cbc:DocumentCurrencyCode>EUR'];

/** The same invoice between two companies in the Netherlands, in euros; still one of Peppol. */
export function dutchInvoice(): string {
  return changed(danishInvoice(), [
    EURO,
    [/currencyID="DKK"/g, 'currencyID="EUR"'],
    [/<cbc:IdentificationCode>DK/g, '<cbc:IdentificationCode>NL'],
    [/schemeID="0184">DK/g, 'schemeID="0106">'],
    ['<cbc:CompanyID>DK12345678', '<cbc:CompanyID>NL123456789B01'],
    ['<cbc:CompanyID>DK87654321', '<cbc:CompanyID>NL987654321B01'],
  ]);
}

/** The official credit note as one of Peppol between two companies in the Netherlands. */
export function dutchCreditNote(): string {
  return changed(belgianCreditNote(), [
    ['<cbc:CustomizationID>urn:cen.eu:en16931:2017', `$&${PEPPOL}`],
    [/<cbc:IdentificationCode>BE/g, '<cbc:IdentificationCode>NL'],
    [/schemeID="0201">00/g, 'schemeID="0106">'],
    [/<cbc:CompanyID>00/g, '<cbc:CompanyID schemeID="0106">'],
    [/<cbc:CompanyID>BE/g, '<cbc:CompanyID>NL'],
    ['<cbc:PaymentMeansCode>1<', '<cbc:PaymentMeansCode>30<'],
    [
      '</cac:InvoicePeriod>',
      `$&<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>1</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>`,
    ],
  ]);
}

/** The same invoice as one of NLCIUS. */
export function nlciusInvoice(): string {
  return changed(dutchInvoice(), [claim('urn:fdc:nen.nl:nlcius:v1.0')]);
}

/** The same invoice between two companies in Germany; still one of Peppol. */
export function germanInvoice(): string {
  return changed(danishInvoice(), [
    EURO,
    [/currencyID="DKK"/g, 'currencyID="EUR"'],
    [/<cbc:IdentificationCode>DK/g, '<cbc:IdentificationCode>DE'],
    [/schemeID="0184">DK(?=\d+<\/cbc:Endpoint)/g, 'schemeID="9930">DE'],
    [/ schemeID="0184">DK/g, '>HRB '],
    [/<cbc:CompanyID>DK/g, '<cbc:CompanyID>DE'],
    ['>1234567891234<', '>DE89370400440532013000<'],
    [
      '</cac:PartyLegalEntity>',
      `</cac:PartyLegalEntity><cac:Contact><cbc:Name>Accounts</cbc:Name><cbc:Telephone>+49 30 123456</cbc:Telephone>
      <cbc:ElectronicMail>accounts@example.com</cbc:ElectronicMail></cac:Contact>`,
    ],
  ]);
}

/** The same invoice as one of XRechnung. */
export function xrechnungInvoice(): string {
  return changed(germanInvoice(), [claim('urn:xeinkauf.de:kosit:xrechnung_3.0')]);
}

function claim(profile: string): Change {
  return [PEPPOL, `#compliant#${profile}`];
}
