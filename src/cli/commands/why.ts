import type { Command } from 'commander';
import type { App } from '../../app.js';
import { readLife } from '../../services/order-life.js';
import { documentJson } from '../../shapes/document.js';
import { historyJson, nudgeJson, orderJson } from '../../shapes/order.js';
import type { StoredOrder } from '../../store/store.js';
import { type CliContext, type CommonOptions, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { findOrder } from '../find-order.js';
import { printJson } from '../output.js';
import { printable } from '../table.js';
import { historyLines, type WhyFacts, whySentences } from '../why-text.js';

interface WhyOptions extends CommonOptions {
  readonly json?: boolean;
  readonly shop?: string;
}

export function addWhy(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('why')
    .description('say why an order is where it is, and what would release it')
    .argument('<order>', 'its number or id')
    .option('--shop <id>', 'of this shop')
    .option('--json', 'print JSON')
    .action(async (order: string, _, command: Command) => {
      done(await why(context, order, command.optsWithGlobals()));
    });
}

async function why(context: CliContext, text: string, options: WhyOptions): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    const facts = await gather(app, await findOrder(app, text, options));
    if (options.json) {
      const { order, documents, postings, history, nudges, nextBatchAt, nextPollAt } = facts;
      printJson(context, {
        ...orderJson(order),
        sentences: whySentences(facts),
        documents: documents.map((document) => documentJson(document, postings)),
        history: history.map(historyJson),
        webhooks: nudges.map(nudgeJson),
        nextPollAt,
        nextBatchAt,
      });
    } else {
      const lines = [...whySentences(facts), '', 'History', ...historyLines(facts)];
      context.terminal.out(`${lines.map(printable).join('\n')}\n`);
    }
    return EXIT.done;
  });
}

/** Of a busy order, the latest webhooks. */
const NUDGES_TOLD = 3;

async function gather(app: App, order: StoredOrder): Promise<WhyFacts> {
  const { timezone, file } = app.config;
  return { ...(await readLife(app, order, NUDGES_TOLD)), zone: timezone, configFile: file };
}
