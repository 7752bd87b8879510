import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import type { Overrides } from '../../src/app.js';
import type { ExitCode } from '../../src/cli/exit-codes.js';
import { runCli } from '../../src/cli/program.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { KEY_ENV } from './owner-file.js';

/** What a command said and how it ended. */
export interface Said {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface CliSettings {
  /** The config file. */
  readonly config: string;
  readonly overrides?: Overrides;
  readonly env?: Readonly<Record<string, string>>;
  /** As at a terminal of a person: with colours. */
  readonly colors?: boolean;
  readonly signal?: AbortSignal;
  /** The folder that a person is in; the root unless told. */
  readonly cwd?: string;
  /** Told of each text for standard error, as it is written. */
  readonly onErr?: (text: string) => void;
}

export type Cli = (...args: string[]) => Promise<Said>;

/** Runs commands in this process, against a terminal that keeps what is written to it. */
export function createCli(settings: CliSettings): Cli {
  return async (...args) => {
    const written = { out: '', err: '' };
    const terminal: Terminal = {
      out: (text) => {
        written.out += text;
      },
      err: (text) => {
        written.err += text;
        settings.onErr?.(text);
      },
      isInteractive: false,
      colors: pc.createColors(settings.colors === true),
      width: 120,
    };
    const code = await runCli(args, {
      terminal,
      env: { ...KEY_ENV, ORDERPARK_CONFIG: settings.config, ...settings.env },
      cwd: settings.cwd ?? '/',
      signal: settings.signal ?? new AbortController().signal,
      ...(settings.overrides ? { overrides: settings.overrides } : {}),
    });
    return { code, ...written };
  };
}

/** Whether a text would do nothing at a terminal but show. */
export function isPlain(text: string): boolean {
  return stripVTControlCharacters(text) === text && !/[^\P{Cc}\n]/u.test(text);
}
