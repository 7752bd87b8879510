import type { Command } from 'commander';
import { decideOrders, isAsDecided } from '../../services/decide.js';
import { orderJson } from '../../shapes/order.js';
import type { StoredOrder } from '../../store/store.js';
import { type CliContext, type CommonOptions, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { findOrder } from '../find-order.js';
import { orderLine } from '../order-line.js';
import { printJson } from '../output.js';

interface DecideOptions extends CommonOptions {
  readonly json?: boolean;
  readonly shop?: string;
  readonly undo?: boolean;
}

export function addOrdersDecide(
  orders: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const descriptions = {
    forward: 'book orders whatever the rules say',
    ignore: 'leave orders out whatever the rules say',
  } as const;
  for (const decision of ['forward', 'ignore'] as const) {
    orders
      .command(decision)
      .description(descriptions[decision])
      .argument('<order...>', 'their numbers or ids')
      .option('--shop <id>', 'of this shop')
      .option('--undo', 'give them back to the rules')
      .option('--json', 'print the orders as JSON')
      .action(async (texts: string[], _, command: Command) => {
        done(await decide(context, decision, texts, command.optsWithGlobals()));
      });
  }
}

async function decide(
  context: CliContext,
  decision: 'forward' | 'ignore',
  texts: readonly string[],
  options: DecideOptions,
): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    const found: StoredOrder[] = [];
    for (const text of texts) found.push(await findOrder(app, text, options));
    const wish = options.undo ? null : decision;
    const decided = await decideOrders(app, found, wish);
    if (options.json) printJson(context, decided.map(orderJson));
    else context.terminal.out(decided.map(orderLine).join(''));
    return decided.every((order) => isAsDecided(order, wish)) ? EXIT.done : EXIT.attention;
  });
}
