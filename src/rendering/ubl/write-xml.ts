import { create } from 'xmlbuilder2';
import { formatMinor } from '../../orders/money.js';
import { ownerMark } from '../owner-mark.js';
import type { Adjustment, Delivery, EInvoice, ELine, EParty, VatKey, VatRow } from './model.js';
import { PROFILE_IDS } from './profiles.js';

/** An element: its text, its children in order (`@` begins an attribute), or none of it. */
type Node = string | undefined | Element | readonly Element[];
interface Element {
  readonly [name: string]: Node;
}

const NAMESPACES = {
  '@xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  '@xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
} as const;
const ROOT = 'urn:oasis:names:specification:ubl:schema:xsd:';
const VAT_SCHEME: Element = { 'cac:TaxScheme': { 'cbc:ID': 'VAT' } };

/**
 * The UBL 2.1 file, UTF-8, indented. The order of the elements is that of the XSD (`xsd:sequence` of
 * UBL-Invoice-2.1 and UBL-CreditNote-2.1); the mapping that of EN 16931-3-2.
 */
export function writeXml(invoice: EInvoice): string {
  const root = invoice.kind === 'invoice' ? 'Invoice' : 'CreditNote';
  return create({ version: '1.0', encoding: 'UTF-8' })
    .com(` ${ownerMark(invoice.documentKey)} `)
    .ele({
      [root]: { '@xmlns': `${ROOT}${root}-2`, ...NAMESPACES, ...present(contentOf(invoice)) },
    })
    .end({ prettyPrint: true })
    .concat('\n');
}

function contentOf(invoice: EInvoice): Element {
  const isInvoice = invoice.kind === 'invoice';
  const { customization, process } = PROFILE_IDS[invoice.profile];
  return {
    'cbc:CustomizationID': customization,
    'cbc:ProfileID': process,
    'cbc:ID': invoice.number,
    'cbc:IssueDate': invoice.issueDate,
    'cbc:DueDate': isInvoice ? invoice.dueDate : undefined,
    ...(isInvoice ? { 'cbc:InvoiceTypeCode': '380' } : { 'cbc:CreditNoteTypeCode': '381' }),
    'cbc:Note': textOrNone(invoice.note),
    'cbc:DocumentCurrencyCode': invoice.currency,
    'cbc:BuyerReference': textOrNone(invoice.buyerReference),
    'cac:OrderReference': { 'cbc:ID': textOrNone(invoice.orderNumber) },
    'cac:BillingReference':
      invoice.precedingInvoice === undefined
        ? undefined
        : { 'cac:InvoiceDocumentReference': { 'cbc:ID': invoice.precedingInvoice } },
    'cac:AccountingSupplierParty': { 'cac:Party': partyOf(invoice.seller, invoice) },
    'cac:AccountingCustomerParty': { 'cac:Party': partyOf(invoice.buyer, invoice) },
    'cac:Delivery': deliveryOf(invoice),
    'cac:PaymentMeans': paymentMeansOf(invoice),
    // A credit note has no due date of its own (UBL-CreditNote-2.1), and BR-CO-25 asks for one.
    'cac:PaymentTerms':
      !isInvoice && invoice.dueDate !== undefined ? { 'cbc:Note': invoice.dueDate } : undefined,
    'cac:AllowanceCharge': invoice.adjustments.map((each) => adjustmentOf(each, invoice)),
    'cac:TaxTotal': {
      'cbc:TaxAmount': money(invoice.totals.taxMinor, invoice),
      'cac:TaxSubtotal': invoice.breakdown.map((row) => subtotalOf(row, invoice)),
    },
    'cac:LegalMonetaryTotal': totalsOf(invoice),
    [isInvoice ? 'cac:InvoiceLine' : 'cac:CreditNoteLine']: invoice.lines.map((line, index) =>
      lineOf(line, index, invoice),
    ),
  };
}

