import type { Command } from 'commander';
import type { Document } from '../../documents/document.js';
import type { Proposal } from '../../intake/intake.js';
import { proposalJson } from '../../shapes/document.js';
import type { StoredOrder } from '../../store/store.js';
import { type CliContext, type CommonOptions, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { findOrder } from '../find-order.js';
import { moneyText } from '../money-text.js';
import { orderLine } from '../order-line.js';
import { printJson } from '../output.js';
import { printable, table } from '../table.js';

interface ProposalOptions extends CommonOptions {
  readonly json?: boolean;
  readonly shop?: string;
  /** The mark of what is accepted; `true`: whatever it comes to now. */
  readonly accept?: string | true;
}

export function addOrdersProposal(
  orders: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  orders
    .command('proposal')
    .description(
      'what it comes to to credit a changed order and book it again; does it with --accept',
    )
    .argument('<order>', 'its number or id')
    .option('--accept [mark]', 'do it; with the mark of a proposal, only if it is still the same')
    .option('--shop <id>', 'of this shop')
    .option('--json', 'print JSON')
    .action(async (order: string, _, command: Command) => {
      done(await propose(context, order, command.optsWithGlobals()));
    });
}

async function propose(
  context: CliContext,
  text: string,
  options: ProposalOptions,
): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    const { intake } = app;
    const { shop, id } = await findOrder(app, text, options);
    const accept = async (mark: string) => {
      const accepted = await intake.acceptProposal(shop, id, mark);
      if (accepted?.kind !== 'accepted') return refused(context, accepted);
      if (options.json) printJson(context, proposalJson({ ...accepted, kind: 'proposal', mark }));
      else context.terminal.out(`${documentsText(accepted.documents)}${orderLine(accepted.order)}`);
      return isWell(accepted.order) ? EXIT.done : EXIT.attention;
    };
    if (typeof options.accept === 'string') return accept(options.accept);
    const proposal = await intake.propose(shop, id);
    if (proposal === undefined || proposal.kind === 'none') return refused(context, proposal);
    if (options.accept === true) return accept(proposal.mark);
    if (options.json) printJson(context, proposalJson(proposal));
    else context.terminal.out(proposalText(proposal));
    return EXIT.done;
  });
}

function isWell({ state, changes }: StoredOrder): boolean {
  return state !== 'blocked' && changes.length === 0;
}

function refused(
  { terminal }: CliContext,
  why: { kind: 'none'; reason: string; fix: string } | { kind: 'outdated' } | undefined,
): ExitCode {
  if (why?.kind === 'none') terminal.err(`${printable(why.reason)}\n  ${printable(why.fix)}\n`);
  else terminal.err('The order is not as it was when this was proposed: look at it again.\n');
  return EXIT.attention;
}

function proposalText({ mark, documents, order }: Extract<Proposal, { kind: 'proposal' }>): string {
  return [
    documentsText(documents),
    `Then ${orderLine(order)}`,
    `Nothing is done yet: --accept ${mark} does it.\n`,
  ].join('');
}

function documentsText(documents: readonly Document[]): string {
  return table(
    [
      { title: 'document' },
      { title: 'number' },
      { title: 'date' },
      { title: 'gross', align: 'right' },
    ],
    documents.map(({ kind, number, date, grossMinor, currency }) => [
      kind,
      printable(number),
      date,
      moneyText(kind === 'invoice' ? grossMinor : -grossMinor, currency),
    ]),
  );
}
