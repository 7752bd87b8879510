import {
  checked,
  isCountry,
  matching,
  metaConditions,
  numericText,
  oneOf,
  oneOrMore,
  section,
  text,
} from './fields.js';

/** EN 16931 (BT-151): standard, zero, exempt, reverse charge, intra-community, export, outside scope. */
const CATEGORIES = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O'] as const;

const area = () =>
  checked(
    'a country by its two letters (NL), EU (another member state) or non-EU',
    (value) => value === 'EU' || value === 'non-EU' || isCountry(value),
  );

const numericId = (expected: string) => text(expected).meta({ type: ['string', 'number'] });

export const vatRuleSchema = section({
  percent: numericText(/^\d{1,2}(\.\d{1,6})?$|^100$/, 'a percentage, as 21 or 9.975').describe(
    'The rate, in per cent.',
  ),
  country: oneOrMore(area(), 'a country, EU or non-EU, or a list')
    .optional()
    .describe('Whose tax it is: NL, EU (another member state than yours), non-EU, or a list.'),
  buyer: oneOf(['business', 'consumer'])
    .optional()
    .describe('business: the order has a VAT number; consumer: it has none.'),
  taxClass: oneOrMore(
    matching(/^[\w-]*$/, 'a tax class, as reduced-rate'),
    'a tax class, or a list',
  )
    .optional()
    .describe(
      'Tax class of the line in the shop, as reduced-rate, or a list; "" is the standard class.',
    ),
  lines: oneOrMore(oneOf(['product', 'shipping', 'fee']), 'product, shipping or fee, or a list')
    .optional()
    .describe('Kind of line: product, shipping or fee, or a list.'),
  sku: oneOrMore(numericId('a SKU'), 'a SKU, or a list')
    .optional()
    .describe('SKU of the product, or a list.'),
  vatPrefix: oneOrMore(matching(/^[A-Z]{2}[A-Z0-9]*$/, 'letters, as XI'), 'letters, or a list')
    .optional()
    .describe("How the buyer's VAT number begins, as XI, or a list."),
  meta: metaConditions()
    .optional()
    .describe('Meta keys: true asks that it is there, false that it is not, text for that value.'),
  code: numericId('text').describe("The books' own name for this tax."),
  category: oneOf(CATEGORIES)
    .optional()
    .describe('EN 16931 category. Absent: S above 0 per cent, Z at 0.'),
  reason: text().optional().describe('Why no tax was charged, as printed on the invoice.'),
});
