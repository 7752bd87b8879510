import { describe, expect, it } from 'vitest';
import { addDays, epochMsOf, instantOf, localDateOf } from './time.js';

describe('instants and local dates', () => {
  it('an order of 2025-12-31 23:30Z belongs to 2026 in Amsterdam (recorded: year-boundary-local-2026)', () => {
    const moment = epochMsOf('2025-12-31T23:30:00.000Z');
    expect(localDateOf(moment, 'Europe/Amsterdam')).toBe('2026-01-01');
    expect(localDateOf(moment, 'UTC')).toBe('2025-12-31');
  });

  it('text order of instants is time order', () => {
    expect(instantOf(0) < instantOf(1)).toBe(true);
    expect(() => epochMsOf('yesterday')).toThrow(RangeError);
  });

  it('adds days across a change of clocks and of year', () => {
    expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  });
});
