import { expect, test } from 'vitest';
import { judge } from '../rules/judge.js';
import type { StatusRules } from '../rules/settings.js';
import { configOf, load, ownerFile, problemsOf } from './testing/owner-file.js';

function withStatuses(statuses: string): string {
  return ownerFile({
    shops: `shops:
  - id: main
    url: https://shop.example.com
    consumerKey: \${WC_KEY}
    consumerSecret: \${WC_SECRET}
    since: 2026-01-01
${statuses}`,
  });
}

function rulesOf(statuses: string): StatusRules {
  const [shop] = configOf(load(withStatuses(statuses))).shops;
  if (!shop) throw new Error('no shop');
  return shop.statuses;
}

type Judged = Parameters<typeof judge>[0];

function verdictOf(rules: StatusRules, order: Partial<Judged>): string {
  const blank = { shipping: { country: '' }, billing: { country: 'NL' }, meta: [], minorUnits: 2 };
  return judge({ ...blank, ...order } as unknown as Judged, rules).action;
}

test('without statuses, paid orders are booked, dead ones ignored and all others wait', () => {
  const rules = rulesOf('');
  expect(rules.rules.every(({ line }) => line === undefined)).toBe(true);
  const verdicts = [
    'processing',
    'completed',
    'cancelled',
    'failed',
    'checkout-draft',
    'on-hold',
    'partly-shipped',
  ].map((status) => verdictOf(rules, { status }));
  expect(verdicts).toEqual(['forward', 'forward', 'ignore', 'ignore', 'ignore', 'park', 'park']);
});

test('the short form names each status with its line; what is not named parks', () => {
  const rules = rulesOf(`    statuses:
      forward:
        - completed
        - partly-shipped
      ignore: [cancelled]`);
  expect(rules.rules).toEqual([
    {
      action: 'forward',
      name: 'statuses.forward: completed',
      line: 10,
      when: { status: ['completed'] },
    },
    {
      action: 'forward',
      name: 'statuses.forward: partly-shipped',
      line: 11,
      when: { status: ['partly-shipped'] },
    },
    {
      action: 'ignore',
      name: 'statuses.ignore: cancelled',
      line: 12,
      when: { status: ['cancelled'] },
    },
  ]);
  expect(verdictOf(rules, { status: 'processing' })).toBe('park');
});

test('the long form keeps the order of the file; one word is a list of one', () => {
  const rules = rulesOf(`    statuses:
      - name: unpaid transfers
        when: { status: on-hold, paymentMethod: bacs, country: [NL, BE], totalAtLeast: 99.50 }
        then: park
      - { when: { status: [processing, on-hold], meta: { _renewal: true, kind: "true", n: 7 } }, then: forward }
      - { then: ignore }`);
  expect(rules.rules).toEqual([
    {
      action: 'park',
      name: 'unpaid transfers',
      line: 9,
      when: {
        status: ['on-hold'],
        paymentMethod: ['bacs'],
        country: ['NL', 'BE'],
        totalAtLeast: '99.50',
      },
    },
    {
      action: 'forward',
      name: 'statuses rule 2: status processing or on-hold, meta _renewal and kind and n',
      line: 12,
      when: { status: ['processing', 'on-hold'], meta: { _renewal: true, kind: 'true', n: '7' } },
    },
    { action: 'ignore', name: 'statuses rule 3: every order', line: 13, when: {} },
  ]);
  const onHold = { status: 'on-hold', paymentMethod: 'bacs' };
  expect(verdictOf(rules, { ...onHold, grossMinor: 9950 })).toBe('park');
  expect(verdictOf(rules, { ...onHold, grossMinor: 9949 })).toBe('ignore');
});

test.each([
  ['    statuses: { forward: [completed], ignore: [completed] }', 'shops[0].statuses.ignore[0]'],
  ['    statuses: { forward: [wc-completed] }', 'shops[0].statuses.forward[0]'],
  ['    statuses: { forward: [On hold] }', 'shops[0].statuses.forward[0]'],
  ['    statuses: { forward: [] }', 'shops[0].statuses.forward'],
  ['    statuses: { ignore: [failed] }', 'shops[0].statuses.forward'],
  ['    statuses: []', 'shops[0].statuses'],
  ['    statuses: [ { when: { status: completed } } ]', 'shops[0].statuses[0].then'],
  ['    statuses: [ { when: { country: UK }, then: park } ]', 'shops[0].statuses[0].when.country'],
  ['    statuses: completed', 'shops[0].statuses'],
])('%s is refused', (statuses, path) => {
  expect(problemsOf(load(withStatuses(statuses))).map((problem) => problem.path)).toEqual([path]);
});

test("a slip is warned of; a plugin's own status is not", () => {
  const result = load(withStatuses('    statuses: { forward: [procesing, partly-shipped] }'));
  expect(result.ok ? result.warnings : []).toMatchObject([
    { path: 'shops[0].statuses.forward[0]', suggestion: 'processing', severity: 'warning' },
  ]);
});
