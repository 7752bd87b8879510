import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, prorate } from './allocate.js';

const amount = fc
  .integer({ min: -1_000_000_000, max: 1_000_000_000 })
  .map((value) => new Big(value).div(10_000));

describe('allocating an amount', () => {
  it('sums to the target, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        (exact, target) => {
          const parts = allocate(target, exact);
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(target);
        },
      ),
    );
  });

  it('stays within one unit of each exact value where the target is their rounded sum', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 40 }), (exact) => {
        const sum = exact.reduce((total, value) => total.plus(value), new Big(0));
        const target = sum.round(0, Big.roundHalfUp).toNumber();
        allocate(target, exact).forEach((part, index) => {
          expect(
            new Big(part)
              .minus(exact[index] ?? 0)
              .abs()
              .lte(1),
          ).toBe(true);
        });
      }),
    );
  });

  it('gives the unit to the one that rounding took most from', () => {
    expect(allocate(101, [new Big('33.4'), new Big('33.3'), new Big('33.3')])).toEqual([
      34, 34, 33,
    ]);
    expect(allocate(100, [new Big('33.4'), new Big('33.3'), new Big('33.3')])).toEqual([
      34, 33, 33,
    ]);
  });

  it('takes a unit back from the one that gained most', () => {
    expect(allocate(2, [new Big('0.5'), new Big('0.6'), new Big('0.9')])).toEqual([0, 1, 1]);
  });

  it('splits in proportion', () => {
    expect(prorate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(() => prorate(1, [0, 0])).toThrow(RangeError);
    expect(() => allocate(1, [])).toThrow(RangeError);
  });
});
