import { addDays } from '../eastern-time.ts';

/** From and to, both included. */
export type Period = { readonly from: string; readonly to: string };

const months: Readonly<Record<string, number>> = { m: 1, q: 3, y: 12 };

const firstOfNext = (day: string, count: number): string => {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const start = Math.floor((month - 1) / count) * count;
  return new Date(Date.UTC(year, start + count, 1)).toISOString().slice(0, 10);
};

/** The calendar months, quarters or years of a period, its ends cut to it; none for an unknown resolution. */
export const periodsOf = ({ from, to }: Period, resolution: string | null): readonly Period[] => {
  const count = months[resolution ?? ''];
  if (count === undefined) return [];
  const periods: Period[] = [];
  for (let start = from; start <= to; ) {
    const next = firstOfNext(start, count);
    const end = addDays(next, -1);
    periods.push({ from: start, to: end < to ? end : to });
    start = next;
  }
  return periods;
};
