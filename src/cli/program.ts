import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { AlreadyRunningError } from '../runtime/already-running.js';
import { ListenError } from '../server/server.js';
import { StoreError } from '../store/store-error.js';
import { ShopError } from '../woocommerce/shop-error.js';
import { addAccess } from './commands/access.js';
import { addBatch } from './commands/batch.js';
import { addCheck } from './commands/check.js';
import { addDemo } from './commands/demo.js';
import { addDocuments } from './commands/documents.js';
import { addExport } from './commands/export.js';
import { addInit } from './commands/init.js';
import { addMigrate } from './commands/migrate.js';
import { addOrders } from './commands/orders.js';
import { addPlan } from './commands/plan.js';
import { addPoll } from './commands/poll.js';
import { addPostings } from './commands/postings.js';
import { addQuarantine } from './commands/quarantine.js';
import { addRun } from './commands/run.js';
import { addStatement } from './commands/statement.js';
import { addStatus } from './commands/status.js';
import { addSubscriptions } from './commands/subscriptions.js';
import { addWebhook } from './commands/webhook.js';
import { addWhy } from './commands/why.js';
import { type CliContext, CommandError } from './context.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { printableLines } from './table.js';

/** Runs one command to its end; answers its exit code. Never throws. */
export async function runCli(args: readonly string[], context: CliContext): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = createProgram(context, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, context);
  }
}

const COMMANDS = [
  addInit,
  addRun,
  addStatus,
  addPoll,
  addBatch,
  addExport,
  addCheck,
  addOrders,
  addDocuments,
  addPostings,
  addQuarantine,
  addWhy,
  addStatement,
  addPlan,
  addWebhook,
  addAccess,
  addSubscriptions,
  addMigrate,
  addDemo,
];

function createProgram(context: CliContext, done: (code: ExitCode) => void): Command {
  const { terminal } = context;
  const program = new Command('orderpark')
    .description('Between WooCommerce shops and the books: every order, once, to the cent.')
    .version(version())
    .option('-c, --config <file>', 'the config file; orderpark.yaml unless told (ORDERPARK_CONFIG)')
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
    })
    .exitOverride()
    .showHelpAfterError('(orderpark --help tells more)');
  for (const add of COMMANDS) add(program, context, done);
  for (const command of descendants(program)) {
    command.copyInheritedSettings(program);
    // `orderpark poll --config x` is what hands type; the option is the program's all the same.
    command.option('-c, --config <file>', 'the config file');
  }
  return program;
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((child) =>
    child.commands.length === 0 ? [child] : descendants(child),
  );
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  const parsed: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return parsed.version;
}

/** Tells a person what went wrong and what to do; no error leaves without a code. */
function explain(error: unknown, { terminal, signal }: CliContext): ExitCode {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
  const tell = (message: string, fix?: string) => {
    // A message can quote what a shop or a customer wrote.
    terminal.err(`${terminal.colors.red('error:')} ${printableLines(message)}\n`);
    if (fix !== undefined && fix !== '') terminal.err(`${printableLines(fix)}\n`);
  };
  if (error instanceof CommandError) {
    if (error.code === EXIT.config) terminal.err(`${error.message}\n`);
    else tell(error.message, error.fix);
    return error.code;
  }
  if (error instanceof StoreError) {
    tell(error.message, error.fix);
    return EXIT.database;
  }
  if (error instanceof ListenError) {
    tell(error.message, error.fix);
    return EXIT.failed;
  }
  if (error instanceof AlreadyRunningError) {
    tell(error.message);
    return EXIT.busy;
  }
  if (error instanceof ShopError && error.kind !== 'aborted') {
    tell(`${error.shop}: ${error.message}`, error.fix);
    return EXIT.incomplete;
  }
  if (signal.aborted) {
    terminal.err('Stopped. What was not finished is taken up again the next time.\n');
    return EXIT.incomplete;
  }
  tell(
    error instanceof Error ? error.message : String(error),
    'This is not foreseen; please report it, with what `logLevel: debug` shows.',
  );
  return EXIT.failed;
}
