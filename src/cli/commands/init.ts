import type { Command } from 'commander';
import type { CliContext } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { runInit } from '../init/flow.js';
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

/** The page is loaded where it is asked for: it brings all pages with it. */
async function run(context: CliContext, options: InitOptions): Promise<ExitCode> {
  if (options.page === undefined) return runInit(context, options);
  const { runInitPage } = await import('../init/page.js');
  return runInitPage(context, options);
}
