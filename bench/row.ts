/** One line of the table: what was measured, against what. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  /** What it must be, in words; absent where it is only told. */
  readonly bound?: string;
  /** Whether it is as it must be; only with a bound. */
  readonly isMet?: boolean;
}

export function atLeast(what: string, value: number, least: number, unit: string): Row {
  return {
    what,
    measured: `${shown(value)} ${unit}`,
    bound: `at least ${shown(least)}`,
    isMet: value >= least,
  };
}

export function atMost(what: string, value: number, most: number, unit: string): Row {
  return {
    what,
    measured: `${shown(value)} ${unit}`,
    bound: `at most ${shown(most)}`,
    isMet: value <= most,
  };
}

export function told(what: string, measured: string): Row {
  return { what, measured };
}

/** Three digits are all that a run can vouch for. */
export function shown(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}
