const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

const STEERING = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** One line of the log as a person reads it: time, level, message, fields. */
export function plainLine(json: string): string {
  const { time, level, msg, err, ...fields } = JSON.parse(json);
  const name = LEVELS[level] ?? String(level);
  const rest = Object.entries(fields).map(([key, value]) => `${key}=${textOf(value)}`);
  const error = err?.message === undefined ? [] : [`(${err.message})`];
  const line = [String(time), name.padEnd(5), msg, ...rest, ...error].join(' ');
  // What a shop or a customer wrote must not steer the terminal.
  return `${line.replace(/[\t\n\r]+/g, ' ').replace(STEERING, '')}\n`;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return /[\s="]/.test(value) ? JSON.stringify(value) : value;
  return JSON.stringify(value) ?? '';
}
