import type * as z from 'zod';
import type { RawRows } from '../../app/ports.ts';
import type { Instant } from '../../domain/instant.ts';
import { easternDay } from '../eastern.ts';
import { askedIn } from '../project/report-months.ts';
import { typed } from '../project/rows.ts';
import { inOther, type ReportName, reportsRead, rowIdOf, type Window, windowsOf } from '../reports-read.ts';

/** A window of a report in a currency, and what FreshBooks said of it; nothing where it was not asked yet. */
export type Asked<T> = { window: Window; currency: string; row: T | undefined };

/**
 * A report in each of the windows and currencies that it is read in now: first that of the books, `own`, then the
 * `others` and those that FreshBooks was asked in. Older windows stay as they were last seen, and say nothing of
 * today's records.
 */
export async function askedReports<T>(
  report: ReportName,
  schema: z.ZodType<T>,
  { rows, at }: { rows: RawRows; at: Instant },
  { own, others }: { own: string; others: Iterable<string> },
): Promise<Asked<T>[]> {
  const found = new Map<string, T>();
  const codes = new Set(others);
  for await (const row of rows(report)) {
    found.set(row.id, typed(schema, row));
    const code = askedIn(row);
    if (code !== undefined) codes.add(code);
  }
  codes.delete(own);
  return windowsOf(reportsRead[report], easternDay(at)).flatMap((window) => [
    { window, currency: own, row: found.get(rowIdOf(window, undefined)) },
    ...(inOther(reportsRead[report], window) ? [...codes].sort() : []).map((currency) => ({
      window,
      currency,
      row: found.get(rowIdOf(window, currency)),
    })),
  ]);
}
