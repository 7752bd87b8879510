import type { Command } from 'commander';
import { tellServiceManager } from '../../runtime/service-manager.js';
import { type CliContext, type CommonOptions, withApp } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';

export function addRun(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('run')
    .description('run until stopped: poll, recheck each night, book')
    .action(async (_, command: Command) => {
      done(await run(context, command.optsWithGlobals()));
    });
}

async function run(context: CliContext, options: CommonOptions): Promise<ExitCode> {
  return withApp(context, options, 'daemon', async (app) => {
    const daemon = await app.start();
    const { shops, books } = app.config;
    app.logger.info(
      {
        shops: shops.map(({ id }) => id),
        books: books.map(({ id }) => id),
        config: app.config.file,
      },
      'orderpark runs',
    );
    await tellServiceManager('READY=1', context.env, app.logger);
    const onStop = () => {
      void tellServiceManager('STOPPING=1', context.env, app.logger);
      void daemon.stop();
    };
    context.signal.addEventListener('abort', onStop, { once: true });
    if (context.signal.aborted) onStop();
    const how = await daemon.ended;
    app.logger.info({}, 'orderpark stopped');
    return how === 'stopped' ? EXIT.done : EXIT.busy;
  });
}
