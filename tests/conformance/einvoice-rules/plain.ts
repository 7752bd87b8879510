import { type Mutation, without } from './mutation.js';

const TOTAL = '<cbc:LineExtensionAmount currencyID="DKK">625743.54</cbc:LineExtensionAmount>';
const CATEGORY_OF_LINE = /<cac:ClassifiedTaxCategory>.*?<\/cac:ClassifiedTaxCategory>/s;
const BUYER_NUMBERS = /<cbc:CompanyID>(BE)?0000000295<\/cbc:CompanyID>/g;
const TAX_SCHEME = '<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>';

/** Faults in the valid invoice of EN 16931, in Danish crowns with one line at 25 %. */
export const PLAIN_MUTATIONS: readonly Mutation[] = [
  {
    fault: 'elements in the wrong order',
    changes: [
      ['<cbc:IssueDate>2019-01-25</cbc:IssueDate>', ''],
      ['<cbc:DueDate>', '<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DueDate>'],
    ],
    breaks: ['XSD'],
  },
  { fault: 'no number', changes: [['<cbc:ID>12345</cbc:ID>', '']], breaks: ['XSD'] },
  { fault: 'text that is not XML', changes: [['</Invoice>', '']], breaks: ['XSD'] },
  { fault: 'another kind of document', changes: [[/Invoice-2/g, 'Order-2']], breaks: ['XSD'] },
  {
    fault: 'an amount to pay that does not add up',
    changes: [['782179.43</cbc:PayableAmount>', '782179.44</cbc:PayableAmount>']],
    breaks: ['BR-CO-16'],
  },
  {
    fault: 'a total with tax that does not add up',
    changes: [[/782179\.43/g, '782179.44']],
    breaks: ['BR-CO-15'],
  },
  {
    fault: 'a total without tax that is not the sum of the lines',
    changes: [['625743.54</cbc:TaxExclusiveAmount>', '625743.55</cbc:TaxExclusiveAmount>']],
    breaks: ['BR-CO-13', 'BR-CO-15'],
  },
  {
    fault: 'a sum of lines that is not their sum',
    changes: [[TOTAL, TOTAL.replace('.54', '.55')]],
    breaks: ['BR-CO-10', 'BR-CO-13'],
  },
  {
    fault: 'a tax that is not the sum of its breakdown',
    changes: [['156435.89', '156435.90']],
    breaks: ['BR-CO-14', 'BR-CO-15'],
  },
  {
    fault: 'a tax that is not the rate of its base',
    changes: [
      [/156435\.89/g, '156439.89'],
      [/782179\.43/g, '782183.43'],
    ],
    breaks: ['BR-CO-17', 'BR-S-09'],
  },
  {
    fault: 'a breakdown at another rate than the lines',
    changes: [[CATEGORY_OF_LINE, category('S', 9)]],
    breaks: ['BR-S-08'],
  },
  {
    fault: 'the standard rate at zero',
    changes: [[CATEGORY_OF_LINE, category('S', 0)]],
    breaks: ['BR-S-05', 'BR-S-08'],
  },
  {
    fault: 'a line without breakdown of its category',
    changes: [[CATEGORY_OF_LINE, category('Z', 0)]],
    breaks: ['BR-S-01', 'BR-S-08', 'BR-Z-01'],
  },
  {
    fault: 'a breakdown of category O beside one of category S',
    changes: [
      [
        '</cac:TaxSubtotal>',
        `</cac:TaxSubtotal><cac:TaxSubtotal><cbc:TaxableAmount currencyID="DKK">0</cbc:TaxableAmount>
        <cbc:TaxAmount currencyID="DKK">0</cbc:TaxAmount><cac:TaxCategory><cbc:ID>O</cbc:ID>
        <cbc:TaxExemptionReasonCode>VATEX-EU-O</cbc:TaxExemptionReasonCode>${TAX_SCHEME}</cac:TaxCategory></cac:TaxSubtotal>`,
      ],
    ],
    breaks: ['BR-O-11', 'BR-O-12'],
  },
  {
    fault: 'no country of the buyer',
    changes: [[/(?<=NO-3470<\/cbc:PostalZone>\s*)<cac:Country>.*?<\/cac:Country>/s, '']],
    breaks: ['BR-11'],
  },
  { fault: 'no country of the seller', changes: [without('cac:Country')], breaks: ['BR-09'] },
  {
    fault: 'no VAT number of the seller',
    changes: [without('cac:PartyTaxScheme')],
    breaks: ['BR-S-02'],
  },
  {
    fault: 'a VAT number without its country',
    changes: [['<cbc:CompanyID>DK12345678', '<cbc:CompanyID>12345678']],
    breaks: ['BR-CO-09'],
  },
  {
    fault: 'a credit transfer without an account',
    changes: [without('cac:PayeeFinancialAccount')],
    breaks: ['BR-61'],
  },
  {
    fault: 'an electronic address without scheme',
    changes: [['<cbc:EndpointID schemeID="0184">', '<cbc:EndpointID>']],
    breaks: ['BR-62'],
  },
  {
    fault: 'an unknown scheme of an electronic address',
    changes: [['<cbc:EndpointID schemeID="0184">', '<cbc:EndpointID schemeID="0001">']],
    breaks: ['BR-CL-25'],
  },
  { fault: 'an unknown unit', changes: [['"KWH"', '"piece"']], breaks: ['BR-CL-23'] },
  { fault: 'an unknown currency', changes: [[/DKK/g, 'XYZ']], breaks: ['BR-CL-03', 'BR-CL-04'] },
  {
    fault: 'an unknown country',
    changes: [['<cbc:IdentificationCode>DK', '<cbc:IdentificationCode>DX']],
    breaks: ['BR-CL-14'],
  },
  { fault: 'an unknown kind of document', changes: [['>380<', '>999<']], breaks: ['BR-CL-01'] },
  {
    fault: 'three decimals of an amount',
    changes: [['782179.43</cbc:PayableAmount>', '782179.430</cbc:PayableAmount>']],
    breaks: ['BR-DEC-18', 'UBL-DT-01'],
  },
  {
    fault: 'a negative price',
    changes: [
      ['>1</cbc:InvoicedQuantity>', '>-1</cbc:InvoicedQuantity>'],
      [/625743\.54<\/cbc:PriceAmount>/, '-625743.54</cbc:PriceAmount>'],
    ],
    breaks: ['BR-27'],
  },
  {
    fault: 'an item without a name',
    changes: [[/<cbc:Name>text<\/cbc:Name>/, '']],
    breaks: ['BR-25'],
  },
  {
    fault: 'an allowance without its reason',
    changes: [
      [
        '<cac:TaxTotal>',
        `<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:Amount currencyID="DKK">0</cbc:Amount>
        <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>25</cbc:Percent>${TAX_SCHEME}</cac:TaxCategory></cac:AllowanceCharge><cac:TaxTotal>`,
      ],
    ],
    breaks: ['BR-33', 'BR-CO-11', 'BR-CO-21'],
  },
  {
    fault: 'two trade names of the seller',
    changes: [
      [
        '<cac:PartyName>',
        '<cac:PartyName><cbc:Name>Other</cbc:Name></cac:PartyName><cac:PartyName>',
      ],
    ],
    breaks: ['UBL-SR-10'],
  },
];

