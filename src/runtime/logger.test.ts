import { expect, test } from 'vitest';
import { createLogger } from './logger.js';

const KEY = `ck_${'a1'.repeat(20)}`;
const SECRET = `cs_${'b2'.repeat(20)}`;

function logged(format: 'json' | 'plain', write: (log: ReturnType<typeof createLogger>) => void) {
  const lines: string[] = [];
  const secrets = ['p@ss"word/x'];
  write(createLogger({ level: 'debug', format, secrets, write: (line) => lines.push(line) }));
  return lines.join('');
}

test('no secret passes, wherever it stands (rule 11)', () => {
  const text = logged('json', (log) => {
    log.info({ consumerKey: 'plain-key', shop: { consumerSecret: 'plain-secret' } }, 'fields');
    log.info({ url: `https://shop.example/?consumer_key=${KEY}&page=2` }, `key ${SECRET}`);
    log.warn({ headers: { authorization: 'Basic Y2tfMTpjc18y' } }, 'header Basic Y2tfMTpjc18y');
    log.warn({ database: 'postgres://me:hunter2@db/x' }, 'the password is p@ss"word/x');
    log.error(
      { err: Object.assign(new Error(`failed ${KEY}`), { config: { auth: 'deep' } }) },
      'oh',
    );
  });
  for (const secret of [
    KEY,
    SECRET,
    'plain-key',
    'plain-secret',
    'Y2tfMTpjc18y',
    'hunter2',
    'ss\\"word',
    'deep',
    'bWZLUTlyOEdLWXFyVHdqVQ',
  ]) {
    expect(text).not.toContain(secret);
  }
  for (const line of text.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  expect(text).toContain('page=2');
});

test('an error keeps what helps', () => {
  const text = logged('json', (log) => {
    const err = Object.assign(new Error('the shop is down'), { kind: 'wait', fix: 'Wait.' });
    log.warn({ err }, 'poll failed');
  });
  const { err, msg } = JSON.parse(text);
  expect(msg).toBe('poll failed');
  expect(err).toMatchObject({ message: 'the shop is down', kind: 'wait', fix: 'Wait.' });
});

test('a plain line is for a person', () => {
  const text = logged('plain', (log) =>
    log.warn({ shop: 'main', read: 3, what: 'two words', err: new Error('down') }, 'poll failed'),
  );
  expect(text).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:.]+Z warn {2}poll failed shop=main read=3 what="two words" \(down\)\n$/,
  );
});
