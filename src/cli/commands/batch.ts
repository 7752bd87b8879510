import type { Command } from 'commander';
import type { BatchReport } from '../../batch/batch.js';
import { type CliContext, type CommonOptions, chosenShops, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { counted, printJson } from '../output.js';
import { dayOption } from '../parse-options.js';
import { hasBlocked, runLines, worstOf } from '../run-text.js';
import { statementText } from '../statement-text.js';

interface BatchCommandOptions extends CommonOptions {
  readonly json?: boolean;
  readonly date?: string;
  readonly force?: boolean;
}

export function addBatch(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('batch')
    .description('do the nightly recheck once: parked and booked orders, and the statement')
    .argument('[shops...]', 'ids of shops; all unless named')
    .option('--date <day>', 'the local date it stands for; today unless told', dayOption)
    .option('--force', 'also where the batch of that date is done')
    .option('--json', 'print the reports as JSON')
    .action(async (shops: string[], _, command: Command) => {
      done(await batch(context, shops, command.optsWithGlobals()));
    });
}

async function batch(
  context: CliContext,
  named: readonly string[],
  options: BatchCommandOptions,
): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    const reports: { shop: string; report: BatchReport }[] = [];
    for (const shop of chosenShops(app, named)) {
      const settings = {
        force: options.force === true,
        ...(options.date === undefined ? {} : { localDate: options.date }),
      };
      const report = await app.batch(shop, settings, context.signal);
      reports.push({ shop, report });
      if (!options.json) context.terminal.out(reportText(shop, report));
    }
    if (options.json)
      printJson(
        context,
        reports.map(({ shop, report }) => ({ shop, ...report })),
      );
    const worst = worstOf(reports.map(({ report }) => report.state));
    return worst === EXIT.done && reports.some(({ report }) => needsPerson(report))
      ? EXIT.attention
      : worst;
  });
}

function needsPerson(report: BatchReport): boolean {
  if (report.state === 'busy' || report.state === 'already-done') return false;
  const difference = report.statement?.difference.count ?? 0;
  return report.expired.length > 0 || difference > 0 || hasBlocked([report.run]);
}

function reportText(shop: string, report: BatchReport): string {
  if (report.state === 'busy') {
    return `${shop}: another process does the batch of this shop now (since ${report.since}).\n`;
  }
  if (report.state === 'already-done') {
    return `${shop}: the batch of that date is done already (--force does it again).\n`;
  }
  const expired =
    report.expired.length === 0
      ? ''
      : `${shop}: ${counted(report.expired.length, 'order')} stayed parked for the whole look-back and expired: ${report.expired.join(', ')}\n`;
  const statement = report.statement ? `\n${statementText(report.statement)}` : '';
  return runLines(shop, [report.run]) + expired + statement;
}
