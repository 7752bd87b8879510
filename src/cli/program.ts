import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { AlreadyRunningError } from '../runtime/already-running.js';
import { ListenError } from '../server/listen-error.js';
import { StoreError } from '../store/store-error.js';
import { ShopError } from '../woocommerce/shop-error.js';
import { type CliContext, CommandError } from './context.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { printableLines } from './table.js';

/** Runs one command to its end; answers its exit code. Never throws. */
export async function runCli(args: readonly string[], context: CliContext): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  try {
    const program = await createProgram(context, args, (ended) => {
      code = ended;
    });
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, context);
  }
}

/** Each is loaded when it is asked for: together they are most of the program. In the order of the help. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  init: async () => (await import('./commands/init.js')).addInit,
  run: async () => (await import('./commands/run.js')).addRun,
  status: async () => (await import('./commands/status.js')).addStatus,
  poll: async () => (await import('./commands/poll.js')).addPoll,
  batch: async () => (await import('./commands/batch.js')).addBatch,
  export: async () => (await import('./commands/export.js')).addExport,
  check: async () => (await import('./commands/check.js')).addCheck,
  orders: async () => (await import('./commands/orders.js')).addOrders,
  documents: async () => (await import('./commands/documents.js')).addDocuments,
  postings: async () => (await import('./commands/postings.js')).addPostings,
  quarantine: async () => (await import('./commands/quarantine.js')).addQuarantine,
  why: async () => (await import('./commands/why.js')).addWhy,
  statement: async () => (await import('./commands/statement.js')).addStatement,
  plan: async () => (await import('./commands/plan.js')).addPlan,
  webhook: async () => (await import('./commands/webhook.js')).addWebhook,
  access: async () => (await import('./commands/access.js')).addAccess,
  subscriptions: async () => (await import('./commands/subscriptions.js')).addSubscriptions,
  migrate: async () => (await import('./commands/migrate.js')).addMigrate,
  demo: async () => (await import('./commands/demo.js')).addDemo,
};

type AddCommand = (program: Command, context: CliContext, done: (code: ExitCode) => void) => void;

/** The command that is asked for; all of them, for the help, where none is that there is. */
function wantedCommands(args: readonly string[]): readonly (() => Promise<AddCommand>)[] {
  if (args[0] === '--version' || args[0] === '-V') return [];
  const isConfig = (arg: string | undefined) => arg === '-c' || arg === '--config';
  const name = args.find((arg, n) => !arg.startsWith('-') && !isConfig(args[n - 1]));
  const found = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return found ? [found] : Object.values(COMMANDS);
}

async function createProgram(
  context: CliContext,
  args: readonly string[],
  done: (code: ExitCode) => void,
): Promise<Command> {
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
  for (const load of wantedCommands(args)) (await load())(program, context, done);
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
