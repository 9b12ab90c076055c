import type { Day } from '../domain/instant.ts';
import { firstDay, lastDay, type Month, monthsBetween, monthsLater } from '../domain/month.ts';
import type { reports } from './reports.ts';

/**
 * How a report is read: which windows of time it is asked for, each of which becomes one raw row. A window of a year
 * comes with a column for each month where the report can have them, so that many months cost one call.
 */
type ReportRead = {
  window: 'year' | 'month' | 'until today';
  /** Windows before the present one that are read as well. Rows of older ones stay as they were last seen. */
  back: number;
  /** Whether windows before the present one are read by every run, or by the first of each day. */
  past: 'every run' | 'daily';
  /**
   * Which windows are also read in each other currency that records were found in: FreshBooks does not add currencies
   * up. The balances of the present say all of them what was booked before, so older ones need not be asked for.
   */
  inOthers: 'all windows' | 'the present one' | 'none';
};

/** The reports that runs read. Of the others, their paths or what they are for is not certain enough. */
export const reportsRead = {
  profitloss_entity: { window: 'year', back: 2, past: 'every run', inOthers: 'all windows' },
  balance_sheet: { window: 'year', back: 2, past: 'every run', inOthers: 'the present one' },
  accounts_aging: { window: 'until today', back: 0, past: 'every run', inOthers: 'all windows' },
  payments_collected: { window: 'month', back: 1, past: 'every run', inOthers: 'none' },
  trial_balance: { window: 'year', back: 1, past: 'daily', inOthers: 'none' },
  taxsummary: { window: 'year', back: 1, past: 'daily', inOthers: 'none' },
} as const satisfies Partial<Record<keyof typeof reports, ReportRead>>;

export type ReportName = keyof typeof reportsRead;

export function isReportRead(name: string): name is ReportName {
  return Object.hasOwn(reportsRead, name);
}

/** `id` is the raw row's in the currency of the books; the months are those that begin within the window. */
export type Window = { id: string; start: Day; end: Day; months: readonly Month[]; present: boolean };

/** Before any books: what is open today may be as old as it likes. */
const always = '1970-01-01';

/**
 * The windows of a report on a day, the present one first. The present year ends with the present month: the months
 * after it have not been yet.
 */
export function windowsOf({ window, back }: ReportRead, today: Day): Window[] {
  if (window === 'until today')
    return [{ id: 'today', start: always, end: today, months: [], present: true }];
  const present = today.slice(0, 7);
  return Array.from({ length: back + 1 }, (_, n) => {
    const months =
      window === 'month' ? [monthsLater(present, -n)] : monthsOfYear(Number(today.slice(0, 4)) - n, present);
    const [first = present, last = first] = [months[0], months.at(-1)];
    const id = window === 'month' ? first : first.slice(0, 4);
    return { id, start: firstDay(first), end: lastDay(last), months, present: n === 0 };
  });
}

function monthsOfYear(year: number, present: Month): Month[] {
  const [first, last] = [`${year}-01`, `${year}-12`];
  return monthsBetween(first, last < present ? last : present);
}

/** Whether a window is also read in other currencies than that of the books. */
export function inOther({ inOthers }: ReportRead, { present }: Window): boolean {
  return inOthers === 'all windows' || (inOthers === 'the present one' && present);
}

/** The raw row of a window of months, `2026`, and that of one in another currency than that of the books, `2026-USD`. */
export function rowIdOf({ id }: Window, currency: string | undefined): string {
  return currency === undefined ? id : `${id}-${currency}`;
}

/** The currency that a raw row's id names: `2026-USD`, or `USD` where there is one window. */
export function currencyInRowId(id: string): string | undefined {
  return /(?:^|-)([A-Z]{3})$/.exec(id)?.[1];
}
