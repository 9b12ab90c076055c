import { type Month, monthsBetween, monthsLater } from '../month.ts';

/** What a statement is asked for: so many periods of so many months, back from the one that ends with `last`. */
export type PeriodWish = {
  periodLength: number;
  periodsToCompare: number;
  /** The newest month that is meant; the newest there is when absent. */
  last?: Month | undefined;
};

/**
 * The periods of a wish, newest first, each as its months, oldest first. A period of which a month is not among
 * `held` is left out: half a period would look like a bad one.
 */
export function periodsOf(held: ReadonlySet<Month>, wish: PeriodWish): Month[][] {
  const newest = wish.last ?? [...held].sort().at(-1);
  if (newest === undefined) return [];
  const ends = Array.from({ length: wish.periodsToCompare }, (_, n) =>
    monthsLater(newest, -n * wish.periodLength),
  );
  return ends
    .map((end) => monthsBetween(monthsLater(end, 1 - wish.periodLength), end))
    .filter((months) => months.every((month) => held.has(month)));
}
