import type { Command } from 'commander';
import type { App } from '../../app.js';
import { documentJson } from '../../shapes/document.js';
import { historyJson, orderJson, refundJson } from '../../shapes/order.js';
import type { StoredOrder } from '../../store/store.js';
import { type CliContext, type CommonOptions, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { findOrder } from '../find-order.js';
import { moneyText } from '../money-text.js';
import { harmlessJson, printJson, timeText } from '../output.js';
import { printable, table } from '../table.js';

interface ShowOptions extends CommonOptions {
  readonly json?: boolean;
  readonly shop?: string;
  readonly raw?: boolean;
}

export function addOrdersShow(
  orders: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  orders
    .command('show')
    .description('show one order whole')
    .argument('<order>', 'its number or id')
    .option('--shop <id>', 'of this shop')
    .option('--raw', 'what the shop said of it last, as it came')
    .option('--json', 'print JSON')
    .action(async (order: string, _, command: Command) => {
      done(await show(context, order, command.optsWithGlobals()));
    });
}

async function show(context: CliContext, text: string, options: ShowOptions): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    const order = await findOrder(app, text, options);
    if (options.raw) {
      const raw = await app.store.rawOrder(order.shop, order.id);
      if (raw === undefined) context.terminal.err('The shop never gave this order whole.\n');
      else context.terminal.out(`${harmlessJson(raw)}\n`);
      return EXIT.done;
    }
    const whole = await readWhole(app, order);
    if (options.json) printJson(context, whole);
    else context.terminal.out(wholeText(whole, app.config.timezone));
    return EXIT.done;
  });
}

async function readWhole({ store }: App, order: StoredOrder) {
  const { shop, id } = order;
  const documents = await store.documentsOf(shop, id);
  const postings = await store.postingsOf(documents.map(({ document }) => document.key));
  const refunds = await store.refundsOf(shop, id);
  return {
    ...orderJson(order),
    documents: documents.map((stored) => documentJson(stored, postings)),
    refunds: refunds.map(refundJson),
    history: (await store.history(shop, id)).map(historyJson),
  };
}

type Whole = Awaited<ReturnType<typeof readWhole>>;

function wholeText(order: Whole, zone: string): string {
  const { currency } = order;
  const facts: [string, string][] = [
    ['order', `${order.number} (id ${order.id}, shop ${order.shop})`],
    ['customer', order.customer],
    [
      'total',
      `${moneyText(order.grossMinor, currency)}, of which tax ${moneyText(order.taxMinor, currency)}`,
    ],
    ['status', order.status],
    ['state', `${order.state} since ${timeText(order.stateSince, zone)}`],
    ['why', order.reason],
    ['rule', order.ruleLine === undefined ? order.rule : `${order.rule} (line ${order.ruleLine})`],
    ['created', timeText(order.createdAt, zone)],
    ['modified', timeText(order.modifiedAt, zone)],
  ];
  if (order.expiresAt !== undefined) facts.push(['expires', timeText(order.expiresAt, zone)]);
  const parts = [facts.map(([name, value]) => `${name.padEnd(10)}${printable(value)}\n`).join('')];
  if (order.changes.length > 0) {
    parts.push(
      'Changed in the shop after it was booked:\n',
      table(
        [{ title: 'field' }, { title: 'booked' }, { title: 'now' }],
        order.changes.map(({ field, booked, now }) => [field, booked, now]),
      ),
    );
  }
  if (order.documents.length > 0) {
    parts.push(
      '\n',
      table(
        [
          { title: 'document' },
          { title: 'kind' },
          { title: 'date' },
          { title: 'gross', align: 'right' },
          { title: 'books' },
        ],
        order.documents.map((document) => [
          document.number,
          document.kind,
          document.date,
          moneyText(document.grossMinor, currency),
          document.postings.map(({ books, state }) => `${books}: ${state}`).join(', '),
        ]),
      ),
    );
  }
  if (order.refunds.length > 0) {
    parts.push(
      '\n',
      table(
        [
          { title: 'refund' },
          { title: 'amount', align: 'right' },
          { title: 'state' },
          { title: 'why' },
        ],
        order.refunds.map((refund) => [
          String(refund.id),
          moneyText(refund.grossMinor, currency),
          refund.state,
          refund.reason,
        ]),
      ),
    );
  }
  return parts.join('');
}
