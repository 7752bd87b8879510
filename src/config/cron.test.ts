import { expect, test } from 'vitest';
import { isCron } from './cron.js';

test.each(['*/15 * * * *', '0 6-22 * * 1-5', '0,30 * 1 1,7 0', '5-59/10 * * * 7', ' 0  3 * * * '])(
  '%s is a schedule',
  (text) => expect(isCron(text)).toBe(true),
);

test.each([
  '',
  '* * * *',
  '* * * * * *',
  '60 * * * *',
  '* 24 * * *',
  '* * 0 * *',
  '* * * 13 *',
  '* * * * 8',
  '*/0 * * * *',
  '10-5 * * * *',
  '5/10 * * * *',
  '1, * * * *',
  'a * * * *',
  '@hourly',
  '0 0 30 2 *',
  '0 0 31 4,6 *',
])('%j is none', (text) => expect(isCron(text)).toBe(false));
