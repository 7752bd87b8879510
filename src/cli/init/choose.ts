import { isMailbox, isMailServerAddress } from '../../config/addresses.js';
import { isCountry, isDay } from '../../config/fields.js';
import { isTimeZone } from '../../config/zone.js';
import { localDateOf } from '../../orders/time.js';
import { systemClock } from '../../runtime/clock.js';
import type { BooksChoice, Choices } from '../../setup/choices.js';
import { type KeptSecret, keptInFile } from '../../setup/secrets.js';
import type { Survey } from '../../setup/survey.js';
import { oneLine } from '../../setup/yaml-text.js';
import { secretFromEnvironment, secretFromOption } from './secrets.js';
import type { Session } from './session.js';

/** Where time is counted: as the site does; asked where it has a mere offset. */
export async function chooseTimezone(
  { options, answers }: Session,
  told?: string,
): Promise<string> {
  if (options.timezone === undefined && told !== undefined && isTimeZone(told)) return told;
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return answers.text({
    option: '--timezone <name>',
    given: options.timezone,
    message: 'Your time zone (the site does not tell one)',
    initial: isTimeZone(own) ? own : undefined,
    problem: (answer) => (isTimeZone(answer) ? undefined : 'Write it as Europe/Amsterdam'),
  });
}

export async function chooseSince(
  { context, options, answers }: Session,
  timezone: string,
): Promise<string> {
  const clock = context.overrides?.clock ?? systemClock;
  const year = localDateOf(clock.now(), timezone).slice(0, 4);
  return answers.text({
    option: '--since <day>',
    given: options.since,
    message: 'First day that is not in your books yet (orders before it are never looked at)',
    initial: `${year}-01-01`,
    problem: (answer) => (isDay(answer) ? undefined : 'Write it as 2026-01-31'),
  });
}

export async function chooseSeller(
  { options, answers }: Session,
  { about, address }: Survey,
): Promise<Choices['seller']> {
  const name = await answers.text({
    option: '--seller-name <name>',
    given: options.sellerName,
    message: 'Your company, as printed on invoices',
    initial: about.name,
    problem: (answer) => (oneLine(answer) === '' ? 'An invoice needs a name' : undefined),
  });
  const country =
    options.country === undefined && address.country !== ''
      ? address.country
      : await answers.text({
          option: '--country <code>',
          given: options.country,
          message: 'The country where you are established, by its two letters',
          problem: (answer) => (isCountry(answer) ? undefined : 'Write it as NL'),
        });
  const vatNumber = await answers.text({
    option: '--vat-number <number>',
    given: options.vatNumber,
    message: 'Your VAT number (empty for later)',
    initial: '',
  });
  return { name: name.trim(), country, vatNumber: vatNumber.trim() };
}

const FLAVOURS = ['hledger', 'ledger', 'beancount'] as const;

/** Which books, and the secrets that they need. */
export async function chooseBooks(
  session: Session,
): Promise<{ readonly books: readonly BooksChoice[]; readonly secrets: readonly KeptSecret[] }> {
  const { options, answers } = session;
  const types = await answers.several({
    option: '--books <types>',
    given: options.books,
    message: 'Where are invoices to be booked? (space marks, enter takes what is marked)',
    options: [
      { value: 'journal', label: 'a plain-text journal, for hledger, ledger or beancount' },
      { value: 'files', label: 'PDF and UBL files in a folder' },
      {
        value: 'email',
        label: 'the same files by mail, to the accountant or a bookkeeping program',
      },
    ],
    initial: ['journal'],
  });
  const books: BooksChoice[] = [];
  const secrets: KeptSecret[] = [];
  for (const type of new Set(types)) {
    switch (type) {
      case 'journal':
        books.push({ type, flavour: await chooseFlavour(session) });
        break;
      case 'files':
        books.push({ type });
        break;
      case 'email': {
        const smtp = await mailServer(session);
        secrets.push(smtp);
        books.push({ type, smtp: smtp.place, ...(await chooseMailboxes(session)) });
        break;
      }
    }
  }
  return { books, secrets };
}

function chooseFlavour({ options, answers }: Session): Promise<(typeof FLAVOURS)[number]> {
  return answers.choose({
    option: '--flavour <name>',
    given: options.flavour,
    message: 'The program you read the journal with',
    options: FLAVOURS.map((value) => ({ value, label: value })),
    initial: ['hledger'],
  });
}

const SMTP_FORM = 'smtp://user:password@mail.example.com:587';

async function mailServer({ context, options, answers, folder }: Session): Promise<KeptSecret> {
  const own = { name: 'smtp', folder };
  if (options.smtpFile !== undefined) {
    return secretFromOption(context, '--smtp-file', options.smtpFile, own);
  }
  if (options.env) {
    const fix = `Set it to the address of the mail server, as ${SMTP_FORM}, or give a file with --smtp-file.`;
    return secretFromEnvironment(context, 'SMTP_ADDRESS', fix);
  }
  const address = await answers.secret({
    option: '--smtp-file <path>',
    given: undefined,
    message: `The mail server, as ${SMTP_FORM} (it is not shown)`,
    problem: (answer) => (isMailServerAddress(answer) ? undefined : `Write it as ${SMTP_FORM}`),
  });
  return keptInFile(address, own.name, folder);
}

async function chooseMailboxes({ options, answers }: Session) {
  const problem = (answer: string) =>
    isMailbox(answer) ? undefined : 'Write it as name@example.com';
  const from = await answers.text({
    option: '--mail-from <address>',
    given: options.mailFrom,
    message: 'Who the mails are from',
    problem,
  });
  const to = await answers.text({
    option: '--mail-to <address>',
    given: options.mailTo,
    message: 'Who gets the invoices',
    problem,
  });
  return { from: from.trim(), to: to.trim() };
}
