import { type Command, Option } from 'commander';
import { ORDER_STATES, type OrderState } from '../../orders/states.js';
import { addDays, epochMsOf, instantOf, localDateOf } from '../../orders/time.js';
import { startOfLocalDay } from '../../runtime/zoned.js';
import { orderJson } from '../../shapes/order.js';
import type { OrderFilter } from '../../store/store.js';
import { type CliContext, type CommonOptions, chosenShops, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { moneyText } from '../money-text.js';
import { counted, printJsonList } from '../output.js';
import { allOrders } from '../pages.js';
import { countOption, dayOption } from '../parse-options.js';
import { table } from '../table.js';

interface ListOptions extends CommonOptions {
  readonly json?: boolean;
  readonly shop?: string;
  readonly state?: readonly OrderState[];
  readonly status?: string;
  readonly changed?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
}

export function addOrdersList(
  orders: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  orders
    .command('list')
    .description('list orders, newest first')
    .addOption(new Option('--state <state...>', 'only in these states').choices(ORDER_STATES))
    .option('--shop <id>', 'only of this shop')
    .option('--status <status>', 'only with this status in the shop')
    .option('--changed', 'only those that the shop changed after they were booked')
    .option('--from <day>', 'only created on this day or later', dayOption)
    .option('--to <day>', 'only created on this day or before', dayOption)
    .option('--limit <count>', 'at most so many', countOption)
    .option('--json', 'print JSON')
    .action(async (_, command: Command) => done(await list(context, command.optsWithGlobals())));
}

async function list(context: CliContext, options: ListOptions): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    if (options.shop !== undefined) chosenShops(app, [options.shop]);
    const filter = filterOf(options, app.config.timezone);
    const orders = allOrders(app, filter, options.limit ?? Number.POSITIVE_INFINITY);
    if (options.json) {
      await printJsonList(context, mapped(orders, orderJson));
      return EXIT.done;
    }
    const rows: string[][] = [];
    for await (const order of orders) {
      rows.push([
        order.shop,
        order.number,
        order.status,
        order.state,
        moneyText(order.grossMinor, order.currency),
        localDateOf(epochMsOf(order.createdAt), app.config.timezone),
        order.customer,
        order.changes.length > 0 ? `changed after booking; ${order.reason}` : order.reason,
      ]);
    }
    context.terminal.out(rows.length === 0 ? 'No such orders.\n' : table(COLUMNS, rows));
    if (rows.length > 0) context.terminal.err(`${counted(rows.length, 'order')}\n`);
    return EXIT.done;
  });
}

const COLUMNS = [
  { title: 'shop' },
  { title: 'number' },
  { title: 'status' },
  { title: 'state' },
  { title: 'total', align: 'right' },
  { title: 'created' },
  { title: 'customer' },
  { title: 'why' },
] as const;

function filterOf(options: ListOptions, zone: string): OrderFilter {
  const { shop, state, status, changed, from, to } = options;
  return {
    ...(shop === undefined ? {} : { shop }),
    ...(state === undefined ? {} : { states: state }),
    ...(status === undefined ? {} : { status }),
    ...(changed === undefined ? {} : { changed }),
    ...(from === undefined ? {} : { from: instantOf(startOfLocalDay(from, zone)) }),
    ...(to === undefined ? {} : { to: instantOf(startOfLocalDay(addDays(to, 1), zone)) }),
  };
}

async function* mapped<From, To>(items: AsyncIterable<From>, map: (item: From) => To) {
  for await (const item of items) yield map(item);
}
