import type { PathRule } from './breach.js';
import { BOTH_GERMAN } from './general.js';

const SELLER = 'cac:AccountingSupplierParty/cac:Party';
const BUYER = 'cac:AccountingCustomerParty/cac:Party';
const DELIVERY = 'cac:Delivery/cac:DeliveryLocation/cac:Address';
const CREDIT_TRANSFER = meansOf('30 58');
const CARD = meansOf('48 54 55');
const DIRECT_DEBIT = meansOf('59');

/** What must be there where seller and buyer are both in Germany: path of the whole, and its part. */
const WANTED: readonly (readonly [number: string, whole: string, part: string])[] = [
  ['001', '', 'cac:PaymentMeans'],
  ['002', SELLER, 'cac:Contact'],
  ['003', `${SELLER}/cac:PostalAddress`, 'cbc:CityName'],
  ['004', `${SELLER}/cac:PostalAddress`, 'cbc:PostalZone'],
  ['005', `${SELLER}/cac:Contact`, 'cbc:Name'],
  ['006', `${SELLER}/cac:Contact`, 'cbc:Telephone'],
  ['007', `${SELLER}/cac:Contact`, 'cbc:ElectronicMail'],
  ['008', `${BUYER}/cac:PostalAddress`, 'cbc:CityName'],
  ['009', `${BUYER}/cac:PostalAddress`, 'cbc:PostalZone'],
  ['010', DELIVERY, 'cbc:CityName'],
  ['011', DELIVERY, 'cbc:PostalZone'],
  ['014', 'cac:TaxTotal/cac:TaxSubtotal', 'cac:TaxCategory/cbc:Percent'],
  ['015', '', 'cbc:BuyerReference'],
  ['023-1', CREDIT_TRANSFER, 'cac:PayeeFinancialAccount'],
  ['024-1', CARD, 'cac:CardAccount'],
  ['025-1', DIRECT_DEBIT, 'cac:PaymentMandate'],
];

const UNWANTED: readonly (readonly [number: string, whole: string, part: string])[] = [
  ['023-2', CREDIT_TRANSFER, 'cac:CardAccount | cac:PaymentMandate'],
  ['024-2', CARD, 'cac:PayeeFinancialAccount | cac:PaymentMandate'],
  ['025-2', DIRECT_DEBIT, 'cac:PayeeFinancialAccount | cac:CardAccount'],
];

/** For parties that are both in Germany; the rules about skonto, IBAN and attachments are left out. */
export const GERMAN_RULES: readonly PathRule[] = [
  ...WANTED.map(([number, whole, part]) => ({
    rule: `DE-R-${number}`,
    breach: `${within(whole)}[not(normalize-space(${part}))]`,
    message: `${part} is given`,
  })),
  ...UNWANTED.map(([number, whole, part]) => ({
    rule: `DE-R-${number}`,
    breach: `${within(whole)}[${part}]`,
    message: `There is no ${part}`,
  })),
  {
    rule: 'DE-R-016',
    breach: `${within('')}[not(cac:TaxRepresentativeParty) and not(${SELLER}/cac:PartyTaxScheme/cbc:CompanyID)]
      [.//cac:ClassifiedTaxCategory/cbc:ID != "O" or cac:AllowanceCharge/cac:TaxCategory/cbc:ID != "O"]`,
    message:
      'A seller who charges VAT, or says why not, has a VAT or tax number or a representative',
  },
];

function within(path: string): string {
  const root = `/*[${BOTH_GERMAN}]`;
  return path === '' ? root : `${root}/${path}`;
}

function meansOf(codes: string): string {
  return `cac:PaymentMeans[contains(" ${codes} ", concat(" ", normalize-space(cbc:PaymentMeansCode), " "))]`;
}
