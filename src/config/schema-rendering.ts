import { country, list, oneOf, oneOrMore, section, text } from './fields.js';

const profileRule = section({
  profile: oneOf(['nlcius', 'xrechnung', 'peppol', 'en16931']).describe(
    'The rules: nlcius (Dutch), xrechnung (German), peppol, or en16931.',
  ),
  buyer: oneOf(['business', 'consumer'])
    .optional()
    .describe('business: the order has a VAT number, a registration or an e-invoice address.'),
  country: oneOrMore(country(), 'a country, or a list')
    .optional()
    .describe("The buyer's country, or a list."),
});

/** The keys of books that get invoices as files. */
export const renderingKeys = {
  formats: list(oneOf(['pdf', 'ubl']), 'pdf, ubl or both')
    .min(1, { error: 'pdf, ubl or both' })
    .default(['pdf', 'ubl'])
    .describe('What is made of each document: pdf for people, ubl for bookkeeping programs.'),
  language: oneOf(['nl', 'en', 'de'])
    .optional()
    .describe("Language: nl, en or de. Absent: that of the seller's country."),
  profiles: list(profileRule, 'a list of rules')
    .default([])
    .describe('Which rules a UBL file keeps to: the first that matches; none: en16931.'),
  unmetProfile: oneOf(['en16931', 'refuse'])
    .default('en16931')
    .describe(
      'A document that lacks what its profile asks for: written by en16931 instead, or refused.',
    ),
  logo: text('a path').optional().describe('PNG or JPEG at the top of the PDF.'),
  fonts: list(text('a path'), 'a list of paths')
    .default([])
    .describe('Further fonts (TrueType, OpenType), for scripts that the usual ones lack.'),
} as const;