function partyOf(party: EParty, { profile }: EInvoice): Element {
  const { endpoint, registration, contact } = party;
  return {
    'cbc:EndpointID': endpoint && { '@schemeID': endpoint.scheme, '#': endpoint.id },
    'cac:PostalAddress': {
      'cbc:StreetName': textOrNone(party.street),
      'cbc:AdditionalStreetName': textOrNone(party.street2),
      'cbc:CityName': textOrNone(party.city),
      'cbc:PostalZone': textOrNone(party.postcode),
      // BR-NL-28 advises against it.
      'cbc:CountrySubentity': textOrNone(profile === 'nlcius' ? '' : party.subdivision),
      'cac:Country': { 'cbc:IdentificationCode': textOrNone(party.country) },
    },
    'cac:PartyTaxScheme':
      party.vatId === '' ? undefined : { 'cbc:CompanyID': party.vatId, ...VAT_SCHEME },
    'cac:PartyLegalEntity': {
      'cbc:RegistrationName': party.name,
      'cbc:CompanyID': registration && {
        '@schemeID': textOrNone(registration.scheme),
        '#': registration.id,
      },
    },
    'cac:Contact': {
      'cbc:Name': textOrNone(contact.name),
      'cbc:Telephone': textOrNone(contact.phone),
      'cbc:ElectronicMail': textOrNone(contact.email),
    },
  };
}

function deliveryOf({ delivery, profile }: EInvoice): Element {
  return {
    'cbc:ActualDeliveryDate': delivery.date,
    'cac:DeliveryLocation': isTold(delivery, profile)
      ? { 'cac:Address': addressOf(delivery) }
      : undefined,
  };
}

/** BR-57: an address has a country. BR-DE-10 and BR-DE-11: XRechnung takes it whole, or not at all. */
function isTold({ country, city, postcode }: Delivery, profile: EInvoice['profile']): boolean {
  return country !== '' && (profile !== 'xrechnung' || (city !== '' && postcode !== ''));
}

function addressOf(delivery: Delivery): Element {
  return {
    'cbc:StreetName': textOrNone(delivery.street),
    'cbc:CityName': textOrNone(delivery.city),
    'cbc:PostalZone': textOrNone(delivery.postcode),
    'cac:Country': { 'cbc:IdentificationCode': textOrNone(delivery.country) },
  };
}

function paymentMeansOf({ payment, profile }: EInvoice): Element | undefined {
  if (payment === undefined) return undefined;
  const { code, remittance, account } = payment;
  return {
    'cbc:PaymentMeansCode': code,
    'cbc:PaymentID': remittance,
    'cac:PayeeFinancialAccount': account && {
      'cbc:ID': account.iban,
      // BR-NL-30 and BR-NL-31 advise against both.
      'cbc:Name': profile === 'nlcius' ? undefined : account.holder,
      'cac:FinancialInstitutionBranch':
        account.bic === '' || profile === 'nlcius' ? undefined : { 'cbc:ID': account.bic },
    },
  };
}

function adjustmentOf(adjustment: Adjustment, invoice: EInvoice): Element {
  // BR-NL-32 and BR-NL-34 advise against codes.
  const code = invoice.profile === 'nlcius' ? '' : adjustment.reasonCode;
  return {
    'cbc:ChargeIndicator': String(adjustment.kind === 'charge'),
    'cbc:AllowanceChargeReasonCode': textOrNone(code),
    'cbc:AllowanceChargeReason': textOrNone(adjustment.reason),
    'cbc:Amount': money(adjustment.amountMinor, invoice),
    'cac:TaxCategory': categoryOf(adjustment.vat),
  };
}

function subtotalOf(row: VatRow, invoice: EInvoice): Element {
  return {
    'cbc:TaxableAmount': money(row.taxableMinor, invoice),
    'cbc:TaxAmount': money(row.taxMinor, invoice),
    'cac:TaxCategory': {
      'cbc:ID': row.category,
      'cbc:Percent': percentOf(row),
      // BR-NL-35 advises against it.
      'cbc:TaxExemptionReasonCode': textOrNone(invoice.profile === 'nlcius' ? '' : row.reasonCode),
      'cbc:TaxExemptionReason': textOrNone(row.reason),
      ...VAT_SCHEME,
    },
  };
}

