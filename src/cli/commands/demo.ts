import type { Command } from 'commander';
import type { CliContext } from '../context.js';
import type { DemoOptions } from '../demo/run-demo.js';
import type { ExitCode } from '../exit-codes.js';
import { countOption } from '../parse-options.js';

export function addDemo(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('demo')
    .description('some weeks of a made-up shop in a minute, and what orderpark makes of them')
    .option('--once', 'end after the statement; exit 0 only where its difference is zero')
    .option('--folder <path>', 'where to keep what it makes', 'orderpark-demo')
    .option('--orders <count>', 'orders in these weeks', countOption, 360)
    .option('--weeks <count>', 'simulated weeks, up to now', countOption, 5)
    .option('--seed <number>', 'other orders, other lives', countOption, 1)
    .action(async (_, command: Command) => {
      const { runDemo } = await import('../demo/run-demo.js');
      done(await runDemo(context, command.optsWithGlobals<DemoOptions>()));
    });
}
