import type { Command } from 'commander';
import type { App } from '../../app.js';
import type { Statement } from '../../batch/statement.js';
import { addDays, localDateOf } from '../../orders/time.js';
import { ShopError } from '../../woocommerce/shop-error.js';
import {
  type CliContext,
  CommandError,
  type CommonOptions,
  chosenShops,
  withApp,
} from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { printJson } from '../output.js';
import { dayOption } from '../parse-options.js';
import { statementText } from '../statement-text.js';

interface StatementOptions extends CommonOptions {
  readonly json?: boolean;
  readonly shop?: string;
  readonly from?: string;
  readonly to?: string;
}

export function addStatement(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('statement')
    .description('hold the shop’s own count and money against ours; exit 7 where they differ')
    .option('--from <day>', 'first day of creation; the look-back unless told', dayOption)
    .option('--to <day>', 'last day of creation; today unless told', dayOption)
    .option('--shop <id>', 'only of this shop')
    .option('--json', 'print JSON')
    .action(async (_, command: Command) => {
      done(await statement(context, command.optsWithGlobals()));
    });
}

async function statement(context: CliContext, options: StatementOptions): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    const today = localDateOf(app.clock.now(), app.config.timezone);
    const to = options.to ?? today;
    const from = options.from ?? addDays(to, -app.config.batch.lookBackDays);
    if (from > to) throw new CommandError(EXIT.usage, `--from ${from} is after --to ${to}.`);
    const shops = chosenShops(app, options.shop === undefined ? [] : [options.shop]);
    const statements: Statement[] = [];
    for (const shop of shops) statements.push(await make(app, shop, { from, to }, context.signal));
    if (options.json) printJson(context, { from, to, shops: statements });
    else context.terminal.out(statements.map(statementText).join('\n'));
    const isZero = statements.every(({ difference }) => difference.count === 0);
    return isZero ? EXIT.done : EXIT.attention;
  });
}

async function make(
  app: App,
  shop: string,
  period: { from: string; to: string },
  signal: AbortSignal,
): Promise<Statement> {
  try {
    return await app.statement(shop, period, signal);
  } catch (error) {
    if (error instanceof ShopError)
      throw new CommandError(EXIT.incomplete, `${shop}: ${error.message}`, error.fix);
    throw error;
  }
}
