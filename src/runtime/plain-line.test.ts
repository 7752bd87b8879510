import { expect, it } from 'vitest';
import { plainLine } from './plain-line.js';

it('keeps an entry on one line and leaves out what would steer a terminal', () => {
  const hostile = 'Eve\u001b[2J\u009b31m\u202e\n\rnext';
  const entry = {
    time: 'now',
    level: 40,
    msg: hostile,
    reason: 'a\u001bb',
    err: { message: hostile },
  };
  expect(plainLine(JSON.stringify(entry))).toBe(
    'now warn  Eve[2J31m next reason=ab (Eve[2J31m next)\n',
  );
});
