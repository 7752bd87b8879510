/** What a command's exit code says; documented in docs/cli.md. */
export const EXIT = {
  done: 0,
  /** Something went wrong that no other code stands for. */
  failed: 1,
  /** The command was called wrongly. */
  usage: 2,
  /** The config file has problems. */
  config: 3,
  /** The database cannot be used: foreign, newer, older, damaged, not reachable. */
  database: 4,
  /** Another process has this work in hand. */
  busy: 5,
  /** A shop or books could not be reached; the rest was done. Try again later. */
  incomplete: 6,
  /** All was done, and something needs a person. */
  attention: 7,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
