import { isBaseAddress, isMailbox, isMailServerAddress } from './addresses.js';
import { checked, count, oneOrMore, secret, section } from './fields.js';

export const SMTP =
  'smtp://user:password@host:587 or smtps://user:password@host:465, with the special characters of a password encoded (%40 for @)';
const MAILBOX = 'an e-mail address';

const mailSchema = section({
  smtp: secret(SMTP, isMailServerAddress).describe(
    'Mail server: smtp:// (port 587, TLS once connected) or smtps:// (port 465).',
  ),
  from: checked(MAILBOX, isMailbox).describe('Who the mails are from.'),
  to: oneOrMore(checked(MAILBOX, isMailbox), 'an e-mail address, or a list').describe(
    'Who gets them: one address, or a list.',
  ),
});

const alertWebhookSchema = section({
  url: checked('an address, as https://alerts.example.com/orderpark', isAlertAddress).describe(
    'Address to which each message is posted as JSON.',
  ),
  secret: secret()
    .optional()
    .describe('Signs the messages by the Standard Webhooks scheme. Absent: they are not signed.'),
});

export const alertsSchema = section({
  mail: mailSchema.optional().describe('Alerts by mail.'),
  webhook: alertWebhookSchema.optional().describe('Alerts to a program of yours.'),
  remindHours: count('whole', 1, 720)
    .default(24)
    .describe('After how many hours an alert that still holds is told again.'),
});

/** A query is allowed, since such addresses often carry their key in it. */
function isAlertAddress(text: string): boolean {
  return isBaseAddress(text.replace(/\?[^#]+$/, ''));
}
