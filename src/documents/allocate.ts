import Big from 'big.js';

/**
 * Integers that sum to `target`, each as near as it can be to its exact value: all are rounded half
 * away from zero, and the units that are then missing or too many go to those that rounding moved
 * furthest the other way (largest remainder), the larger amount first where that ties.
 */
export function allocate(target: number, exact: readonly Big[]): number[] {
  const rounded = exact.map((value) => value.round(0, Big.roundHalfUp).toNumber());
  const missing = target - rounded.reduce((sum, units) => sum + units, 0);
  if (missing === 0) return rounded;
  if (exact.length === 0) throw new RangeError(`nothing to allocate ${target} to`);
  const order = byClaim(exact, rounded, Math.sign(missing));
  const each = Math.trunc(missing / exact.length);
  const left = Math.abs(missing % exact.length);
  order.forEach((index, rank) => {
    rounded[index] = (rounded[index] ?? 0) + each + (rank < left ? Math.sign(missing) : 0);
  });
  return rounded;
}

/** Splits `target` in the proportion of `weights`; they must not sum to zero. */
export function prorate(target: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) throw new RangeError('weights sum to zero');
  return allocate(
    target,
    weights.map((weight) => new Big(target).times(weight).div(total)),
  );
}

/** Indices, the one that rounding took most from (in direction `sign`) first. */
function byClaim(exact: readonly Big[], rounded: readonly number[], sign: number): number[] {
  const claims = exact.map((value, index) => ({
    index,
    claim: value
      .minus(rounded[index] ?? 0)
      .times(sign)
      .toNumber(),
    size: value.abs().toNumber(),
  }));
  claims.sort((a, b) => b.claim - a.claim || b.size - a.size || a.index - b.index);
  return claims.map(({ index }) => index);
}
