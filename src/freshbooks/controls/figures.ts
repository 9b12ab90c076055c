import type { Big } from 'big.js';
import type { ControlTotal } from '../../domain/control-total.ts';
import type { Day } from '../../domain/instant.ts';
import { zero } from '../../domain/money.ts';
import { verdictOf, type What } from './verdict.ts';

/** A total of a balance sheet at the end of a day. */
type Figure = {
  name: 'Assets' | 'Liabilities' | 'Liabilities and equity';
  day: Day;
  ours: Big;
  theirs: Big;
};

/** Many figures as one total: the latest one that differs, or else the first one of the last day. */
export function compareFigures(what: What, figures: readonly Figure[]): ControlTotal {
  const latest = figures.toSorted((a, b) => Number(a.day < b.day) - Number(a.day > b.day));
  const other = latest.find(({ ours, theirs }) => !ours.eq(theirs));
  if (other !== undefined) return verdictOf(what, other.ours, other.theirs, `${other.name} on ${other.day}.`);
  const [last] = latest;
  if (last === undefined) return verdictOf(what, zero, zero);
  const why = `Assets on ${last.day}. Every total agrees, at the end of each month.`;
  return verdictOf(what, last.ours, last.theirs, why);
}
