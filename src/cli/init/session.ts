import { dirname, resolve } from 'node:path';
import { Cancelled, createAsker } from '../asker.js';
import type { CliContext } from '../context.js';
import { configPath } from '../context.js';
import { printable } from '../table.js';
import { type Answers, createAnswers } from './answers.js';
import type { InitOptions } from './options.js';

/** What every step of `init` works with. */
export interface Session {
  readonly context: CliContext;
  readonly options: InitOptions;
  readonly answers: Answers;
  /** Of the owner's file. */
  readonly path: string;
  readonly folder: string;
  /** Tells the person what goes on; never a result. */
  note(text: string): void;
}

export function openSession(context: CliContext, options: InitOptions): Session {
  const { terminal, signal } = context;
  const path = configPath(context, options);
  const asker = terminal.person && createAsker(terminal.person, signal);
  return {
    context,
    options,
    answers: createAnswers(asker, options.yes === true),
    path,
    folder: dirname(resolve(path)),
    note(text) {
      // What a signal stopped goes no further than to the next thing that would be told.
      if (signal.aborted) throw new Cancelled('stopped by a signal');
      terminal.err(`${printable(text)}\n`);
    },
  };
}
