import { z } from 'zod';
import { isMailbox, isMailServerAddress } from './addresses.js';
import {
  booksId,
  checked,
  count,
  matching,
  oneOf,
  oneOrMore,
  secret,
  section,
  text,
} from './fields.js';
import { SMTP } from './schema-alerts.js';
import { renderingKeys } from './schema-rendering.js';

const MAILBOX = 'an e-mail address';

const mailbox = () => checked(MAILBOX, isMailbox);
const mailboxes = () => oneOrMore(mailbox(), 'an e-mail address, or a list');

export const emailSchema = section({
  id: booksId(),
  type: z.literal('email', { error: 'email' }).describe('Invoices by mail, as to an accountant.'),
  smtp: secret(SMTP, isMailServerAddress).describe(
    'Mail server: smtp:// (port 587, TLS once connected) or smtps:// (port 465).',
  ),
  from: mailbox().describe('Who the mails are from.'),
  replyTo: mailbox().optional().describe('Where answers go. Absent: to the sender.'),
  to: mailboxes().describe('Who gets them: one address, or a list.'),
  creditNotesTo: mailboxes().optional().describe('Who gets the credit notes. Absent: the same.'),
  byShop: z
    .record(
      z.string(),
      section({
        to: mailboxes().optional().describe('Who gets the documents of this shop.'),
        creditNotesTo: mailboxes().optional().describe('Who gets its credit notes.'),
      }),
      { error: 'ids of shops, each with to and creditNotesTo' },
    )
    .optional()
    .describe('Other readers for the documents of some shops, by their id.'),
  subject: text().optional().describe('Subject, with {number} and others filled in.'),
  body: text().optional().describe('Text of the mail, with {number} and others filled in.'),
  digest: matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day in quotes, as "18:00"')
    .optional()
    .describe('Time of day at which all documents go together. Absent: a mail each, at once.'),
  largestMegabytes: count('decimal', 0.1, 50)
    .default(10)
    .describe('Largest mail, in megabytes; a digest that is larger goes in several.'),
  whenUncertain: oneOf(['wait', 'send-again'])
    .default('wait')
    .describe(
      'A mail of which nobody knows whether it arrived: a person decides, or it goes again.',
    ),
  ...renderingKeys,
});
