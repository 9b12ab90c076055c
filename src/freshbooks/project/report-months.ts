import type * as z from 'zod';
import type { Month } from '../../domain/month.ts';
import { compareIds } from '../ids.ts';
import type { ReportName } from '../reports-read.ts';
import { type Projection, typed } from './rows.ts';

/** Statements also need to know which month it is: the journal does not end with the present. */
export type StatementProjection = Projection & { month: Month };

/** The rows of a report, oldest window first; one that is not what it should be is reported and left out. */
export async function reportRows<T>(
  resource: ReportName,
  schema: z.ZodType<T>,
  { rows, onQuarantine }: Projection,
): Promise<T[]> {
  const found: { id: string; row: T }[] = [];
  for await (const row of rows(resource)) {
    try {
      found.push({ id: row.id, row: typed(schema, row) });
    } catch (error) {
      onQuarantine({ resource, id: row.id, reason: error instanceof Error ? error.message : 'unknown' });
    }
  }
  return found.sort((a, b) => compareIds(a.id, b.id)).map(({ row }) => row);
}
