import { type Mutation, without } from './mutation.js';

const PRICE = '<cbc:PriceAmount currencyID="DKK">625743.54</cbc:PriceAmount>';
const SECOND_TAX_TOTAL = `<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">20900</cbc:TaxAmount></cac:TaxTotal>`;
const IN_EURO_TOO = '</cbc:DocumentCurrencyCode><cbc:TaxCurrencyCode>EUR</cbc:TaxCurrencyCode>';

/** Faults in the official invoice of Peppol. */
export const PEPPOL_MUTATIONS: readonly Mutation[] = [
  { fault: 'no business process', changes: [without('cbc:ProfileID')], breaks: rules('R001') },
  {
    fault: 'another business process',
    changes: [['billing:01:1.0', 'billing:99:1.0']],
    breaks: rules('R007'),
  },
  {
    fault: 'the plain profile',
    changes: [['#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0', '']],
    breaks: rules('R004'),
  },
  {
    fault: 'two notes',
    changes: [['<cbc:Note>', '<cbc:Note>one</cbc:Note><cbc:Note>']],
    breaks: rules('R002'),
  },
  {
    fault: 'no reference of the buyer, and no order',
    changes: [without('cbc:BuyerReference'), without('cac:OrderReference')],
    breaks: rules('R003'),
  },
  {
    fault: 'the currency of the document as that of the tax',
    changes: [
      ['</cbc:DocumentCurrencyCode>', IN_EURO_TOO.replace('EUR', 'DKK')],
      ['<cac:TaxTotal>', `${SECOND_TAX_TOTAL.replace('EUR', 'DKK')}<cac:TaxTotal>`],
    ],
    breaks: ['BR-CO-15', ...rules('R005')],
  },
  {
    fault: 'a tax in euros of another sign',
    changes: [
      ['</cbc:DocumentCurrencyCode>', IN_EURO_TOO],
      ['<cac:TaxTotal>', `${SECOND_TAX_TOTAL.replace('>2', '>-2')}<cac:TaxTotal>`],
    ],
    breaks: rules('R055'),
  },
  {
    fault: 'a second tax total, without a currency for it',
    changes: [['<cac:TaxTotal>', `${SECOND_TAX_TOTAL}<cac:TaxTotal>`]],
    breaks: rules('R051', 'R054'),
  },
  {
    fault: 'an empty element',
    changes: [['>n/a</cbc:AccountingCost>', '></cbc:AccountingCost>']],
    breaks: rules('R008'),
  },
  {
    fault: 'no electronic address of the seller',
    changes: [without('cbc:EndpointID')],
    breaks: rules('R020'),
  },
  {
    fault: 'no electronic address of the buyer',
    changes: [['<cbc:EndpointID schemeID="0184">DK87654321</cbc:EndpointID>', '']],
    breaks: rules('R010'),
  },
  {
    fault: 'an amount in another currency',
    changes: [[PRICE, PRICE.replace('DKK', 'EUR')]],
    breaks: rules('R051'),
  },
  { fault: 'a direct debit without mandate', changes: [['>58<', '>49<']], breaks: rules('R061') },
  {
    fault: "a line's period outside the invoice's",
    changes: [
      ['<cbc:StartDate>2018-09-01', '<cbc:StartDate>2018-09-02'],
      ['<cbc:EndDate>2018-09-30', '<cbc:EndDate>2018-09-29'],
    ],
    breaks: rules('R110', 'R111'),
  },
  {
    fault: 'a net amount 3 cents from quantity x price',
    changes: [[PRICE, PRICE.replace('.54', '.57')]],
    breaks: rules('R120'),
  },
  {
    fault: 'a base quantity that was forgotten in the sum',
    changes: [base('2', 'KWH')],
    breaks: rules('R120'),
  },
  { fault: 'a base quantity of zero', changes: [base('0', 'KWH')], breaks: rules('R121') },
  { fault: 'a base quantity in another unit', changes: [base('1', 'HUR')], breaks: rules('R130') },
  {
    fault: 'a gross price that does not give the net price',
    changes: [
      [
        PRICE,
        `${PRICE}<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>
      <cbc:Amount currencyID="DKK">1</cbc:Amount><cbc:BaseAmount currencyID="DKK">625743.54</cbc:BaseAmount></cac:AllowanceCharge>`,
      ],
    ],
    breaks: rules('R046'),
  },
  {
    fault: 'a charge upon a price',
    changes: [
      [
        PRICE,
        `${PRICE}<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:Amount currencyID="DKK">0</cbc:Amount></cac:AllowanceCharge>`,
      ],
    ],
    breaks: rules('R044'),
  },
  {
    fault: 'an allowance whose percentage is of nothing',
    changes: [charge('0', '10')],
    breaks: rules('R041'),
  },
  {
    fault: 'an allowance whose base has no percentage',
    changes: [charge('0', undefined, '100')],
    breaks: rules('R042'),
  },
  {
    fault: 'an allowance that is not its percentage',
    changes: [charge('0', '10', '100')],
    breaks: rules('R040'),
  },
  {
    fault: 'an indicator in figures',
    changes: [charge('0', '0', '0', '0')],
    breaks: rules('R043'),
  },
  {
    fault: 'a kind of document that the network does not carry',
    changes: [['>380<', '>389<']],
    breaks: rules('P0100'),
  },
  { fault: 'a correction outside Germany', changes: [['>380<', '>384<']], breaks: rules('P0112') },
  {
    fault: 'a reason of export for what is exempt',
    changes: [
      [/<cbc:ID>S<\/cbc:ID>\s*<cbc:Percent>25</g, '<cbc:ID>E</cbc:ID><cbc:Percent>0<'],
      [/156435\.89/g, '0'],
      [/782179\.43/g, '625743.54'],
      [
        '</cbc:Percent>',
        '</cbc:Percent><cbc:TaxExemptionReasonCode>VATEX-EU-G</cbc:TaxExemptionReasonCode>',
      ],
    ],
    breaks: rules('P0104'),
  },
  {
    fault: 'a GLN with a wrong check digit',
    changes: [number('0088', '5790000435943')],
    breaks: ['PEPPOL-COMMON-R040'],
  },
  {
    fault: 'a Norwegian number with a wrong check digit',
    changes: [number('0192', '923609017')],
    breaks: ['PEPPOL-COMMON-R041'],
  },
  {
    fault: 'a Danish number without its country',
    changes: [number('0184', '12345678')],
    breaks: ['PEPPOL-COMMON-R042'],
  },
  {
    fault: 'a Belgian number with a wrong check digit',
    changes: [number('0208', '0202239952')],
    breaks: ['PEPPOL-COMMON-R043'],
  },
  {
    fault: 'a Swedish number with a wrong check digit',
    changes: [number('0007', '5560360794')],
    breaks: ['PEPPOL-COMMON-R049'],
  },
  {
    fault: 'a KvK number of seven digits',
    changes: [number('0106', '1234567')],
    breaks: ['ICD-0106'],
  },
  {
    fault: 'an OIN of nineteen digits',
    changes: [number('0190', '0000000100112345600')],
    breaks: ['ICD-0190'],
  },
];

