import { type Command, Option } from 'commander';
import type { App } from '../../app.js';
import { ORDER_STATES, type OrderState } from '../../orders/states.js';
import { type OrderRef, recheckOrders } from '../../services/decide.js';
import { orderJson } from '../../shapes/order.js';
import type { StoredOrder } from '../../store/store.js';
import {
  type CliContext,
  CommandError,
  type CommonOptions,
  chosenShops,
  withApp,
} from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { findOrder } from '../find-order.js';
import { orderLine } from '../order-line.js';
import { printJson } from '../output.js';
import { allOrders } from '../pages.js';
import { createProgress } from '../progress.js';

interface RecheckOptions extends CommonOptions {
  readonly json?: boolean;
  readonly shop?: string;
  readonly state?: readonly OrderState[];
}

export function addOrdersRecheck(
  orders: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  orders
    .command('recheck')
    .description('read orders from the shop again, now; an expired one gets another look-back')
    .argument('[order...]', 'their numbers or ids')
    .addOption(new Option('--state <state...>', 'all in these states').choices(ORDER_STATES))
    .option('--shop <id>', 'of this shop')
    .option('--json', 'print the orders as JSON')
    .action(async (texts: string[], _, command: Command) => {
      done(await recheck(context, texts, command.optsWithGlobals()));
    });
}

async function recheck(
  context: CliContext,
  texts: readonly string[],
  options: RecheckOptions,
): Promise<ExitCode> {
  if (texts.length === 0 && options.state === undefined) {
    throw new CommandError(EXIT.usage, 'Name the orders, or their state with --state.');
  }
  return withApp(context, options, 'command', async (app) => {
    const orders = await wanted(app, texts, options);
    const progress = createProgress(context.terminal, 'recheck', () => app.clock.now());
    const after: StoredOrder[] = [];
    try {
      for await (const order of recheckOrders(app, orders, context.signal)) {
        after.push(order);
        progress.update(after.length, orders.length);
      }
    } finally {
      progress.stop();
    }
    if (options.json) printJson(context, after.map(orderJson));
    else context.terminal.out(after.map(orderLine).join(''));
    return EXIT.done;
  });
}

async function wanted(
  app: App,
  texts: readonly string[],
  options: RecheckOptions,
): Promise<readonly OrderRef[]> {
  const orders: OrderRef[] = [];
  for (const text of texts) orders.push(await findOrder(app, text, options));
  if (options.state === undefined) return orders;
  if (options.shop !== undefined) chosenShops(app, [options.shop]);
  const filter = {
    states: options.state,
    ...(options.shop === undefined ? {} : { shop: options.shop }),
  };
  for await (const { shop, id } of allOrders(app, filter, Number.POSITIVE_INFINITY)) {
    orders.push({ shop, id });
  }
  return orders;
}
