import pc from 'picocolors';
import type { Person } from './asker.js';

/** Where a command writes: results to `out`, all else to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Both ends are a person: colours and progress bars are welcome. */
  readonly isInteractive: boolean;
  readonly colors: Colors;
  /** In characters; for tables. */
  readonly width: number;
  /** Where a person can be asked; absent: nobody is there. */
  readonly person?: Person;
}

type Colors = ReturnType<typeof pc.createColors>;

/** The process's own streams. NO_COLOR (no-color.org) turns colours off. */
export function processTerminal(env: NodeJS.ProcessEnv = process.env): Terminal {
  const isInteractive = process.stdout.isTTY === true && process.stderr.isTTY === true;
  const hasColor = isInteractive && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isInteractive,
    colors: pc.createColors(hasColor),
    width: process.stdout.columns ?? 120,
    // Questions go to standard error, so that output stays clean.
    ...(process.stdin.isTTY === true && process.stderr.isTTY === true
      ? { person: { input: process.stdin, output: process.stderr } }
      : {}),
  };
}