/** Numbers of parties that are valid, by scheme. */
export const VALID_NUMBERS: readonly (readonly [scheme: string, number: string])[] = [
  ['0007', '5560360793'],
  ['0088', '5790000435944'],
  ['0106', '12345678'],
  ['0184', 'DK12345678'],
  ['0190', '00000001001123456000'],
  ['0192', '923609016'],
  ['0208', '0202239951'],
];

/** Faults in the invoice of Peppol between two companies in the Netherlands. */
export const DUTCH_MUTATIONS: readonly Mutation[] = [
  { fault: 'no street of the seller', changes: [without('cbc:StreetName')], breaks: ['NL-R-002'] },
  {
    fault: 'no KvK number of the seller',
    changes: [['<cbc:CompanyID schemeID="0106">12345678</cbc:CompanyID>', '']],
    breaks: ['NL-R-003'],
  },
  {
    fault: 'no city of the buyer',
    changes: [['<cbc:CityName>Slemmestad</cbc:CityName>', '']],
    breaks: ['NL-R-004'],
  },
  {
    fault: "a number of the buyer's that is not of the Netherlands",
    changes: [
      ['<cbc:CompanyID schemeID="0106">87654321', '<cbc:CompanyID schemeID="0060">87654321'],
    ],
    breaks: ['NL-R-005'],
  },
  { fault: 'no means of payment', changes: [without('cac:PaymentMeans')], breaks: ['NL-R-007'] },
  { fault: 'payment by cheque', changes: [['>58<', '>20<']], breaks: ['NL-R-008'] },
  {
    fault: 'a line of an order without the order',
    changes: [
      without('cac:OrderReference'),
      [
        '<cac:Item>',
        '<cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference><cac:Item>',
      ],
    ],
    breaks: ['NL-R-009'],
  },
];

