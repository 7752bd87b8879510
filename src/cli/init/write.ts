import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { formatProblems } from '../../config/format-problems.js';
import { loadConfig } from '../../config/load.js';
import { localDateOf } from '../../orders/time.js';
import { systemClock } from '../../runtime/clock.js';
import type { Choices } from '../../setup/choices.js';
import { type NewFile, WriteError, writeFiles } from '../../setup/files.js';
import type { Survey } from '../../setup/survey.js';
import { configText } from '../../setup/write-config.js';
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
  const there = paths.filter((path) => existsSync(path));
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

/** The owner's file and its secrets, not written yet; the file is proven to load. */
export function planFiles(
  session: Session,
  survey: Survey,
  choices: Choices,
  secrets: readonly NewFile[],
): readonly NewFile[] {
  const { context, path } = session;
  const clock = context.overrides?.clock ?? systemClock;
  const today = localDateOf(clock.now(), choices.timezone);
  const example = readFileSync(EXAMPLE, 'utf8');
  const content = configText(example, survey, choices, today);
  requireSound(session, content, secrets);
  return [...secrets, { path, content, isSecret: false }];
}

const EXAMPLE = new URL('../../../config/orderpark.example.yaml', import.meta.url);

function requireSound(
  { context, path }: Session,
  content: string,
  secrets: readonly NewFile[],
): void {
  const planned = new Map(secrets.map((file) => [resolve(file.path), file.content]));
  const result = loadConfig({
    path,
    env: context.env,
    readFile: (file) =>
      file === resolve(path) ? content : (planned.get(file) ?? readFileSync(file, 'utf8')),
  });
  if (result.ok) return;
  const text = formatProblems(result.problems, { color: false });
  throw new CommandError(
    EXIT.failed,
    `The file would have problems, so nothing was written:\n${text}`,
    'Correct the answer that is named there; if it was right, please report this.',
  );
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
