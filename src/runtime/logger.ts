import { pino } from 'pino';
import { plainLine } from './plain-line.js';
import { redactText } from './redact.js';

/** What is used of a pino logger. Fields first, then one plain sentence. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Logger;
}

export interface LoggerOptions {
  /** As pino names them; `silent` logs nothing. */
  readonly level: string;
  /** `json`: a line of JSON an entry. `plain`: for a person at a terminal. */
  readonly format: 'json' | 'plain';
  /** Where lines go; standard error unless told, so that output stays clean for `--json`. */
  readonly write?: (line: string) => void;
  /** Secrets of the config, taken out wherever they would appear. */
  readonly secrets?: readonly string[];
}

const SECRET_FIELDS = [
  'authorization',
  'password',
  'secret',
  'token',
  'consumerKey',
  'consumerSecret',
].flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

/**
 * A logger that lets no secret through (rule 11): by the name of its field, by its look, and, of the
 * given ones, anywhere. A healthy system logs nothing at `error`.
 */
export function createLogger(options: LoggerOptions): Logger {
  const write = options.write ?? ((line: string) => void process.stderr.write(line));
  const secrets = options.secrets ?? [];
  const stream = {
    write(json: string) {
      const clean = redactText(json, secrets);
      write(options.format === 'plain' ? plainLine(clean) : clean);
    },
  };
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    redact: { paths: SECRET_FIELDS, censor: '[redacted]' },
  };
  return pino(settings, stream);
}

/** Only what helps: an HTTP client's error would bring its whole request along, keys included. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  const kind = 'kind' in error ? { kind: error.kind } : {};
  const fix = 'fix' in error ? { fix: error.fix } : {};
  const code = 'code' in error ? { code: error.code } : {};
  return { type: name, message, ...kind, ...code, ...fix, stack };
}