/** Faults in the valid credit note, in euros and exempt from VAT. */
export const CREDIT_NOTE_MUTATIONS: readonly Mutation[] = [
  {
    fault: 'no reason for the exemption',
    changes: [without('cbc:TaxExemptionReason')],
    breaks: ['BR-E-10'],
  },
  {
    fault: 'tax on what is exempt',
    changes: [
      [/0\.00<\/cbc:TaxAmount>/g, '21.02</cbc:TaxAmount>'],
      [/100\.11(?=<\/cbc:(TaxIncl|Payable))/g, '121.13'],
    ],
    breaks: ['BR-CO-17', 'BR-E-09'],
  },
  {
    fault: 'an exemption that is not known',
    changes: [
      [
        /<cbc:TaxExemptionReason>[^<]*<\/cbc:TaxExemptionReason>/,
        '<cbc:TaxExemptionReasonCode>VATEX-EU-X</cbc:TaxExemptionReasonCode>',
      ],
    ],
    breaks: ['BR-CL-22'],
  },
  {
    fault: 'a reverse charge without the number of the buyer',
    changes: [
      [/<cbc:ID>E<\/cbc:ID>/g, '<cbc:ID>AE</cbc:ID>'],
      [BUYER_NUMBERS, ''],
    ],
    breaks: ['BR-AE-02', 'UBL-SR-53'],
  },
  { fault: 'the code of an invoice', changes: [['>381<', '>380<']], breaks: ['BR-CL-01'] },
  {
    fault: 'a date by which to pay, as an invoice has it',
    changes: [['<cbc:CreditNoteTypeCode>', '<cbc:DueDate>2019-10-23</cbc:DueDate>$&']],
    breaks: ['XSD'],
  },
];

function category(id: string, percent: number): string {
  return `<cac:ClassifiedTaxCategory><cbc:ID>${id}</cbc:ID><cbc:Percent>${percent}</cbc:Percent>${TAX_SCHEME}</cac:ClassifiedTaxCategory>`;
}
