import type { Command } from 'commander';
import type { CliContext } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { addInitOptions, type InitOptions } from '../init/options.js';

export function addInit(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const command = program
    .command('init')
    .description('write the config for a shop, from what the shop tells of itself');
  addInitOptions(command).action(async (_, command: Command) =>
    done(await run(context, command.optsWithGlobals())),
  );
}

/** Each face is loaded where it is asked for: the page brings all pages with it. */
async function run(context: CliContext, options: InitOptions): Promise<ExitCode> {
  if (options.page === undefined) {
    const { runInit } = await import('../init/flow.js');
    return runInit(context, options);
  }
  const { runInitPage } = await import('../init/page.js');
  return runInitPage(context, options);
}
