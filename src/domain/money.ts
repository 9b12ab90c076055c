import { Big } from 'big.js';

/**
 * Money is decimal text until the last moment: sums and shares are made exactly, and a JSON number is written only
 * when nothing is calculated with it any more.
 */

/** An exact decimal of text or of a JSON number; throws an Error when it is neither. */
export function decimal(value: string | number): Big {
  return new Big(typeof value === 'string' ? value.trim() : value);
}

export const zero = new Big(0);

const hundredth = new Big('0.01');

/** `percent` per cent of the amount, exactly. */
export function percentOf(amount: Big, percent: Big): Big {
  return amount.times(percent).times(hundredth);
}

/** Cheaper than a comparison, and asked very often. */
export function isZero(value: Big): boolean {
  return value.c[0] === 0;
}

/** The exact sum; zero of nothing. */
export function sum(values: Iterable<Big>): Big {
  let total = zero;
  for (const value of values) total = total.plus(value);
  return total;
}

/** The JSON number whose shortest decimal text is the value, as far as a double can hold it. Never minus zero. */
export function asNumber(value: Big): number {
  return Number(value.toFixed()) || 0;
}

/** Digits behind the point that the value needs: 0 for `4`, 3 for `39.991`. */
export function places(value: Big): number {
  return Math.max(0, value.c.length - 1 - value.e);
}

/**
 * Parts of `total` in proportion to `weights`, each rounded to `digits` behind the point, whose sum is exactly
 * `total`: what rounding leaves goes to the parts that lost most, the earlier one first. Without any weight the first
 * part takes all. `total` itself may not have more digits than `digits`.
 */
export function apportion(total: Big, weights: readonly Big[], digits: number): Big[] {
  const bearers = weights.flatMap((weight, index) => (isZero(weight) ? [] : [index]));
  const whole = bearers.length < 2 ? zero : sum(weights);
  if (isZero(total) || isZero(whole)) {
    const only = bearers[0] ?? 0;
    return weights.map((_, index) => (index === only ? total : zero));
  }
  const exact = weights.map((weight) => total.times(weight).div(whole));
  const parts = exact.map((share) => share.round(digits, Big.roundDown));
  const step = new Big(10).pow(-digits);
  let left = total.minus(sum(parts));
  const byLoss = exact
    .map((share, index) => ({ index, loss: share.minus(parts[index] ?? zero).abs() }))
    .sort((a, b) => b.loss.cmp(a.loss) || a.index - b.index);
  for (const { index } of byLoss) {
    if (left.eq(0)) break;
    const move = left.abs().lt(step) ? left : step.times(left.s);
    parts[index] = (parts[index] ?? zero).plus(move);
    left = left.minus(move);
  }
  return parts;
}
