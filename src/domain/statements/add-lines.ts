import { asNumber, decimal, isZero, sum } from '../money.ts';
import type { ReportLine } from '../unified/report-line.ts';

/**
 * One line for several of the same meaning, oldest first: values add up, and so do the items that have the same
 * account and name. What comes to nothing in the end is left out.
 */
export function addLines(lines: readonly ReportLine[]): ReportLine {
  const newest = lines.at(-1);
  const items = new Map<string, ReportLine[]>();
  for (const item of lines.flatMap((line) => line.items)) {
    const key = JSON.stringify([item.accountId, item.name]);
    items.set(key, [...(items.get(key) ?? []), item]);
  }
  return {
    accountId: newest?.accountId ?? null,
    name: newest?.name ?? '',
    value: addNumbers(lines.map(({ value }) => value)),
    items: [...items.values()].map(addLines).filter(matters),
  };
}

export function addNumbers(values: readonly number[]): number {
  return asNumber(sum(values.map(decimal)));
}

/** Whether a line, or anything below it, is more than nothing. */
export function matters({ value, items }: ReportLine): boolean {
  return !isZero(decimal(value)) || items.some(matters);
}
