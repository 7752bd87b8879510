import { relative } from 'node:path';
import { formatProblems } from '../../config/format-problems.js';
import { systemClock } from '../../runtime/clock.js';
import type { Choices } from '../../setup/choices.js';
import { type NewFile, WriteError, writeFiles } from '../../setup/files.js';
import { alreadyThere, planFiles, UnsoundError } from '../../setup/plan-files.js';
import type { KeptSecret } from '../../setup/secrets.js';
import type { Survey } from '../../setup/survey.js';
import { CommandError } from '../context.js';
import { EXIT } from '../exit-codes.js';
import type { Session } from './session.js';

/** All that is needed to write the files. */
export interface Prepared {
  readonly survey: Survey;
  readonly choices: Choices;
  readonly files: readonly NewFile[];
  readonly replace: boolean;
}

/** Whether what is there may be replaced. Throws CommandError where it may not. */
export async function mayReplace(session: Session, paths: readonly string[]): Promise<boolean> {
  const { options, answers } = session;
  const there = alreadyThere(paths);
  if (options.force || there.length === 0) return options.force === true;
  const names = there.map((path) => nameFor(session, path)).join(', ');
  const refusal = new CommandError(
    EXIT.usage,
    `${names} is there already, and nothing was written.`,
    'Replace it with --force, or name another file with --config.',
  );
  if (!answers.canAsk || options.yes) throw refusal;
  const message = `${names} is there already. Replace it?`;
  if (!(await answers.confirm({ option: '--force', message, initial: false }))) throw refusal;
  return true;
}

/** As it is typed from where the person is. */
export function nameFor({ context }: Session, path: string): string {
  const from = relative(context.cwd, path);
  return from === '' || from.startsWith('..') ? path : from;
}

/** The owner's file and its secrets, not written yet. Throws CommandError where it would not load. */
export function planFilesOf(
  { context, path }: Session,
  survey: Survey,
  choices: Choices,
  kept: readonly KeptSecret[],
): readonly NewFile[] {
  const clock = context.overrides?.clock ?? systemClock;
  try {
    return planFiles({ path, env: context.env, nowMs: clock.now() }, survey, choices, kept);
  } catch (error) {
    if (!(error instanceof UnsoundError)) throw error;
    throw new CommandError(
      EXIT.failed,
      `${error.message}:\n${formatProblems(error.problems, { color: false })}`,
      'Correct the answer that is named there; if it was right, please report this.',
    );
  }
}

/** Throws CommandError; then nothing is left of them. */
export function writeAll(files: readonly NewFile[], replace: boolean): void {
  try {
    writeFiles(files, replace);
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    throw new CommandError(
      EXIT.failed,
      `${error.message}. Nothing was written.`,
      'See to that, or name another place with --config.',
    );
  }
}
