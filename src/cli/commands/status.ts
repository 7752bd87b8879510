import type { Command } from 'commander';
import { readStatus } from '../../shapes/status.js';
import { type CliContext, type CommonOptions, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { printJson } from '../output.js';
import { statusText } from '../status-text.js';

export function addStatus(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('status')
    .description('show how things stand: shops, deliveries, books, the daemon; asks no shop')
    .option('--json', 'print JSON')
    .action(async (_, command: Command) => done(await status(context, command.optsWithGlobals())));
}

async function status(
  context: CliContext,
  options: CommonOptions & { json?: boolean },
): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    const found = await readStatus(app);
    if (options.json) printJson(context, found);
    else context.terminal.out(statusText(found, app.config.timezone));
    return EXIT.done;
  });
}
