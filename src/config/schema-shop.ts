import { checked, count, day, flag, list, oneOf, secret, section, slug } from './fields.js';
import { statusesSchema } from './schema-statuses.js';
import { webhookSchema } from './schema-webhook.js';

/** The address that customers see, and not a page below WordPress's API. */
function isShopAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return (
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === '' &&
    !/\/wp-(json|admin)(\/|$)/.test(url.pathname)
  );
}

export const shopSchema = section({
  id: slug().describe('Short name of the shop, in documents and commands; never change it later.'),
  url: checked(
    "the shop's address, as https://shop.example.com (without /wp-json, user or ?…)",
    isShopAddress,
  ).describe("The shop's address."),
  consumerKey: secret().describe(
    'REST API key with read rights (WooCommerce > Settings > Advanced), and write rights for webhook: register.',
  ),
  consumerSecret: secret().describe('The secret of that key.'),
  since: day().describe('Orders made before this day are never looked at.'),
  statuses: statusesSchema.optional(),
  webhook: webhookSchema
    .optional()
    .describe('Real time: the shop tells of each change at once. Absent: it is polled only.'),
  auth: oneOf(['basic', 'query'])
    .optional()
    .describe(
      'How the key is sent: basic, or query where the host strips the header. Absent: found out.',
    ),
  allowPlainHttp: flag()
    .default(false)
    .describe('Allows an address of http:// on a network that you trust.'),
  timeoutSeconds: count('whole', 1, 600)
    .default(30)
    .describe('How long an answer of the shop is waited for.'),
  concurrency: count('whole', 1, 10).default(2).describe('Most requests to the shop at once.'),
  requestsPerSecond: count('decimal', 0.1, 100)
    .optional()
    .describe('Most requests to the shop in a second. Absent: no limit.'),
  books: list(slug(), 'a list of ids of books')
    .min(1, { error: 'a list of ids of books' })
    .optional()
    .describe("Which of the books get this shop's documents. Absent: all."),
});
