import { describe, expect, test } from 'vitest';
import type { BooksFacts, DiskSpace, Facts, LegEnd, ShopFacts, Some } from './facts.js';
import { isOwnKey, judge } from './findings.js';

const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

const NONE = { some: [], count: 0, isMore: false };
const SHOP: ShopFacts = {
  shop: 'main',
  expiring: NONE,
  blocked: NONE,
  quarantine: NONE,
  legs: [],
  batch: { missed: null, error: '', isPossible: true },
};
const BOOKS: BooksFacts = { books: 'journal', rejected: NONE, uncertain: NONE };
const ROOMY: DiskSpace = { freeBytes: 50e9, totalBytes: 100e9 };

interface Part {
  readonly shop?: Partial<ShopFacts>;
  readonly books?: Partial<BooksFacts>;
  readonly subscriptions?: Facts['subscriptions'];
  readonly disk?: DiskSpace | null;
  readonly atWorkMinutes?: number;
}

function facts({
  shop,
  books,
  subscriptions = [],
  disk = ROOMY,
  atWorkMinutes = 1440,
}: Part): Facts {
  return {
    nowMs: NOW,
    atWorkSinceMs: NOW - atWorkMinutes * 60_000,
    shops: [{ ...SHOP, ...shop }],
    books: [{ ...BOOKS, ...books }],
    subscriptions,
    ...(disk ? { disk } : {}),
  };
}

const outcome = (part: Part) => {
  const { raise, keep } = judge(facts(part));
  return [...raise.map(({ key }) => key), ...keep.map((key) => `keep ${key}`)];
};

const failure = (minutes: number, error = '401 woocommerce_rest_cannot_view'): LegEnd => ({
  isDone: false,
  startedAt: ago(minutes),
  endedAt: ago(minutes - 1),
  error,
});
const success = (minutes: number): LegEnd => ({ ...failure(minutes, ''), isDone: true });
const polls = (...ends: LegEnd[]) => ({ shop: { legs: [{ leg: 'poll', ends }] } });
const missed = (more: object = {}) => ({
  shop: { batch: { missed: '2026-11-20', error: '', isPossible: true, ...more } },
});
const some = <Fact>(...facts: Fact[]): Some<Fact> => ({
  some: facts,
  count: facts.length,
  isMore: false,
});
const ORDER = { number: '1042', reason: 'no VAT rule' };
const SUBSCRIPTION = { id: 'sub_1', description: 'x', host: 'a.example', reason: 'It broke.' };
const POSTING = { documentKey: 'main/1042/invoice', reason: 'closed period' };

describe('what is told of', () => {
  test.each<[string, Part, string[]]>([
    ['all is well', {}, []],
    ['parked orders that expire', { shop: { expiring: some(ORDER) } }, ['expiring/main']],
    ['blocked orders', { shop: { blocked: some(ORDER) } }, ['blocked/main']],
    [
      'open quarantine',
      { shop: { quarantine: some({ orderId: null, reason: 'no JSON' }) } },
      ['quarantine/main'],
    ],
    ['rejected postings', { books: { rejected: some(POSTING) } }, ['rejected/journal']],
    ['uncertain postings', { books: { uncertain: some(POSTING) } }, ['uncertain/journal']],
    ['paused books', { books: { pause: { since: ago(9), reason: 'x' } } }, ['paused/journal']],
    [
      'a statement with a difference',
      { shop: { statement: { madeAt: ago(500), count: 1, orders: [{ orderId: 7, what: 'x' }] } } },
      ['statement/main'],
    ],
    [
      'a statement without one',
      { shop: { statement: { madeAt: ago(500), count: 0, orders: [] } } },
      [],
    ],
    ['a poll failed twice', polls(failure(5), failure(20), success(35)), []],
    [
      'a poll failed three times',
      polls(failure(5), failure(20), failure(35), success(50)),
      ['shop-unreachable/main'],
    ],
    [
      'it failed three times, and works again',
      polls(success(5), ...[20, 35, 50].map(asFailure)),
      [],
    ],
    [
      'a rare poll failed an hour ago',
      polls(failure(61), success(1500)),
      ['shop-unreachable/main'],
    ],
    [
      'it failed before we began, and has not been tried since',
      { ...polls(failure(600), failure(615), failure(630)), atWorkMinutes: 1 },
      ['keep shop-unreachable/main'],
    ],
    [
      'only its refunds cannot be read',
      {
        shop: {
          legs: [
            { leg: 'poll', ends: [success(5)] },
            { leg: 'refund-sweep', ends: [failure(4), failure(19), failure(34)] },
          ],
        },
      },
      ['shop-unreachable/main'],
    ],
    [
      'a subscription that we disabled',
      { subscriptions: [SUBSCRIPTION] },
      ['subscription-disabled/sub_1'],
    ],
    ['a batch that is missed', missed(), ['batch-missed/main']],
    [
      'a batch that was due before we began',
      { ...missed(), atWorkMinutes: 119 },
      ['keep batch-missed/main'],
    ],
    ['a batch before the first poll', missed({ isPossible: false }), ['keep batch-missed/main']],
    ['little room on a large disk', { disk: { freeBytes: 49e9, totalBytes: 1e12 } }, ['disk']],
    ['little room on a small disk', { disk: { freeBytes: 499e6, totalBytes: 1e9 } }, ['disk']],
    ['hardly more room', { disk: { freeBytes: 550e6, totalBytes: 1e9 } }, ['keep disk']],
    ['enough room', { disk: { freeBytes: 600e6, totalBytes: 1e9 } }, []],
    ['room that is not known', { disk: null }, ['keep disk']],
  ])('%s', (_, part, expected) => {
    expect(outcome(part)).toEqual(expected);
  });
});

function asFailure(minutes: number): LegEnd {
  return failure(minutes);
}

test('an alert says how many, names the first, and what to do', () => {
  const blocked = { some: [ORDER, { number: '1043', reason: 'x' }], count: 25, isMore: false };
  expect(judge(facts({ shop: { blocked } })).raise).toEqual([
    {
      key: 'blocked/main',
      subject: 'main: 25 orders are blocked',
      message: 'No correct document can be made of: 1042 (no VAT rule); 1043 (x) and 23 more.',
      fix: '`orderpark why <order>` names what would release it.',
    },
  ]);
  const many = { some: [ORDER], count: 1000, isMore: true };
  expect(judge(facts({ shop: { expiring: many } })).raise).toMatchObject([
    {
      subject: 'main: more than 1000 parked orders expire within two days',
      message: 'After that they are no longer looked at each night: 1042 and more than 999 more.',
    },
  ]);
});

test('the error of the last run is told', () => {
  const [alert] = judge(facts(polls(failure(5, '401'), failure(20, '500'), failure(35)))).raise;
  expect(alert?.message).toBe(`Its poll has failed since ${ago(35)}; the last time: 401`);
});

test('everything that is raised is its own, and nothing of others is', () => {
  const { raise } = judge(
    facts({
      shop: { ...missed().shop, blocked: some(ORDER), expiring: some(ORDER) },
      books: {
        rejected: some(POSTING),
        uncertain: some(POSTING),
        pause: { since: '', reason: '' },
      },
      disk: { freeBytes: 0, totalBytes: 1 },
    }),
  );
  expect(raise.map(({ key }) => isOwnKey(key))).toEqual(raise.map(() => true));
  expect(['webhook-disabled/main', 'database/write', 'disk/x'].map(isOwnKey)).toEqual([
    false,
    false,
    false,
  ]);
});
