import { createTransport } from 'nodemailer';
import type { Logger } from '../runtime/logger.js';
import { redactText } from '../runtime/redact.js';
import { mailDomainOf, smtpSecretsOf, smtpServerOf } from '../runtime/smtp.js';
import { type Channel, ChannelError, type Message } from './channel.js';
import { headline, plainText } from './text.js';

export interface MailOptions {
  /** `smtps://user:password@host:465` or `smtp://…:587`, which then must offer STARTTLS. */
  readonly smtp: string;
  readonly from: string;
  readonly to: readonly string[];
  /** Of the times in the text; IANA name. */
  readonly zone: string;
  readonly logger: Logger;
  /** For the whole of one message; 60,000 unless told. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 60_000;
/** For each answer on the way. */
const STEP_MS = 20_000;

/**
 * Plain text by SMTP. A message whose end is unclear is sent again, with the same Message-ID: an
 * alert that came twice is better than one that did not come.
 */
export function createMailChannel(options: MailOptions): Channel {
  const transport = createTransport({
    connectionTimeout: STEP_MS,
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
    dnsTimeout: STEP_MS,
    ...smtpServerOf(options.smtp),
  });
  const secrets = smtpSecretsOf(options.smtp);
  const { timeoutMs = TIMEOUT_MS } = options;
  return {
    name: 'mail',
    async send(message, signal) {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const { rejected } = await transport.sendMail({
          ...mailOf(message, options),
          signal: AbortSignal.any([signal, timeout]),
        });
        if (rejected.length > 0) {
          options.logger.warn({ rejected: rejected.length }, 'some readers of alerts were refused');
        }
      } catch (error) {
        const reason = timeout.aborted ? 'it took too long' : reasonOf(error);
        throw new ChannelError(redactText(reason, secrets), fixFor(error));
      }
    },
  };
}

function mailOf(message: Message, { from, to, zone }: MailOptions) {
  return {
    from,
    to: [...to],
    subject: `orderpark: ${headline(message)}`,
    text: plainText(message, zone),
    date: new Date(message.atMs),
    messageId: `<${message.id}@${mailDomainOf(from)}>`,
    // So that nothing that answers mail by itself answers this.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  return `${code === '' ? '' : `${code}: `}${message}`.replace(/\s+/g, ' ').slice(0, 300);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function fixFor(error: unknown): string {
  switch (codeOf(error)) {
    case 'EAUTH':
      return 'Mend the user or the password in alerts.mail.smtp.';
    case 'ETLS':
      return 'The server offers no TLS that can be trusted: use its smtps:// address in alerts.mail.smtp.';
    case 'EENVELOPE':
      return 'The server takes no mail from or to these addresses: mend alerts.mail.from and alerts.mail.to.';
    default:
      return 'Look whether alerts.mail.smtp names the right server and port, and whether it can be reached from here.';
  }
}