/** Faults in the credit note of Peppol between two companies in the Netherlands. */
export const DUTCH_CREDIT_NOTE_MUTATIONS: readonly Mutation[] = [
  { fault: 'no invoice', changes: [without('cac:BillingReference')], breaks: ['NL-R-001'] },
  {
    fault: 'the code of an invoice',
    changes: [['>381<', '>380<']],
    breaks: ['BR-CL-01', ...rules('P0101')],
  },
];

/** Faults in the invoice of Peppol between two companies in Germany. */
export const GERMAN_MUTATIONS: readonly Mutation[] = [
  { fault: 'no means of payment', changes: [without('cac:PaymentMeans')], breaks: ['DE-R-001'] },
  { fault: 'no contact of the seller', changes: [without('cac:Contact')], breaks: ['DE-R-002'] },
  { fault: 'no telephone', changes: [without('cbc:Telephone')], breaks: ['DE-R-006'] },
  {
    fault: 'no postal code of delivery',
    changes: [[/(?<=<cac:Delivery>.*)<cbc:PostalZone>1057<\/cbc:PostalZone>/s, '']],
    breaks: ['DE-R-011'],
  },
  {
    fault: 'no reference of the buyer',
    changes: [without('cbc:BuyerReference')],
    breaks: ['DE-R-015'],
  },
  {
    fault: 'payment by card into an account',
    changes: [['>58<', '>48<']],
    breaks: ['DE-R-024-1', 'DE-R-024-2'],
  },
  {
    fault: 'no VAT number of the seller',
    changes: [without('cac:PartyTaxScheme')],
    breaks: ['BR-S-02', 'DE-R-016'],
  },
];

function rules(...ids: readonly string[]): string[] {
  return ids.map((id) => `PEPPOL-EN16931-${id}`);
}

function base(quantity: string, unit: string): Mutation['changes'][number] {
  return [PRICE, `${PRICE}<cbc:BaseQuantity unitCode="${unit}">${quantity}</cbc:BaseQuantity>`];
}

function charge(
  amount: string,
  percent?: string,
  of?: string,
  indicator = 'false',
): Mutation['changes'][number] {
  const factor =
    percent === undefined
      ? ''
      : `<cbc:MultiplierFactorNumeric>${percent}</cbc:MultiplierFactorNumeric>`;
  const whole = of === undefined ? '' : `<cbc:BaseAmount currencyID="DKK">${of}</cbc:BaseAmount>`;
  return [
    '<cac:Item>',
    `<cac:AllowanceCharge><cbc:ChargeIndicator>${indicator}</cbc:ChargeIndicator><cbc:AllowanceChargeReason>Discount</cbc:AllowanceChargeReason>
    ${factor}<cbc:Amount currencyID="DKK">${amount}</cbc:Amount>${whole}</cac:AllowanceCharge><cac:Item>`,
  ];
}

/** The electronic address of the buyer. */
export function number(scheme: string, value: string): Mutation['changes'][number] {
  return [
    '<cbc:EndpointID schemeID="0184">DK87654321',
    `<cbc:EndpointID schemeID="${scheme}">${value}`,
  ];
}
