import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ORDER_STATES } from '../orders/states.js';
import type { OrderFigures } from '../store/store.js';
import { type Comparison, createComparer, type Listed } from './compare.js';
import { sumUp } from './statement.js';
import { moneyBetween, type Tally, tallied, tallyOf } from './tally.js';

const figures = fc.record({
  id: fc.integer({ min: 1, max: 60 }),
  status: fc.constantFrom('processing', 'on-hold'),
  currency: fc.constantFrom('EUR', 'JPY'),
  grossMinor: fc.integer({ min: -2, max: 3 }),
  taxMinor: fc.integer({ min: 0, max: 1 }),
});
const listOf = <T extends { id: number }>(one: fc.Arbitrary<T>) =>
  fc
    .uniqueArray(one, { selector: ({ id }) => id, maxLength: 50 })
    .map((list) => list.sort((a, b) => a.id - b.id));
const lists = fc.tuple(
  listOf(figures),
  listOf(
    fc.tuple(figures, fc.constantFrom(...ORDER_STATES)).map(([one, state]) => ({ ...one, state })),
  ),
  fc.integer({ min: 1, max: 9 }),
);

async function compare(listed: Listed[], held: OrderFigures[], size: number): Promise<Comparison> {
  async function* each() {
    yield* held;
  }
  const comparer = createComparer(each());
  // Each page brings the last of the page before once more, as those of a walk do.
  for (let from = 0; from < listed.length; from += size) {
    await comparer.add(listed.slice(Math.max(from - 1, 0), from + size));
  }
  return comparer.end();
}

test('every order is either agreed or a suspect, as if both lists were held side by side', async () => {
  await fc.assert(
    fc.asyncProperty(lists, async ([listed, held, size]) => {
      const { agreed, listed: tally, suspects } = await compare(listed, held, size);
      const heldById = new Map(held.map((one) => [one.id, one]));
      const listedById = new Map(listed.map((one) => [one.id, one]));
      const isAgreed = (id: number) => {
        const [one, other] = [listedById.get(id), heldById.get(id)];
        if (!other) return false;
        if (!one) return other.state === 'withdrawn';
        const { state, ...rest } = other;
        return state !== 'withdrawn' && JSON.stringify(one) === JSON.stringify(rest);
      };
      const ids = [...new Set([...heldById.keys(), ...listedById.keys()])].sort((a, b) => a - b);
      expect(suspects.map(({ id }) => id)).toEqual(ids.filter((id) => !isAgreed(id)));
      expect(tally).toEqual(tallyOf(listed.filter(({ id }) => isAgreed(id))));
      for (const state of ORDER_STATES) {
        const ours = held.filter((one) => one.state === state && isAgreed(one.id));
        expect(agreed[state]).toEqual(tallyOf(ours));
      }
    }),
  );
});

test('what the shop lists is our states, less withdrawn and not listed, plus the difference', async () => {
  await fc.assert(
    fc.asyncProperty(lists, async ([listed, held, size]) => {
      const comparison = await compare(listed, held, size);
      const verdicts = comparison.suspects.map(({ id, listed: theirs, held: ours }) => ({
        kind: 'differs' as const,
        id,
        what: 'differs',
        ...(ours ? { held: ours } : {}),
        ...(theirs ? { inShop: { ...theirs, isListed: true } } : {}),
      }));
      const sum = sumUp(comparison, verdicts);
      expect(sum.listed).toEqual(tallyOf(listed));
      const shown = ORDER_STATES.filter((state) => state !== 'withdrawn');
      const ours = shown.reduce<Tally>((all, state) => added(all, sum.states[state]), ZERO);
      expect(sum.difference.byCurrency).toEqual(moneyBetween(sum.listed, ours));
      expect(sum.difference.count).toBe(comparison.suspects.length);
    }),
  );
});

test('a sum that is no longer exact is refused', () => {
  const much = { currency: 'EUR', grossMinor: Number.MAX_SAFE_INTEGER };
  expect(() => tallied(tallyOf([much]), { currency: 'EUR', grossMinor: 1 })).toThrow(RangeError);
});

const ZERO: Tally = { count: 0, byCurrency: {} };

function added(left: Tally, right: Tally): Tally {
  const byCurrency = { ...left.byCurrency };
  for (const [currency, gross] of Object.entries(right.byCurrency)) {
    byCurrency[currency] = (byCurrency[currency] ?? 0) + gross;
  }
  return { count: left.count + right.count, byCurrency };
}
