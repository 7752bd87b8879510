import { z } from 'zod';
import { checked, count, country, matching, numericText, section, text } from './fields.js';
import { isIban } from './iban.js';

const REGISTRATION = 'a number, or { scheme: "0106", id: … }';
const ENDPOINT = 'a scheme and an address, as 0106:12345678';

/** Text that editors take for a number where it has no quotes. */
const number = (expected: string) => text(expected).meta({ type: ['string', 'number'] });

const registration = z.union(
  [
    number(REGISTRATION),
    section({
      scheme: numericText(/^\d{4}$/, 'four digits (ISO 6523), as "0106"').describe(
        'Which register it is (ISO 6523): "0106" is the Dutch KvK.',
      ),
      id: number('a number').describe('The number in that register.'),
    }),
  ],
  { error: REGISTRATION },
);

export const sellerSchema = section({
  name: text().describe('Your company, as printed on invoices.'),
  country: country().describe(
    'Where you are established: decides what is domestic, EU and non-EU.',
  ),
  vatNumber: text().optional().describe('Your VAT number.'),
  registration: registration
    .optional()
    .describe('Your number in the register of companies: KvK, KBO, Handelsregister.'),
  street: text().optional().describe('Street and house number.'),
  street2: text().optional().describe('Second line of the address.'),
  postcode: number('text').optional().describe('Postcode.'),
  city: text().optional().describe('City.'),
  state: text().optional().describe('State or province, where your addresses have one.'),
  email: matching(/^[^\s@]+@[^\s@]+$/, 'an e-mail address')
    .optional()
    .describe('E-mail address.'),
  phone: number('a telephone number').optional().describe('Telephone number.'),
  website: text().optional().describe('Web site.'),
  contact: text()
    .optional()
    .describe('Person or department to ask about an invoice; XRechnung wants one.'),
  iban: checked('an IBAN, whose check digits are right', isIban)
    .optional()
    .describe('Account that invoices are paid to.'),
  bic: matching(/^[A-Z0-9]{8}([A-Z0-9]{3})?$/, 'a BIC of 8 or 11 characters')
    .optional()
    .describe('BIC of that account; hardly ever needed.'),
  endpoint: matching(/^(\d{4}|[A-Z]{2}):\S+$/, ENDPOINT)
    .optional()
    .describe('Your address for e-invoices (Peppol), as 0106:12345678.'),
  paymentDays: count('whole', 0, 365)
    .default(14)
    .describe('Days within which an invoice that is still open is to be paid.'),
});
