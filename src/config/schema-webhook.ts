import { isBaseAddress } from './addresses.js';
import { checked, count, flag, oneOrTwo, secret, section } from './fields.js';

export const webhookSchema = section({
  secret: oneOrTwo(secret(), 'one secret, or a list of two').describe(
    "Secret of the shop's webhooks, at best 32 random characters or more. Two while it changes, the new one first: both are accepted.",
  ),
  url: checked(
    'a public address, as https://orderpark.example.com (without user or ?…)',
    isBaseAddress,
  )
    .optional()
    .describe(
      'Public address under which the shop reaches the server: https, on port 443, 80 or 8080.',
    ),
  register: flag()
    .default(false)
    .describe(
      'Makes and repairs the webhooks in the shop at each start. Needs url, and a REST API key with read and write rights.',
    ),
  licenseKey: secret()
    .optional()
    .describe(
      'For a shop that comes from webwinkelfacturen.nl: the licensekey in the delivery URL that it has.',
    ),
  maxAgeDays: count('whole', 1, 3660)
    .default(92)
    .describe('Orders made longer ago, and not known yet, are left to the polls.'),
});
