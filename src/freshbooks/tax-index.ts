import type { Big } from 'big.js';
import { asNumber, decimal } from '../domain/money.ts';
import { compareIds } from './ids.ts';
import type { Tax } from './types/taxes.ts';
import { amountOf, flag, orZero, present, text } from './types/wire.ts';

/** A tax as lines refer to it: they carry its name and percentage, never its id. */
export type TaxEntry = { id: string; name: string; percent: Big; compound: boolean; deleted: boolean };

/** One tax on a line. Some expenses name a tax and give its amount without its percentage. */
export type LineTax = { name: string; percent: Big | undefined };

export type TaxIndex = {
  /** A tax of that name and percentage, by name alone where no percentage is given; a deleted one only if no other fits. */
  find(tax: LineTax): TaxEntry | undefined;
  byId(id: string | undefined): TaxEntry | undefined;
  entries(): Iterable<TaxEntry>;
};

export type TaxIndexBuilder = TaxIndex & { add(id: string, tax: Tax, deleted: boolean): void };

export function makeTaxIndex(): TaxIndexBuilder {
  const byKey = new Map<string, TaxEntry>();
  const all: TaxEntry[] = [];
  return {
    add(id, tax, deleted) {
      const percent = orZero(amountOf(tax.amount));
      const entry = { id, name: text(tax.name) ?? '', percent, compound: flag(tax.compound), deleted };
      all.push(entry);
      for (const key of [keyOf(entry), keyOf({ ...entry, percent: undefined })]) {
        if (byKey.get(key)?.deleted !== false) byKey.set(key, entry);
      }
    },
    find: (tax) => byKey.get(keyOf(tax)),
    byId: (id) => all.find((entry) => entry.id === id),
    entries: () => all,
  };
}

function keyOf(tax: LineTax): string {
  return `${tax.percent?.toFixed() ?? ''} ${tax.name}`;
}

/** The taxes of a line or an expense, in the order in which they are charged. */
export function lineTaxes(
  first: { name: string | undefined; percent: string | number | null | undefined },
  second: { name: string | undefined; percent: string | number | null | undefined },
): LineTax[] {
  return [first, second].flatMap(({ name, percent }) => {
    const rate = percent === undefined || percent === null || percent === '' ? undefined : decimal(percent);
    if (name === undefined && (rate === undefined || rate.eq(0))) return [];
    return [{ name: name ?? '', percent: rate }];
  });
}

/** What both taxes charge together; the second on top of the first when one is compound. */
export function combinedRate(first: Big, second: Big, compounded: boolean): Big {
  const plain = first.plus(second);
  return compounded ? plain.plus(first.times(second).div(100)) : plain;
}

/** Two taxes of one line that are one unified tax rate. */
export type TaxPair = { id: string; low: TaxEntry; high: TaxEntry; compounded: boolean };

/** The pair's id is both ids in ascending order, `19255-19257`, whichever of them the line names first. */
export function pairOf(first: TaxEntry, second: TaxEntry, compounded: boolean): TaxPair {
  const [low, high] = compareIds(first.id, second.id) <= 0 ? [first, second] : [second, first];
  return {
    id: `${low.id}-${high.id}`,
    low,
    high,
    compounded: compounded || first.compound || second.compound,
  };
}

/** What a line refers to: the tax rate's id where there is such a rate, else its name and rate alone. */
export function taxRateRef(
  taxes: readonly LineTax[],
  compounded: boolean,
  index: TaxIndex,
): Record<string, unknown> | undefined {
  const [first, second] = taxes;
  if (first === undefined) return undefined;
  const one = index.find(first);
  if (second === undefined) return refOf(one?.id, first.name, one?.percent ?? first.percent);
  const two = index.find(second);
  if (one !== undefined && two !== undefined) {
    const pair = pairOf(one, two, compounded);
    return refOf(pair.id, pairName(pair), combinedRate(one.percent, two.percent, pair.compounded));
  }
  const [a, b] = [one?.percent ?? first.percent, two?.percent ?? second.percent];
  const rate = a && b && combinedRate(a, b, compounded);
  return refOf(undefined, bothNames(first.name, second.name), rate);
}

export function pairName({ low, high }: TaxPair): string {
  return bothNames(low.name, high.name);
}

function bothNames(...names: string[]): string {
  return names.filter((name) => name !== '').join(' and ');
}

function refOf(id: string | undefined, name: string, rate: Big | undefined): Record<string, unknown> {
  return present({ id, name: text(name), effectiveTaxRate: rate && asNumber(rate) });
}

/** The tax rate that one or two taxes are together, by their ids; of a tax that is not known nothing is said. */
export type TaxById = (
  first: string | undefined,
  second: string | undefined,
) => Record<string, unknown> | undefined;

export function taxesById(index: TaxIndex): TaxById {
  return (first, second) => {
    const [one, two] = [first, second].flatMap((id) => index.byId(id) ?? []);
    if (one === undefined) return undefined;
    if (two === undefined) return refOf(one.id, one.name, one.percent);
    const pair = pairOf(one, two, false);
    return refOf(pair.id, pairName(pair), combinedRate(one.percent, two.percent, pair.compounded));
  };
}
