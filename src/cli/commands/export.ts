import type { Command } from 'commander';
import type { BooksReport } from '../../export/report.js';
import { type CliContext, type CommonOptions, chosen, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { printJson } from '../output.js';

interface ExportCommandOptions extends CommonOptions {
  readonly json?: boolean;
}

export function addExport(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('export')
    .description('book once what is queued or due, then end')
    .argument('[books...]', 'ids of books; all unless named')
    .option('--json', 'print the reports as JSON')
    .action(async (books: string[], _, command: Command) => {
      done(await exportOnce(context, books, command.optsWithGlobals()));
    });
}

async function exportOnce(
  context: CliContext,
  named: readonly string[],
  options: ExportCommandOptions,
): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    const ids = chosen(
      named,
      app.destinations.map(({ id }) => id),
      'books',
    );
    const reports: BooksReport[] = [];
    for (const id of ids) reports.push(...(await app.worker.runOnce(id, context.signal)).books);
    if (options.json) printJson(context, reports);
    else for (const report of reports) context.terminal.out(reportText(report));
    if (
      reports.some(({ error, paused, retrying }) => error !== undefined || paused || retrying > 0)
    ) {
      return EXIT.incomplete;
    }
    const needsPerson = reports.some(({ rejected, uncertain }) => rejected + uncertain > 0);
    return needsPerson ? EXIT.attention : EXIT.done;
  });
}

function reportText(report: BooksReport): string {
  const { books, booked, retrying, rejected, uncertain, paused, error } = report;
  const parts = [`${booked} booked`];
  if (retrying > 0) parts.push(`${retrying} to be tried again`);
  if (rejected > 0) parts.push(`${rejected} rejected, which need a person`);
  if (uncertain > 0) parts.push(`${uncertain} uncertain`);
  const lines = [`${books}: ${parts.join(', ')}`];
  if (paused) lines.push(`  paused until ${paused.until}: ${paused.reason}`);
  if (error !== undefined) lines.push(`  failed: ${error}`);
  return `${lines.join('\n')}\n`;
}
