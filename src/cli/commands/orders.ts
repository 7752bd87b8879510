import type { Command } from 'commander';
import type { CliContext } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { addOrdersDecide } from './orders-decide.js';
import { addOrdersList } from './orders-list.js';
import { addOrdersProposal } from './orders-proposal.js';
import { addOrdersRecheck } from './orders-recheck.js';
import { addOrdersShow } from './orders-show.js';

export function addOrders(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const orders = program.command('orders').description('look at orders, and decide about them');
  addOrdersList(orders, context, done);
  addOrdersShow(orders, context, done);
  addOrdersDecide(orders, context, done);
  addOrdersRecheck(orders, context, done);
  addOrdersProposal(orders, context, done);
}
