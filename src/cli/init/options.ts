import type { Command } from 'commander';
import type { CommonOptions } from '../context.js';
import { dayOption, portOption } from '../parse-options.js';

/** Every answer of `init` as an option; what is absent is asked for. */
export interface InitOptions extends CommonOptions {
  readonly url?: string;
  readonly shop?: string;
  readonly allowPlainHttp?: boolean;
  readonly keyFile?: string;
  readonly secretFile?: string;
  readonly env?: boolean;
  readonly callbackUrl?: string;
  /** False for none. */
  readonly webhook: boolean;
  readonly webhookUrl?: string;
  readonly host?: string;
  readonly port?: number;
  readonly since?: string;
  readonly timezone?: string;
  readonly sellerName?: string;
  readonly country?: string;
  readonly vatNumber?: string;
  readonly books?: string;
  readonly flavour?: string;
  readonly smtpFile?: string;
  readonly mailFrom?: string;
  readonly mailTo?: string;
  readonly force?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
  /** A port, or true for a free one; absent: asked at the terminal. */
  readonly page?: number | true;
}

export function addInitOptions(command: Command): Command {
  return command
    .option('--url <address>', "the shop's address")
    .option('--shop <id>', 'short name of the shop; main unless told')
    .option('--allow-plain-http', 'take an address of http:// on a network that you trust')
    .option('--key-file <path>', 'file with the consumer key (ck_…)')
    .option('--secret-file <path>', 'file with the consumer secret (cs_…)')
    .option('--env', 'take keys from WC_CONSUMER_KEY and WC_CONSUMER_SECRET, and refer to these')
    .option('--callback-url <address>', "get the key by WooCommerce's own page, which answers here")
    .option('--webhook-url <address>', 'public https address at which the shop reaches orderpark')
    .option('--no-webhook', 'poll only')
    .option('--host <address>', 'where the server listens; 127.0.0.1 unless told')
    .option('--port <number>', 'its port; 8080 unless told', portOption)
    .option(
      '--since <day>',
      'first day whose orders are booked; first of the year unless told',
      dayOption,
    )
    .option('--timezone <name>', 'time zone, where the shop does not tell; as Europe/Amsterdam')
    .option('--seller-name <name>', 'your company')
    .option('--country <code>', 'where you are established, as NL')
    .option('--vat-number <number>', 'your VAT number')
    .option('--books <types>', 'journal, files, email, or several with commas between them')
    .option('--flavour <name>', 'of the journal: hledger, ledger or beancount')
    .option('--smtp-file <path>', 'file with the address of the mail server, for books by mail')
    .option('--mail-from <address>', 'who the mails are from')
    .option('--mail-to <address>', 'who gets them')
    .option('--force', 'replace files that are there')
    .option('-y, --yes', 'take every proposal without asking')
    .option('--json', 'print what was found and done as JSON')
    .option(
      '--page [port]',
      'ask on a page in a browser of this machine, instead of at the terminal',
      portOption,
    );
}
