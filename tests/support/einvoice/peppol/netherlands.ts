import type { PathRule } from './breach.js';
import { BUYER_COUNTRY, SELLER_COUNTRY } from './general.js';

const DUTCH_SELLER = `[${SELLER_COUNTRY} = "NL"]`;
const BOTH_DUTCH = `${DUTCH_SELLER}[${BUYER_COUNTRY} = "NL"]`;
const NO_ADDRESS = '[not(cbc:StreetName and cbc:CityName and cbc:PostalZone)]';
const NO_DUTCH_NUMBER = '[not(@schemeID = "0106" or @schemeID = "0190")]';

/** For sellers in the Netherlands. */
export const DUTCH_RULES: readonly PathRule[] = [
  {
    rule: 'NL-R-001',
    breach: `/cn:CreditNote${DUTCH_SELLER}[not(cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID)]`,
    message: 'A credit note names its invoice',
  },
  {
    rule: 'NL-R-002',
    breach: `/*${DUTCH_SELLER}/cac:AccountingSupplierParty/cac:Party/cac:PostalAddress${NO_ADDRESS}`,
    message: 'The address of the seller has street, city and postal code',
  },
  {
    // Stricter than the network, which says nothing where there is no number at all.
    rule: 'NL-R-003',
    breach: `/*${DUTCH_SELLER}/cac:AccountingSupplierParty/cac:Party[not(cac:PartyLegalEntity/cbc:CompanyID[@schemeID = "0106" or @schemeID = "0190"])]`,
    message: 'The seller has a number of the Chamber of Commerce (0106) or an OIN (0190)',
  },
  {
    rule: 'NL-R-004',
    breach: `/*${BOTH_DUTCH}/cac:AccountingCustomerParty/cac:Party/cac:PostalAddress${NO_ADDRESS}`,
    message: 'The address of a buyer in the Netherlands has street, city and postal code',
  },
  {
    rule: 'NL-R-005',
    breach: `/*${BOTH_DUTCH}/cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity/cbc:CompanyID${NO_DUTCH_NUMBER}`,
    message: 'The number of a buyer in the Netherlands is one of the schemes 0106 or 0190',
  },
  {
    rule: 'NL-R-006',
    breach: `/*${DUTCH_SELLER}/cac:TaxRepresentativeParty/cac:PostalAddress[cac:Country/cbc:IdentificationCode = "NL"]${NO_ADDRESS}`,
    message:
      'The address of a tax representative in the Netherlands has street, city and postal code',
  },
  {
    rule: 'NL-R-007',
    breach: `/ubl:Invoice${DUTCH_SELLER}[cac:LegalMonetaryTotal/cbc:PayableAmount > 0][not(cac:PaymentMeans)]`,
    message: 'An invoice that is to be paid says by what means',
  },
  {
    rule: 'NL-R-008',
    breach: `/*${BOTH_DUTCH}/cac:PaymentMeans[not(contains(" 30 48 49 57 58 59 ", concat(" ", normalize-space(cbc:PaymentMeansCode), " ")))]`,
    message: 'Between parties in the Netherlands the means of payment is 30, 48, 49, 57, 58 or 59',
  },
  {
    rule: 'NL-R-009',
    breach: `/*${DUTCH_SELLER}[not(cac:OrderReference/cbc:ID)]//cac:OrderLineReference/cbc:LineID`,
    message: "Where a line names a line of an order, the document names the order's number",
  },
];
