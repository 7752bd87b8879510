import type { Command } from 'commander';
import type { App } from '../../app.js';
import type { PollReport } from '../../poller/poll.js';
import { type CliContext, type CommonOptions, chosenShops, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { printJson } from '../output.js';
import { createProgress } from '../progress.js';
import { hasBlocked, runLines, worstOf } from '../run-text.js';

interface PollCommandOptions extends CommonOptions {
  readonly json?: boolean;
}

export function addPoll(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('poll')
    .description('read once what changed in the shops, then end')
    .argument('[shops...]', 'ids of shops; all unless named')
    .option('--json', 'print the reports as JSON')
    .action(async (shops: string[], _, command: Command) => {
      done(await poll(context, shops, command.optsWithGlobals()));
    });
}

async function poll(
  context: CliContext,
  named: readonly string[],
  options: PollCommandOptions,
): Promise<ExitCode> {
  return withApp(context, options, 'command', async (app) => {
    const reports: { shop: string; report: PollReport }[] = [];
    for (const shop of chosenShops(app, named)) {
      const report = await pollOne(context, app, shop);
      reports.push({ shop, report });
      if (!options.json) context.terminal.out(reportText(shop, report));
    }
    if (options.json)
      printJson(
        context,
        reports.map(({ shop, report }) => ({ shop, ...report })),
      );
    const worst = worstOf(reports.map(({ report }) => report.state));
    const needsPerson = reports.some(
      ({ report }) => report.state !== 'busy' && hasBlocked(report.runs),
    );
    return worst === EXIT.done && needsPerson ? EXIT.attention : worst;
  });
}

async function pollOne(context: CliContext, app: App, shop: string): Promise<PollReport> {
  await app.rejudgeBlocked(shop, context.signal);
  const progress = createProgress(context.terminal, `${shop}: first read`, () => app.clock.now());
  try {
    const onProgress = ({ done, total }: { done: number; total: number | null }) =>
      progress.update(done, total);
    return await app.poll(shop, { onProgress }, context.signal);
  } finally {
    progress.stop();
  }
}

function reportText(shop: string, report: PollReport): string {
  if (report.state === 'busy') {
    return `${shop}: another process polls this shop now (since ${report.since}).\n`;
  }
  return runLines(shop, report.runs);
}
