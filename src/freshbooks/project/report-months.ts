import * as z from 'zod';
import type { RawRow } from '../../app/ports.ts';
import type { Month } from '../../domain/month.ts';
import { compareIds } from '../ids.ts';
import type { ReportName } from '../reports-read.ts';
import { journalCurrencies } from './journal-books.ts';
import { type Projection, typed } from './rows.ts';

/** Statements also need to know which month it is: the journal does not end with the present. */
export type StatementProjection = Projection & { month: Month };

/**
 * The rows of a report in the currency of the books, oldest window first; one that is not what it should be is reported
 * and left out.
 */
export async function reportRows<T>(
  resource: ReportName,
  schema: z.ZodType<T>,
  { rows, onQuarantine }: Projection,
): Promise<T[]> {
  const found: { id: string; row: T }[] = [];
  for await (const row of rows(resource)) {
    if (askedIn(row) !== undefined) continue;
    try {
      found.push({ id: row.id, row: typed(schema, row) });
    } catch (error) {
      onQuarantine({ resource, id: row.id, reason: error instanceof Error ? error.message : 'unknown' });
    }
  }
  return found.sort((a, b) => compareIds(a.id, b.id)).map(({ row }) => row);
}

const Asked = z.object({ parameters: z.object({ currency_code: z.string().optional() }) });

/** The currency that a row of a report was asked in; none for that of the books. */
export function askedIn({ raw }: RawRow): string | undefined {
  return Asked.safeParse(raw).data?.parameters.currency_code;
}

/** All currencies that the books are known to have, where a report shows one of them: of the journal, and asked for. */
export async function currenciesBeside(
  resource: ReportName,
  projection: Projection,
): Promise<readonly string[]> {
  const found = new Set(await journalCurrencies(projection));
  for await (const row of projection.rows(resource)) {
    const code = askedIn(row);
    if (code !== undefined) found.add(code);
  }
  return [...found].sort();
}
