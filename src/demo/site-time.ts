const HOUR_MS = 3_600_000;
const DATE = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;

/** A WordPress site's local time. All instants are epoch milliseconds at whole seconds. */
export interface SiteTime {
  readonly zone: string;
  /** Local time less UTC, in milliseconds, at that moment. */
  offsetMs(epochMs: number): number;
  /** `2026-11-20T16:54:50`, local and without an offset, as in `date_created`. */
  localText(epochMs: number): string;
  /**
   * A date parameter as WordPress understands it (`fact-modified-after-z-*`, `fact-dst-*`):
   * without a suffix UTC where `datesAreGmt`, else local; with a suffix and `datesAreGmt` it is
   * turned into local time first and that is then taken for UTC. Undefined where it is no date.
   */
  parseParameter(text: string, datesAreGmt: boolean): number | undefined;
}

export function siteTime(zone: string): SiteTime {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const offsets = new Map<number, number>();
  const offsetMs = (epochMs: number): number => {
    const quarter = Math.floor(epochMs / (HOUR_MS / 4));
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const offset = readOffset(format.format(epochMs));
    offsets.set(quarter, offset);
    return offset;
  };
  const fromLocal = (localMs: number): number => {
    const later = localMs - offsetMs(localMs + 12 * HOUR_MS);
    return later + offsetMs(later) === localMs ? later : localMs - offsetMs(localMs - 12 * HOUR_MS);
  };
  return {
    zone,
    offsetMs,
    localText: (epochMs) => gmtText(epochMs + offsetMs(epochMs)),
    parseParameter: (text, datesAreGmt) => {
      const match = DATE.exec(text);
      const written = Date.parse(`${match?.[1]}Z`);
      if (Number.isNaN(written)) return undefined;
      const suffix = match?.[2];
      if (suffix === undefined) return datesAreGmt ? written : fromLocal(written);
      const instant = written - suffixMs(suffix);
      return datesAreGmt ? instant + offsetMs(instant) : instant;
    },
  };
}

/** `2026-11-20T15:54:50`: UTC, without the Z, as in every `*_gmt`. */
export function gmtText(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19);
}

/** The whole second an instant falls into. */
export function wholeSecond(epochMs: number): number {
  return Math.floor(epochMs / 1000) * 1000;
}

function readOffset(text: string): number {
  const match = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(text);
  const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0);
  return (match?.[1] === '-' ? -minutes : minutes) * 60_000;
}

function suffixMs(suffix: string): number {
  if (suffix === 'Z') return 0;
  const minutes = Number(suffix.slice(1, 3)) * 60 + Number(suffix.slice(-2));
  return (suffix.startsWith('-') ? -minutes : minutes) * 60_000;
}
