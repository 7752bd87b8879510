import { resolve } from 'node:path';
import type { Command } from 'commander';
import { MOST_PLAN_DAYS, PLAN_DAYS } from '../../plan/plan-config.js';
import { type CliContext, type CommonOptions, readConfig, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { printJson } from '../output.js';
import { countOption } from '../parse-options.js';
import { planText } from '../plan-text.js';
import { createProgress } from '../progress.js';

interface PlanOptions extends CommonOptions {
  readonly json?: boolean;
  readonly days?: number;
}

export function addPlan(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('plan')
    .description('tell which stored orders would end differently under a changed config')
    .argument('<file>', 'the changed config file')
    .option('--days <count>', `orders created in the last days (${PLAN_DAYS})`, countOption)
    .option('--json', 'print JSON')
    .action(async (file: string, _, command: Command) => {
      done(await plan(context, file, command.optsWithGlobals()));
    });
}

async function plan(context: CliContext, file: string, options: PlanOptions): Promise<ExitCode> {
  const then = readConfig(context, { config: resolve(context.cwd, file) }, 'check');
  return withApp(context, options, 'command', async (app) => {
    const progress = createProgress(context.terminal, 'judging', () => app.clock.now());
    try {
      const report = await app.plan(then, {
        days: Math.min(options.days ?? PLAN_DAYS, MOST_PLAN_DAYS),
        signal: context.signal,
        onProgress: progress.update,
      });
      if (options.json) printJson(context, report);
      else context.terminal.out(planText(report));
    } finally {
      progress.stop();
    }
    return context.signal.aborted ? EXIT.incomplete : EXIT.done;
  });
}
