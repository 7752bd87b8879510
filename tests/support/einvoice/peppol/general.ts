import type { PathRule } from './breach.js';

const CUSTOMIZATION = 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0';
const PROCESS = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0';

const COUNTRY = 'cac:Party/cac:PostalAddress/cac:Country/cbc:IdentificationCode';
export const SELLER_COUNTRY = `/*/cac:AccountingSupplierParty/${COUNTRY}`;
export const BUYER_COUNTRY = `/*/cac:AccountingCustomerParty/${COUNTRY}`;
export const BOTH_GERMAN = `${SELLER_COUNTRY} = "DE" and ${BUYER_COUNTRY} = "DE"`;

/** UNTDID 1001, as far as the network takes them as invoices, and as credit notes. */
const INVOICE_CODES =
  '71 80 82 84 102 218 219 326 331 380 382 383 384 386 388 393 395 553 575 623 780 817 870 875 876 877';
const CREDIT_NOTE_CODES = '81 83 381 396 532';

/** A code that says why VAT is not charged goes with one category only. */
const CATEGORY_OF_REASON: readonly (readonly [rule: string, reason: string, category: string])[] = [
  ['P0104', 'VATEX-EU-G', 'G'],
  ['P0105', 'VATEX-EU-O', 'O'],
  ['P0106', 'VATEX-EU-IC', 'K'],
  ['P0107', 'VATEX-EU-AE', 'AE'],
  ['P0108', 'VATEX-EU-D', 'E'],
  ['P0109', 'VATEX-EU-F', 'E'],
  ['P0110', 'VATEX-EU-I', 'E'],
  ['P0111', 'VATEX-EU-J', 'E'],
];

/** What holds in every country. Sums are in `amounts.ts`, numbers of parties in `identifiers.ts`. */
export const GENERAL_RULES: readonly PathRule[] = [
  of('R001', '/*[not(cbc:ProfileID)]', 'The business process is given'),
  of('R002', `/*[count(cbc:Note) > 1 and not(${BOTH_GERMAN})]`, 'There is at most one note'),
  of(
    'R003',
    '/*[not(cbc:BuyerReference) and not(cac:OrderReference/cbc:ID)]',
    "The buyer's reference or the order's number is given",
  ),
  of(
    'R004',
    `/*[not(starts-with(normalize-space(cbc:CustomizationID), "${CUSTOMIZATION}"))]`,
    `CustomizationID begins with ${CUSTOMIZATION}`,
  ),
  of(
    'R005',
    '/*/cbc:TaxCurrencyCode[. = ../cbc:DocumentCurrencyCode]',
    "A currency for the tax is given only where it is not the document's",
  ),
  of('R007', `/*/cbc:ProfileID[normalize-space() != "${PROCESS}"]`, `The process is ${PROCESS}`),
  of('R008', '//*[not(*) and not(normalize-space())]', 'No element is empty'),
  of('R010', party('Customer'), 'The buyer has an electronic address with its scheme'),
  of('R020', party('Supplier'), 'The seller has an electronic address with its scheme'),
  of('R043', '//cbc:ChargeIndicator[. != "true" and . != "false"]', 'It says true or false'),
  of('R044', '//cac:Price//cbc:ChargeIndicator[. != "false"]', 'A price has discounts only'),
  of(
    'R051',
    `//@currencyID[. != /*/cbc:DocumentCurrencyCode]
      [not(../parent::cac:TaxTotal and . = /*/cbc:TaxCurrencyCode)]`,
    "Every amount is in the document's currency, but for the tax in the currency of accounting",
  ),
  of('R053', '/*[count(cac:TaxTotal[cac:TaxSubtotal]) != 1]', 'One tax total has subtotals'),
  of(
    'R054',
    '/*[count(cac:TaxTotal[not(cac:TaxSubtotal)]) != count(cbc:TaxCurrencyCode)]',
    'One tax total has no subtotals where a currency for the tax is given, and none elsewhere',
  ),
  of(
    'R055',
    `/*[cac:TaxTotal/cbc:TaxAmount[@currencyID = /*/cbc:TaxCurrencyCode] < 0 and
        cac:TaxTotal/cbc:TaxAmount[@currencyID = /*/cbc:DocumentCurrencyCode] > 0 or
        cac:TaxTotal/cbc:TaxAmount[@currencyID = /*/cbc:TaxCurrencyCode] > 0 and
        cac:TaxTotal/cbc:TaxAmount[@currencyID = /*/cbc:DocumentCurrencyCode] < 0]`,
    'The tax has the same sign in both currencies',
  ),
  of(
    'R061',
    '//cac:PaymentMeans[contains(" 49 59 ", concat(" ", cbc:PaymentMeansCode, " "))][not(cac:PaymentMandate/cbc:ID)]',
    'A direct debit names its mandate',
  ),
  of(
    'R110',
    lineDate('StartDate', '<', 'StartDate'),
    "A line's period begins within the invoice's",
  ),
  of('R111', lineDate('EndDate', '>', 'EndDate'), "A line's period ends within the invoice's"),
  of('R121', '//cac:Price/cbc:BaseQuantity[not(. > 0)]', 'A base quantity is above zero'),
  of(
    'R130',
    `//cac:Price/cbc:BaseQuantity[@unitCode]
      [@unitCode != ../../*[self::cbc:InvoicedQuantity or self::cbc:CreditedQuantity]/@unitCode]`,
    "The base quantity has the line's unit",
  ),
  of('P0100', noCodeOf('InvoiceTypeCode', INVOICE_CODES), 'The code is one for an invoice'),
  of(
    'P0101',
    noCodeOf('CreditNoteTypeCode', CREDIT_NOTE_CODES),
    'The code is one for a credit note',
  ),
  of(
    'P0112',
    `/*/cbc:InvoiceTypeCode[. = "326" or . = "384"][not(${BOTH_GERMAN})]`,
    'Partial and corrected invoices are for parties that are both in Germany',
  ),
  ...CATEGORY_OF_REASON.map(([rule, reason, category]) =>
    of(
      rule,
      `//cac:TaxCategory[cbc:TaxExemptionReasonCode = "${reason}"][cbc:ID != "${category}"]`,
      `${reason} goes with category ${category}`,
    ),
  ),
];

function of(id: string, breach: string, message: string): PathRule {
  return { rule: `PEPPOL-EN16931-${id}`, breach, message };
}

function party(role: 'Customer' | 'Supplier'): string {
  return `/*/cac:Accounting${role}Party/cac:Party[not(normalize-space(cbc:EndpointID/@schemeID))]`;
}

function lineDate(ofLine: string, sign: '<' | '>', ofDocument: string): string {
  const day = (path: string) => `number(translate(${path}, "-", ""))`;
  return `/*/*/cac:InvoicePeriod/cbc:${ofLine}[${day('.')} ${sign} ${day(`/*/cac:InvoicePeriod/cbc:${ofDocument}`)}]`;
}

function noCodeOf(element: string, codes: string): string {
  return `/*/cbc:${element}[not(contains(" ${codes} ", concat(" ", normalize-space(), " ")))]`;
}
