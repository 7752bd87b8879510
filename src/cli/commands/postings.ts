import { type Command, Option } from 'commander';
import { POSTING_STATES, type PostingState } from '../../orders/states.js';
import { listedPostingJson } from '../../shapes/document.js';
import { type CliContext, CommandError, type CommonOptions, chosen, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { printJson } from '../output.js';
import { countOption } from '../parse-options.js';
import { table } from '../table.js';

export function addPostings(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const postings = program
    .command('postings')
    .description('look at documents on their way to the books, and decide about those that wait');
  postings
    .command('list')
    .description('list postings, newest first')
    .addOption(new Option('--state <state...>', 'only in these states').choices(POSTING_STATES))
    .option('--books <id>', 'only of these books')
    .option('--limit <count>', 'at most so many; 1000 unless told', countOption)
    .option('--json', 'print JSON')
    .action(async (_, command: Command) => done(await list(context, command.optsWithGlobals())));
  postings
    .command('release')
    .description('decide about a rejected, uncertain or retrying posting')
    .argument('<document>', 'the document number or key')
    .requiredOption('--books <id>', 'in these books')
    .addOption(
      new Option('--as <decision>', 'what to do')
        .choices(['send-again', 'mark-booked'])
        .makeOptionMandatory(),
    )
    .action(async (document: string, _, command: Command) => {
      done(await release(context, document, command.optsWithGlobals()));
    });
}

interface ListOptions extends CommonOptions {
  readonly json?: boolean;
  readonly state?: readonly PostingState[];
  readonly books?: string;
  readonly limit?: number;
}

async function list(context: CliContext, options: ListOptions): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    const { state, books, limit = 1000 } = options;
    const filter = {
      ...(state === undefined ? {} : { states: state }),
      ...(books === undefined ? {} : { books }),
    };
    const postings = await app.store.listPostings(filter, limit);
    if (options.json) {
      const shaped = postings.map(listedPostingJson);
      printJson(context, shaped);
      return EXIT.done;
    }
    const rows = postings.map((posting) => [
      posting.documentKey,
      posting.books,
      posting.state,
      String(posting.attempt),
      posting.dueAt ?? '',
      [posting.reference ?? posting.reason, posting.fix ?? ''].join(' ').trim(),
    ]);
    context.terminal.out(rows.length === 0 ? 'No such postings.\n' : table(COLUMNS, rows));
    return EXIT.done;
  });
}

const COLUMNS = [
  { title: 'document' },
  { title: 'books' },
  { title: 'state' },
  { title: 'attempts', align: 'right' },
  { title: 'due' },
  { title: '' },
] as const;

interface ReleaseOptions extends CommonOptions {
  readonly books: string;
  readonly as: 'send-again' | 'mark-booked';
}

async function release(
  context: CliContext,
  text: string,
  options: ReleaseOptions,
): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    chosen(
      [options.books],
      app.destinations.map(({ id }) => id),
      'books',
    );
    const byKey = await app.store.document(text);
    const found = byKey ? [byKey] : await app.store.documentsByNumber(text);
    const [only, another] = found;
    if (!only || another) {
      throw new CommandError(
        EXIT.usage,
        only ? `Several documents have the number ${text}.` : `No document ${text} was made.`,
        only ? `Name its key: ${found.map(({ document }) => document.key).join(', ')}.` : undefined,
      );
    }
    const { key } = only.document;
    const released = await app.worker.release(key, options.books, options.as);
    switch (released.kind) {
      case 'released':
        context.terminal.out(`${key} in ${options.books} is ${released.to}.\n`);
        return EXIT.done;
      case 'unknown':
        throw new CommandError(EXIT.failed, `${key} does not go to ${options.books}.`);
      case 'not-waiting':
        throw new CommandError(
          EXIT.failed,
          `${key} in ${options.books} is ${released.state}: there is nothing to decide.`,
        );
    }
  });
}
