import { systemClock } from '../../runtime/clock.js';
import { PROBLEM_OF, SMTP_FORM, usualSince, usualTimezone } from '../../setup/answers.js';
import { type BooksChoice, type Choices, FLAVOURS } from '../../setup/choices.js';
import { type KeptSecret, keptInFile } from '../../setup/secrets.js';
import type { Survey } from '../../setup/survey.js';
import { inWords } from './answers.js';
import { secretFromEnvironment, secretFromOption } from './secrets.js';
import type { Session } from './session.js';

/** Where time is counted: as the site does; asked where it has a mere offset. */
export async function chooseTimezone(
  { options, answers }: Session,
  told?: string,
): Promise<string> {
  const usual = usualTimezone(told);
  if (options.timezone === undefined && usual !== undefined && usual === told) return usual;
  return answers.text({
    option: '--timezone <name>',
    given: options.timezone,
    message: 'Your time zone (the site does not tell one)',
    initial: usual,
    problem: inWords(PROBLEM_OF.timezone),
  });
}

export async function chooseSince(
  { context, options, answers }: Session,
  timezone: string,
): Promise<string> {
  const clock = context.overrides?.clock ?? systemClock;
  return answers.text({
    option: '--since <day>',
    given: options.since,
    message: 'First day that is not in your books yet (orders before it are never looked at)',
    initial: usualSince(clock.now(), timezone),
    problem: inWords(PROBLEM_OF.day),
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
    problem: inWords(PROBLEM_OF.sellerName),
  });
  const country =
    options.country === undefined && address.country !== ''
      ? address.country
      : await answers.text({
          option: '--country <code>',
          given: options.country,
          message: 'The country where you are established, by its two letters',
          problem: inWords(PROBLEM_OF.country),
        });
  const vatNumber = await answers.text({
    option: '--vat-number <number>',
    given: options.vatNumber,
    message: 'Your VAT number (empty for later)',
    initial: '',
  });
  return { name: name.trim(), country, vatNumber: vatNumber.trim() };
}

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
    problem: inWords(PROBLEM_OF.mailServer),
  });
  return keptInFile(address, own.name, folder);
}

async function chooseMailboxes({ options, answers }: Session) {
  const problem = inWords(PROBLEM_OF.mailbox);
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
