import type { Command } from 'commander';
import { systemClock } from '../../runtime/clock.js';
import { type CliContext, type CommonOptions, readConfig } from '../context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';

export function addMigrate(
  program: Command,
  context: CliContext,
  done: (code: ExitCode) => void,
): void {
  program
    .command('migrate')
    .description('bring the database to this version; a SQLite file is copied aside before')
    .action(async (_, command: Command) => done(await migrate(context, command.optsWithGlobals())));
}

async function migrate(context: CliContext, options: CommonOptions): Promise<ExitCode> {
  const { database } = readConfig(context, options);
  const { migrateDatabase } = await import('../../store/open-store.js');
  const { from, to, copy } = await migrateDatabase({ database, clock: systemClock });
  const aside = copy === undefined ? '' : ` The file as it was is kept as ${copy}.`;
  context.terminal.out(
    from === to
      ? `The database is at version ${to} already.\n`
      : `The database went from version ${from} to ${to}.${aside}\n`,
  );
  return EXIT.done;
}
