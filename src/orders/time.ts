/** A moment in UTC, always as `2026-11-20T14:51:59.000Z`, so that text order is time order. */
export type Instant = string;

/** A day in the configured zone, as `2026-11-20`. */
export type LocalDate = string;

/** Where "now" comes from; handed in everywhere, so that tests and the demo have their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString();
}

export function epochMsOf(instant: Instant): number {
  const epochMs = Date.parse(instant);
  if (Number.isNaN(epochMs)) throw new RangeError(`not an instant: ${JSON.stringify(instant)}`);
  return epochMs;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day on the calendar of `zone` (an IANA name) at that moment. */
export function localDateOf(epochMs: number, zone: string): LocalDate {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
    formats.set(zone, format);
  }
  return format.format(epochMs);
}

/** The day `days` later (or earlier, where negative) on the calendar. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