function categoryOf(vat: VatKey): Element {
  return { 'cbc:ID': vat.category, 'cbc:Percent': percentOf(vat), ...VAT_SCHEME };
}

/** BR-O-05 to BR-O-07: what is outside the scope of VAT has no rate, which is not a rate of 0. */
function percentOf({ category, percent }: VatKey): string | undefined {
  return category === 'O' ? undefined : percent;
}

function totalsOf(invoice: EInvoice): Element {
  const { totals } = invoice;
  const unlessZero = (minor: number) => (minor === 0 ? undefined : money(minor, invoice));
  return {
    'cbc:LineExtensionAmount': money(totals.linesMinor, invoice),
    'cbc:TaxExclusiveAmount': money(totals.netMinor, invoice),
    'cbc:TaxInclusiveAmount': money(totals.grossMinor, invoice),
    'cbc:AllowanceTotalAmount': unlessZero(totals.allowancesMinor),
    'cbc:ChargeTotalAmount': unlessZero(totals.chargesMinor),
    'cbc:PrepaidAmount': unlessZero(totals.paidMinor),
    'cbc:PayableRoundingAmount': unlessZero(totals.roundingMinor),
    'cbc:PayableAmount': money(totals.payableMinor, invoice),
  };
}

/** UN/ECE Recommendation 20: one, of whatever. */
const UNIT = 'C62';

function lineOf(line: ELine, index: number, invoice: EInvoice): Element {
  const { currency, kind } = invoice;
  const amount = (text: string): Element => ({ '@currencyID': currency, '#': text });
  const quantity = (text: string): Element => ({ '@unitCode': UNIT, '#': text });
  const { discount, baseQuantity } = line;
  return {
    'cbc:ID': String(index + 1),
    [kind === 'invoice' ? 'cbc:InvoicedQuantity' : 'cbc:CreditedQuantity']: quantity(line.quantity),
    'cbc:LineExtensionAmount': money(line.netMinor, invoice),
    'cac:Item': {
      'cbc:Name': line.name,
      'cac:SellersItemIdentification': line.sku === '' ? undefined : { 'cbc:ID': line.sku },
      'cac:ClassifiedTaxCategory': categoryOf(line.vat),
    },
    'cac:Price': {
      'cbc:PriceAmount': amount(line.price),
      'cbc:BaseQuantity': baseQuantity === undefined ? undefined : quantity(baseQuantity),
      'cac:AllowanceCharge': discount && {
        'cbc:ChargeIndicator': 'false',
        'cbc:Amount': amount(discount.amount),
        'cbc:BaseAmount': amount(discount.grossPrice),
      },
    },
  };
}

/** At most two decimals (BR-DEC-01 to BR-DEC-28); the preflight has seen that no more are needed. */
function money(minor: number, { currency, minorUnits }: EInvoice): Element {
  const text = formatMinor(minor, minorUnits);
  return { '@currencyID': currency, '#': minorUnits > 2 ? text.slice(0, 2 - minorUnits) : text };
}

function textOrNone(text: string): string | undefined {
  return text === '' ? undefined : text;
}

/** Without what is not there, and without elements that nothing is left in. */
function present(element: Element): Element {
  return Object.fromEntries(
    Object.entries(element).flatMap(([name, node]): [string, Node][] => {
      const kept = presentNode(node);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}

function presentNode(node: Node): Node {
  if (node === undefined || typeof node === 'string') return node;
  if (isList(node)) return node.length === 0 ? undefined : node.map(present);
  const kept = present(node);
  const hasContent = Object.keys(kept).some((name) => !name.startsWith('@'));
  return hasContent ? kept : undefined;
}

function isList(node: Element | readonly Element[]): node is readonly Element[] {
  return Array.isArray(node);
}
