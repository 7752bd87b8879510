import type { Command } from 'commander';
import { type CliContext, type CommonOptions, withApp } from '../context.js';
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
  program
    .command('quarantine')
    .description('list what a shop sent and could not be read')
    .option('--all', 'also what could be read again since')
    .option('--json', 'print JSON, with what arrived as it came')
    .action(async (_, command: Command) => done(await list(context, command.optsWithGlobals())));
}

async function list(context: CliContext, options: QuarantineOptions): Promise<ExitCode> {
  return withApp(context, options, 'command', async ({ store, config }) => {
    const entries = await store.quarantine(options.all ? {} : { open: true });
    if (options.json) {
      printJson(context, entries);
      return EXIT.done;
    }
    const rows = entries.map((entry) => [
      entry.shop,
      entry.orderId === null ? '?' : String(entry.orderId),
      timeText(entry.at, config.timezone),
      entry.source,
      entry.resolvedAt === null ? 'open' : 'closed',
      `${entry.reason} ${entry.fix}`,
    ]);
    context.terminal.out(rows.length === 0 ? 'The quarantine is empty.\n' : table(COLUMNS, rows));
    return EXIT.done;
  });
}

const COLUMNS = [
  { title: 'shop' },
  { title: 'order' },
  { title: 'when' },
  { title: 'came by' },
  { title: 'is' },
  { title: 'why' },
] as const;
