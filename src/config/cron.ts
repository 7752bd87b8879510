/** Minute, hour, day of month, month, day of week (0 and 7 are Sunday). */
const RANGES: readonly (readonly [least: number, most: number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
];

/** Whether `text` is a cron expression of five fields of numbers, ranges, lists and steps. */
export function isCron(text: string): boolean {
  const fields = text.trim().split(/\s+/);
  return (
    fields.length === RANGES.length &&
    RANGES.every(([least, most], index) =>
      (fields[index] ?? '').split(',').every((part) => isPart(part, least, most)),
    )
  );
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
