import * as z from 'zod';
import type { ControlTotal } from '../../domain/control-total.ts';
import { decimal, zero } from '../../domain/money.ts';
import { typed } from '../project/rows.ts';
import { ExpenseSummary } from '../types/expense-summaries.ts';
import { currency, moneyAmount, moneyCode } from '../types/wire.ts';
import { add, type Compared, type Sums, verdictOf } from './verdict.ts';

const report = 'expense_summaries';

const CostRecord = z.object({ currency: z.string(), totalAmount: z.number() });

/** All expenses, archived ones too, in each currency that any is in, beside what FreshBooks says they come to. */
export async function compareExpenses({ records, rows }: Compared): Promise<ControlTotal[]> {
  const [ours, theirs]: [Sums, Sums] = [new Map(), new Map()];
  for await (const row of rows(report)) {
    if (row.id !== 'grand_total' || row.deleted) continue;
    for (const amount of typed(ExpenseSummary, row).amounts)
      add(theirs, currency(moneyCode(amount)), moneyAmount(amount) ?? zero);
  }
  for await (const { deleted, record } of records) {
    if (deleted) continue;
    const { currency: code, totalAmount } = CostRecord.parse(record);
    add(ours, code, decimal(totalAmount));
  }
  const found = new Set([...ours.keys(), ...theirs.keys()]);
  const codes = found.size === 0 ? ['XXX'] : [...found].sort();
  return codes.map((code) =>
    verdictOf({ report, currency: code }, ours.get(code) ?? zero, theirs.get(code) ?? zero),
  );
}
