const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/** One line of the log as a person reads it: time, level, message, fields. */
export function plainLine(json: string): string {
  const { time, level, msg, err, ...fields } = JSON.parse(json);
  const name = LEVELS[level] ?? String(level);
  const rest = Object.entries(fields).map(([key, value]) => `${key}=${textOf(value)}`);
  const error = err?.message === undefined ? [] : [`(${err.message})`];
  return `${[String(time), name.padEnd(5), msg, ...rest, ...error].join(' ')}\n`;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return /[\s="]/.test(value) ? JSON.stringify(value) : value;
  return JSON.stringify(value) ?? '';
}
