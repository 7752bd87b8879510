import { expect, test } from 'vitest';
import { day, isCountry } from './fields.js';
import { isTimeZone } from './zone.js';

test.each(['NL', 'GB', 'GR', 'US', 'JP'])('%s is a country', (code) => {
  expect(isCountry(code)).toBe(true);
});

test.each(['UK', 'EL', 'EU', 'XX', 'ZZ', 'nl', 'NLD', ''])('%j is none', (code) => {
  expect(isCountry(code)).toBe(false);
});

test.each(['2026-02-28', '2024-02-29'])('%s is a day', (text) => {
  expect(day().safeParse(text).success).toBe(true);
});

test.each(['2026-02-29', '2026-13-01', '2026-1-1', '01-01-2026', 'tomorrow'])(
  '%s is none',
  (text) => {
    expect(day().safeParse(text).success).toBe(false);
  },
);

test('a zone knows summer time: an offset or a made-up name does not', () => {
  expect(isTimeZone('Europe/Amsterdam')).toBe(true);
  expect(isTimeZone('UTC')).toBe(true);
  expect(isTimeZone('+01:00')).toBe(false);
  expect(isTimeZone('Europe/Atlantis')).toBe(false);
});
