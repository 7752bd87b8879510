import { expect, it } from 'vitest';
import { formatProblems } from '../config/format-problems.js';
import { load } from '../config/testing/owner-file.js';
import type { Choices } from './choices.js';
import { lookAtOrders } from './seen.js';
import { choices, EXAMPLE, rate, status, survey } from './testing/surveys.js';
import { proposeVat, type VatChange, vatKeyOf } from './vat.js';
import { configText } from './write-config.js';

const SHOP = survey({
  taxRates: [rate('NL', '21'), rate('NL', '9'), rate('NL', '0', 'BTW 0', 'zero-rate')],
  about: { ...survey().about, statuses: [status('shipped', 3, 'Verzonden')] },
});
const SECRETS = {
  '/shop/secrets/main-key': 'ck_1234567890',
  '/shop/secrets/main-secret': 'cs_1234567890',
};

function configOf(more: Partial<Choices>) {
  const text = configText(EXAMPLE, SHOP, choices(more), '2026-11-20');
  const result = load(text, { files: SECRETS });
  if (!result.ok) throw new Error(formatProblems(result.problems, { color: false }));
  return { text, config: result.config };
}

function changes(...changed: readonly (readonly [key: string, change: VatChange])[]) {
  const known = proposeVat(SHOP, lookAtOrders(SHOP.orders), 'NL').map(vatKeyOf);
  for (const [key] of changed) expect(known).toContain(key);
  expect(new Set(known).size).toBe(known.length);
  return new Map(changed);
}

it('what is left as it is proposed changes nothing', () => {
  const statuses = new Map([['processing', 'forward' as const]]);
  expect(configOf({ statuses, vat: new Map() }).text).toBe(configOf({}).text);
});

it('an owner’s own action for a status is written, and told as such', () => {
  const statuses = new Map([
    ['shipped', 'forward' as const],
    ['refunded', 'ignore' as const],
  ]);
  const { text, config } = configOf({ statuses });
  const actions = config.shops[0]?.statuses.rules.flatMap(({ when, action }) =>
    (when.status ?? []).map((each) => [each, action]),
  );
  expect(Object.fromEntries(actions ?? [])).toMatchObject({
    shipped: 'forward',
    refunded: 'ignore',
    processing: 'forward',
  });
  expect(text).toMatch(/- shipped +# seen: 3 orders \("Verzonden"\); so by your own choice/);
});

it('an action without any status leaves no empty list', () => {
  const own = ['cancelled', 'failed', 'checkout-draft'].map((each) => [each, 'park'] as const);
  expect(configOf({ statuses: new Map(own) }).text).not.toMatch(/^ {6}ignore:/m);
});

it('a rate can be switched off, renamed, and given its reason', () => {
  const vat = changes(
    ['country NL, percent 21', { isActive: true, code: '1{a}: # b' }],
    ['country NL, percent 9', { isActive: false, code: 'NL9' }],
    [
      'country NL, percent 0, taxClass zero-rate',
      { isActive: true, code: 'VRIJ', category: 'E', reason: 'Article 11, "care": exempt' },
    ],
  );
  const { config } = configOf({ vat });
  expect(config.documents.vat).toMatchObject([
    { percent: '21', code: '1{a}: # b' },
    { percent: '0', code: 'VRIJ', category: 'E', reason: 'Article 11, "care": exempt' },
  ]);
});
