import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf } from '../orders/time.js';
import {
  type Alert,
  type Book,
  type Change,
  cleared,
  EMPTY_BOOK,
  isNothing,
  type News,
  owed,
  raised,
  settled,
  tellingOf,
  tidied,
} from './book.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = Date.parse('2026-11-20T12:00:00.000Z');
const at = (hours: number) => instantOf(START + hours * HOUR_MS);

const alert = (key: string, more: Partial<Alert> = {}): Alert => ({
  key,
  subject: `subject of ${key}`,
  message: 'a message',
  fix: 'a fix',
  ...more,
});
const made = (...changes: Change[]): Book =>
  changes.reduce((book, change) => change(book), EMPTY_BOOK);
const owedBy = (book: Book, hours: number, channel = 'mail') =>
  keysOf(owed(book, channel, START + hours * HOUR_MS, DAY_MS));
const keysOf = ({ raised: new_, reminded, cleared: over }: News) => ({
  raised: new_.map(({ key }) => key),
  reminded: reminded.map(({ key }) => key),
  cleared: over.map(({ key }) => key),
});
const told = (hours: number, channel = 'mail'): Change => {
  return (book) => {
    const news = owed(book, channel, START + hours * HOUR_MS, DAY_MS);
    return tellingOf(channel, news, at(hours))(book);
  };
};
const NOTHING = { raised: [], reminded: [], cleared: [] };

test('what is raised is owed once, with the newest words', () => {
  const book = made(raised(alert('a'), at(0)), raised(alert('a', { message: 'newer' }), at(1)));
  expect(owedBy(book, 1)).toEqual({ ...NOTHING, raised: ['a'] });
  expect(book.alerts.get('a')).toMatchObject({ message: 'newer', raisedAt: at(0) });
  const after = told(1)(book);
  expect(owedBy(after, 2)).toEqual(NOTHING);
  expect(owedBy(raised(alert('a', { message: 'newest' }), at(2))(after), 2)).toEqual(NOTHING);
});

test('raising what is raised, and clearing what is not, changes nothing', () => {
  const book = made(raised(alert('a'), at(0)));
  expect(raised(alert('a'), at(5))(book)).toBe(book);
  expect(cleared('b', at(5))(book)).toBe(book);
  const over = cleared('a', at(5))(book);
  expect(cleared('a', at(6))(over)).toBe(over);
});

test('a reminder is owed after its time, and again after that', () => {
  const book = made(raised(alert('a'), at(0)), told(0));
  expect(owedBy(book, 23.9)).toEqual(NOTHING);
  expect(owedBy(book, 24)).toEqual({ ...NOTHING, reminded: ['a'] });
  const after = told(24)(book);
  expect(owedBy(after, 47)).toEqual(NOTHING);
  expect(owedBy(after, 48)).toEqual({ ...NOTHING, reminded: ['a'] });
});

test('reminders that would follow within half a period come along with one that is due', () => {
  const book = made(
    raised(alert('a'), at(0)),
    told(0),
    raised(alert('b'), at(6)),
    told(6),
    raised(alert('c'), at(20)),
    told(20),
  );
  expect(owedBy(book, 24)).toEqual({ ...NOTHING, reminded: ['a', 'b'] });
});

test('an all-clear is owed once, and only to a channel that told of it', () => {
  const book = made(raised(alert('a'), at(0)), told(0, 'mail'), cleared('a', at(1)));
  expect(owedBy(book, 1, 'mail')).toEqual({ ...NOTHING, cleared: ['a'] });
  expect(owedBy(book, 1, 'webhook')).toEqual(NOTHING);
  const after = made(() => book, told(1, 'mail'), tidied(['mail', 'webhook']));
  expect(after.alerts.size).toBe(0);
  expect(owedBy(after, 1, 'mail')).toEqual(NOTHING);
});

test('what is over before anyone was told is never told', () => {
  const book = made(raised(alert('a'), at(0)), cleared('a', at(1)), tidied(['mail']));
  expect(book.alerts.size).toBe(0);
});

