import { z } from 'zod';
import { isCron } from './cron.js';
import { checked, count, list, matching, oneOf, secret, section, text } from './fields.js';
import { accessSchema } from './schema-access.js';
import { alertsSchema } from './schema-alerts.js';
import { booksSchema } from './schema-books.js';
import { documentsSchema } from './schema-documents.js';
import { outboundSchema } from './schema-outbound.js';
import { sellerSchema } from './schema-seller.js';
import { serverSchema } from './schema-server.js';
import { shopSchema } from './schema-shop.js';
import { vatRuleSchema } from './schema-vat.js';
import { isTimeZone } from './zone.js';

/** As pino names them. */
export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

export const batchSchema = section({
  at: matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day in quotes, as "03:30"')
    .default('03:30')
    .describe('When the nightly recheck begins, in the time zone above.'),
  lookBackDays: count('whole', 1, 366)
    .default(21)
    .describe(
      'How many days back parked orders are rechecked; older ones expire and are reported.',
    ),
});

const DATABASE = 'a path, or postgres://user:password@host/name';
const IN_FILE = 'File that holds the address, relative to this file.';

function isDatabase(value: string): boolean {
  return value !== '' && (isPostgresAddress(value) ? URL.canParse(value) : !value.includes('://'));
}

/** Whether a database is PostgreSQL, and not the path of a SQLite file. */
export function isPostgresAddress(database: string): boolean {
  return /^postgres(ql)?:\/\//.test(database);
}

const SECRET_KEY =
  'a reference to an environment variable with at least 32 random characters, or { file: path }';

const required = 'a list with at least one entry';

/** The owner's file. */
export const fileSchema = section({
  timezone: checked('a time zone, as Europe/Amsterdam', isTimeZone).describe(
    'Your time zone: for schedules, and for the day on a document.',
  ),
  database: z
    .union([checked(DATABASE, isDatabase), section({ file: text('a path').describe(IN_FILE) })], {
      error: DATABASE,
    })
    .default('./data/orderpark.db')
    .describe('Where everything is kept: a file (made where missing), or postgres://….'),
  secretKey: secret(SECRET_KEY, (value) => value.length >= 32)
    .optional()
    .describe(
      'Encrypts the secrets that are kept in the database: at least 32 random characters. Absent: a file orderpark.key beside the database; PostgreSQL needs it here.',
    ),
  logLevel: oneOf(LOG_LEVELS).default('info').describe('How much is logged.'),
  shops: list(shopSchema, required).min(1, { error: required }).describe('Your WooCommerce shops.'),
  poll: checked('five cron fields in quotes, as "*/15 * * * *"', isCron)
    .default('*/15 * * * *')
    .describe('How often the shops are asked what changed: five cron fields.'),
  batch: batchSchema.optional().describe('The nightly recheck of parked and booked orders.'),
  server: serverSchema
    .optional()
    .describe('The web server: takes webhooks, and tells how orderpark is.'),
  access: accessSchema.optional().describe('Who may use the page and the API.'),
  alerts: alertsSchema.optional().describe('Who is told when something needs a person.'),
  outbound: outboundSchema.optional().describe('Outbound webhooks: where they may go.'),
  seller: sellerSchema.describe('Who sells: you.'),
  vat: list(vatRuleSchema, required)
    .min(1, { error: required })
    .describe(
      'VAT rates and the tax code of each; the first that matches wins, none blocks the order.',
    ),
  documents: documentsSchema.optional().describe('How invoices and credit notes are made.'),
  books: list(booksSchema, required)
    .min(1, { error: required })
    .describe('Where documents are booked.'),
});

/** The owner's file after reading, before relative paths and short forms are worked out. */
export type FileConfig = z.output<typeof fileSchema>;
