import { type Mutation, without } from './mutation.js';

const SELLER_KVK = '<cbc:CompanyID schemeID="0106">12345678</cbc:CompanyID>';
const BUYER_KVK = '<cbc:CompanyID schemeID="0106">87654321</cbc:CompanyID>';

/** Faults in the invoice of NLCIUS. */
export const NLCIUS_MUTATIONS: readonly Mutation[] = [
  {
    fault: 'another profile',
    changes: [['#compliant#urn:fdc:nen.nl:nlcius:v1.0', '']],
    breaks: ['CustomizationID'],
  },
  { fault: 'no KvK number of the seller', changes: [[SELLER_KVK, '']], breaks: ['BR-NL-1'] },
  {
    fault: "a number of the seller's that is not of the Netherlands",
    changes: [[SELLER_KVK, SELLER_KVK.replace('0106', '0208')]],
    breaks: ['BR-NL-1'],
  },
  {
    fault: 'no reference of the buyer, and no order',
    changes: [without('cbc:BuyerReference'), without('cac:OrderReference')],
    breaks: ['BR-NL-2'],
  },
  {
    fault: 'no postal code of the seller',
    changes: [without('cbc:PostalZone')],
    breaks: ['BR-NL-3'],
  },
  {
    fault: 'no street of the buyer',
    changes: [['<cbc:StreetName>Bjerkåsholmen 125</cbc:StreetName>', '']],
    breaks: ['BR-NL-4'],
  },
  { fault: 'a debit note', changes: [['>380<', '>383<']], breaks: ['BR-NL-7'] },
  {
    fault: 'a correction that names no invoice',
    changes: [['>380<', '>384<']],
    breaks: ['BR-NL-9'],
  },
  { fault: 'no KvK number of the buyer', changes: [[BUYER_KVK, '']], breaks: ['BR-NL-10'] },
  {
    fault: 'no means of payment',
    changes: [without('cac:PaymentMeans')],
    breaks: ['BR-NL-11'],
  },
  { fault: 'payment by cheque', changes: [['>58<', '>20<']], breaks: ['BR-NL-12'] },
  {
    fault: 'a total that does not add up',
    changes: [['782179.43</cbc:PayableAmount>', '0.01</cbc:PayableAmount>']],
    breaks: ['BR-CO-16'],
  },
];

/** Faults in the invoice of XRechnung. */
export const XRECHNUNG_MUTATIONS: readonly Mutation[] = [
  {
    fault: 'another profile',
    changes: [['xrechnung_3.0', 'xrechnung_2.3']],
    breaks: ['CustomizationID'],
  },
  { fault: 'no means of payment', changes: [without('cac:PaymentMeans')], breaks: ['BR-DE-1'] },
  { fault: 'no contact of the seller', changes: [without('cac:Contact')], breaks: ['BR-DE-2'] },
  { fault: 'no city of the seller', changes: [without('cbc:CityName')], breaks: ['BR-DE-3'] },
  {
    fault: 'no postal code of the seller',
    changes: [without('cbc:PostalZone')],
    breaks: ['BR-DE-4'],
  },
  { fault: 'no telephone', changes: [without('cbc:Telephone')], breaks: ['BR-DE-6'] },
  { fault: 'no e-mail address', changes: [without('cbc:ElectronicMail')], breaks: ['BR-DE-7'] },
  {
    fault: 'no city of the buyer',
    changes: [['<cbc:CityName>Slemmestad</cbc:CityName>', '']],
    breaks: ['BR-DE-8'],
  },
  {
    fault: 'no reference of the buyer',
    changes: [without('cbc:BuyerReference')],
    breaks: ['BR-DE-15'],
  },
  {
    fault: 'no VAT number of the seller',
    changes: [without('cac:PartyTaxScheme')],
    breaks: ['BR-DE-16', 'BR-S-02'],
  },
  {
    fault: 'a credit transfer without an account',
    changes: [without('cac:PayeeFinancialAccount')],
    breaks: ['BR-61', 'BR-DE-23-a'],
  },
  {
    fault: 'a total that does not add up',
    changes: [['782179.43</cbc:PayableAmount>', '0.01</cbc:PayableAmount>']],
    breaks: ['BR-CO-16'],
  },
];
