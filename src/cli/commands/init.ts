import type { Command } from 'commander';
import type { CliContext } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { addInitOptions } from '../init/options.js';

export function addInit(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  const command = program
    .command('init')
    .description('write the config for a shop, from what the shop tells of itself');
  addInitOptions(command).action(async (_, command: Command) => {
    const { runInit } = await import('../init/flow.js');
    done(await runInit(context, command.optsWithGlobals()));
  });
}
