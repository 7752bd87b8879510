/** Minute, hour, day of month, month, day of week (0 and 7 are Sunday). */
const RANGES: readonly (readonly [least: number, most: number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
];

/** Whether `text` is a cron expression of five fields of numbers, ranges, lists and steps that ever comes. */
export function isCron(text: string): boolean {
  const fields = text.trim().split(/\s+/);
  const isWellFormed =
    fields.length === RANGES.length &&
    RANGES.every(([least, most], index) =>
      (fields[index] ?? '').split(',').every((part) => isPart(part, least, most)),
    );
  return isWellFormed && everComes(fields);
}

const LONGEST_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 31 February never does; with a day of the week named as well, either will do. */
function everComes([, , days = '*', months = '*', weekdays = '*']: readonly string[]): boolean {
  if (days.startsWith('*') || !weekdays.startsWith('*')) return true;
  const earliest = Math.min(...days.split(',').map((part) => Number.parseInt(part, 10)));
  return LONGEST_MONTH.some((length, index) => isNamed(months, index + 1) && earliest <= length);
}

function isNamed(field: string, value: number): boolean {
  return field.split(',').some((part) => {
    const [range = '*', step = '1'] = part.split('/');
    const [from, to] = range === '*' ? [1, 12] : range.split('-').map(Number);
    const first = from ?? 1;
    return value >= first && value <= (to ?? first) && (value - first) % Number(step) === 0;
  });
}

function isPart(part: string, least: number, most: number): boolean {
  const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
  if (!match) return false;
  const [, from, to, step] = match;
  if (step !== undefined && from !== undefined && to === undefined) return false; // 5/10
  const first = Number(from ?? least);
  const last = Number(to ?? from ?? most);
  const steps = Number(step ?? 1);
  return least <= first && first <= last && last <= most && 1 <= steps && steps <= most;
}