test('what comes back before its all-clear was told goes on without a word', () => {
  const book = made(
    raised(alert('a'), at(0)),
    told(0),
    cleared('a', at(1)),
    raised(alert('a'), at(2)),
  );
  expect(owedBy(book, 2)).toEqual(NOTHING);
  expect(book.alerts.get('a')?.raisedAt).toBe(at(0));
});

test('what comes back after its all-clear is told as new', () => {
  const book = made(
    raised(alert('a'), at(0)),
    told(0),
    cleared('a', at(1)),
    told(1),
    tidied(['mail']),
    raised(alert('a'), at(2)),
  );
  expect(owedBy(book, 2)).toEqual({ ...NOTHING, raised: ['a'] });
});

test('what is over while it was being sent gets its all-clear', () => {
  const before = made(raised(alert('a'), at(0)));
  const sent = owed(before, 'mail', START, DAY_MS);
  const after = made(() => before, cleared('a', at(1)), tellingOf('mail', sent, at(1)));
  expect(owedBy(tidied(['mail'])(after), 1)).toEqual({ ...NOTHING, cleared: ['a'] });
});

test('what is so again while its all-clear was being sent is told as new', () => {
  const before = made(raised(alert('a'), at(0)), told(0), cleared('a', at(1)));
  const sent = owed(before, 'mail', START + HOUR_MS, DAY_MS);
  const after = made(() => before, raised(alert('a'), at(2)), tellingOf('mail', sent, at(2)));
  expect(owedBy(after, 2)).toEqual({ ...NOTHING, raised: ['a'] });
});

test('a channel that is added later is told all that is open', () => {
  const book = made(raised(alert('a'), at(0)), told(0, 'mail'));
  expect(owedBy(book, 1, 'webhook')).toEqual({ ...NOTHING, raised: ['a'] });
});

test('a finder clears only what is its own, was not found and is known', () => {
  const book = made(
    raised(alert('mine/1'), at(0)),
    raised(alert('mine/2'), at(0)),
    raised(alert('mine/3'), at(0)),
    raised(alert('other'), at(0)),
    settled({ raise: [alert('mine/1'), alert('mine/4')], keep: ['mine/2'] }, isMine, at(1)),
  );
  const open = [...book.alerts.values()].filter(({ clearedAt }) => clearedAt === null);
  expect(open.map(({ key }) => key)).toEqual(['mine/1', 'mine/2', 'other', 'mine/4']);
});

const isMine = (key: string) => key.startsWith('mine/');

test('whatever happens, each channel tells begin and end of an alert by turns', () => {
  const step = fc.record({
    what: fc.constantFrom('raise', 'clear', 'mail', 'webhook', 'tidy'),
    key: fc.constantFrom('a', 'b'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let book = EMPTY_BOOK;
      const heard: Record<string, string[]> = { mail: [], webhook: [] };
      const tell = (channel: string, hours: number) => {
        const news = owed(book, channel, START + hours * HOUR_MS, DAY_MS);
        book = tellingOf(channel, news, at(hours))(book);
        heard[channel]?.push(
          ...news.raised.map(({ key }) => `+${key}`),
          ...news.cleared.map(({ key }) => `-${key}`),
        );
      };
      for (const [hour, { what, key }] of steps.entries()) {
        if (what === 'raise') book = raised(alert(key), at(hour))(book);
        else if (what === 'clear') book = cleared(key, at(hour))(book);
        else if (what === 'tidy') book = tidied(['mail', 'webhook'])(book);
        else tell(what, hour);
      }
      for (const key of ['a', 'b']) book = cleared(key, at(steps.length))(book);
      for (const channel of ['mail', 'webhook']) tell(channel, steps.length);
      for (const channel of ['mail', 'webhook']) {
        for (const key of ['a', 'b']) {
          const own = (heard[channel] ?? []).filter((word) => word.endsWith(key));
          expect(own).toEqual(own.map((_, turn) => `${turn % 2 === 0 ? '+' : '-'}${key}`));
          expect(own.length % 2).toBe(0);
        }
        expect(isNothing(owed(book, channel, START, DAY_MS))).toBe(true);
      }
      expect(tidied(['mail', 'webhook'])(book).alerts.size).toBe(0);
    }),
  );
});
