import type { Command } from 'commander';
import { instantOf } from '../../orders/time.js';
import type { QuarantineEntry } from '../../store/store.js';
import { closedByPoll } from '../../webhook/kept.js';
import { type CliContext, CommandError, type CommonOptions, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { printJson, timeText } from '../output.js';
import { table } from '../table.js';

interface QuarantineOptions extends CommonOptions {
  readonly json?: boolean;
  readonly all?: boolean;
}

export function addQuarantine(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const quarantine = program
    .command('quarantine')
    .description('list what a shop sent and could not be read')
    .option('--all', 'also what could be read again since, or was closed')
    .option('--json', 'print JSON, with what arrived as it came')
    .action(async (_, command: Command) => done(await list(context, command.optsWithGlobals())));
  quarantine
    .command('close')
    .description('say that entries which name no order were seen to')
    .argument('<entry...>', 'numbers of entries, as the list shows them')
    .action(async (entries: string[], _, command: Command) => {
      done(await close(context, entries, command.optsWithGlobals()));
    });
}

async function list(context: CliContext, options: QuarantineOptions): Promise<ExitCode> {
  return withApp(context, options, 'command', async ({ store, config }) => {
    const entries = await store.quarantine(options.all ? {} : { open: true });
    if (options.json) {
      printJson(context, entries);
      return EXIT.done;
    }
    const rows = entries.map((entry) => [
      String(entry.id),
      entry.shop,
      entry.orderId === null ? '?' : String(entry.orderId),
      timeText(entry.at, config.timezone),
      entry.source,
      entry.resolvedAt === null ? 'open' : 'closed',
      `${ended(entry.reason)} ${entry.fix}`,
    ]);
    context.terminal.out(rows.length === 0 ? 'The quarantine is empty.\n' : table(COLUMNS, rows));
    if (entries.some(isForPerson)) context.terminal.out(HOW_TO_CLOSE);
    return EXIT.done;
  });
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

const COLUMNS = [
  { title: 'entry', align: 'right' },
  { title: 'shop' },
  { title: 'order' },
  { title: 'when' },
  { title: 'came by' },
  { title: 'is' },
  { title: 'why' },
] as const;

const HOW_TO_CLOSE =
  'What names no order stays open until it is seen to: then `orderpark quarantine close <entry>`.\n';

/** Nothing that is read later closes it. */
function isForPerson(entry: QuarantineEntry): boolean {
  return entry.resolvedAt === null && entry.orderId === null && !closedByPoll(entry);
}

async function close(
  context: CliContext,
  named: readonly string[],
  options: CommonOptions,
): Promise<ExitCode> {
  return withApp(context, options, 'command', async ({ store, clock }) => {
    const open = await store.quarantine({ open: true });
    const entries = named.map((text) => namedIn(open, text));
    const ids = [...new Set(entries.map(({ id }) => id))];
    await store.transaction((tx) => tx.closeQuarantine(ids, instantOf(clock.now())));
    const what = ids.length === 1 ? 'entry is' : 'entries are';
    context.terminal.out(`${ids.length} ${what} closed.\n`);
    return EXIT.done;
  });
}

function namedIn(open: readonly QuarantineEntry[], text: string): QuarantineEntry {
  const entry = open.find(({ id }) => String(id) === text);
  if (!entry) {
    throw new CommandError(
      EXIT.failed,
      `There is no open entry ${text}.`,
      '`orderpark quarantine` lists them, each with its number.',
    );
  }
  if (entry.orderId !== null) {
    throw new CommandError(
      EXIT.failed,
      `Entry ${text} is of order ${entry.orderId}, and closes by itself once that can be read.`,
      `The batch tries each night; \`orderpark orders recheck ${entry.orderId}\` tries now.`,
    );
  }
  return entry;
}
