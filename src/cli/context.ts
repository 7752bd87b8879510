import { resolve } from 'node:path';
import type { App, Overrides } from '../app.js';
import type { Config } from '../config/config.js';
import { formatProblems } from '../config/format-problems.js';
import { loadConfig } from '../config/load.js';
import { secretsOf } from '../config/secrets-of.js';
import { createLogger } from '../runtime/logger.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Terminal } from './terminal.js';

/** What every command is given. */
export interface CliContext {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborts at SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  readonly overrides?: Overrides;
}

/** Ends the command with a message for a person and an exit code. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    readonly code: ExitCode,
    message: string,
    readonly fix?: string,
  ) {
    super(message);
  }
}

export interface CommonOptions {
  readonly config?: string;
}

const DEFAULT_CONFIG = 'orderpark.yaml';

/** Where the config is, or is to be. */
export function configPath({ env, cwd }: CliContext, options: CommonOptions): string {
  return resolve(cwd, options.config ?? env['ORDERPARK_CONFIG'] ?? DEFAULT_CONFIG);
}

/** Reads the config. Throws CommandError with all of its problems. */
export function readConfig(
  context: CliContext,
  options: CommonOptions,
  use: LogUse = 'command',
): Config {
  const { terminal, env } = context;
  const path = configPath(context, options);
  const result = loadConfig({ path, env });
  const color = terminal.colors.isColorSupported;
  if (!result.ok) {
    const count = result.problems.length;
    const text = formatProblems(result.problems, { color });
    throw new CommandError(
      EXIT.config,
      `${text}\n\n${count} problem${count === 1 ? '' : 's'} in the configuration; nothing was done.`,
    );
  }
  if (use !== 'command' && result.warnings.length > 0) {
    terminal.err(`${formatProblems(result.warnings, { color })}\n\n`);
  }
  return result.config;
}

/**
 * `daemon` logs as configured; `check` and `command` only what is out of order, since their output
 * tells the rest. Warnings about the config are for the first two.
 */
export type LogUse = 'daemon' | 'check' | 'command';

/** Opens the app, does the work, and closes it whatever happens. */
export async function withApp<Result>(
  context: CliContext,
  options: CommonOptions,
  use: LogUse,
  work: (app: App) => Promise<Result>,
): Promise<Result> {
  const config = readConfig(context, options, use);
  // Loaded once there is work for it: most of the time that a short command takes is loading.
  const { createApp } = await import('../app.js');
  const app = await createApp(config, {
    ...context.overrides,
    logger: context.overrides?.logger ?? loggerFor(context, config, use),
    ...(use === 'daemon' ? { metrics: await loadMetrics() } : {}),
  });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

async function loadMetrics() {
  const { createMetrics } = await import('../runtime/metrics.js');
  return createMetrics();
}

const QUIET_LEVELS = new Set(['info', 'warn']);

function loggerFor({ terminal }: CliContext, config: Config, use: LogUse) {
  const isQuiet = use !== 'daemon' && QUIET_LEVELS.has(config.logLevel);
  return createLogger({
    level: isQuiet ? 'error' : config.logLevel,
    format: terminal.isInteractive ? 'plain' : 'json',
    write: (line) => terminal.err(line),
    secrets: secretsOf(config),
  });
}

/** The shops that were named, or all. Throws CommandError for one that is not configured. */
export function chosenShops(app: App, named: readonly string[]): string[] {
  const ids = app.config.shops.map(({ id }) => id);
  return chosen(named, ids, 'shop');
}

export function chosen(named: readonly string[], known: readonly string[], what: string): string[] {
  const unknown = named.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new CommandError(
      EXIT.usage,
      `There is no ${what} "${unknown}" in the configuration.`,
      `Known: ${known.join(', ')}.`,
    );
  }
  return named.length === 0 ? [...known] : [...named];
}
