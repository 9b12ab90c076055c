import * as z from 'zod';
import type { ControlTotal } from '../../domain/control-total.ts';
import type { Day } from '../../domain/instant.ts';
import { decimal, zero } from '../../domain/money.ts';
import { typed } from '../project/rows.ts';
import { currency, Money, moneyAmount, moneyCode } from '../types/wire.ts';
import { add, type Compared, type Sums, verdictOf } from './verdict.ts';

const report = 'payments_collected';

const CollectedRow = z.object({
  parameters: z.object({ start_date: z.string(), end_date: z.string() }),
  report: z.object({ totals: z.array(Money) }),
});
const PaymentRecord = z.object({ date: z.string(), currency: z.string(), totalAmount: z.number() });

type Collected = { id: string; start: Day; end: Day; ours: Sums; theirs: Sums };

/**
 * The payments of the latest months, in each currency that any was made in, beside payments collected. A month in
 * which nothing was is compared like any other; books without a payment are told in no currency.
 */
export async function comparePayments({ records, rows }: Compared): Promise<ControlTotal[]> {
  const windows: Collected[] = [];
  for await (const row of rows(report)) {
    const { parameters, report: collected } = typed(CollectedRow, row);
    const theirs: Sums = new Map();
    for (const total of collected.totals) add(theirs, currency(moneyCode(total)), moneyAmount(total) ?? zero);
    const { start_date: start, end_date: end } = parameters;
    windows.push({ id: row.id, start, end, ours: new Map(), theirs });
  }
  // Older windows stay as they were last seen, and no longer say anything of today's records.
  const latest = windows.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, 2);
  const found = new Set(latest.flatMap(({ theirs }) => [...theirs.keys()]));
  for await (const { deleted, record } of records) {
    if (deleted) continue;
    const payment = PaymentRecord.parse(record);
    found.add(payment.currency);
    const day = payment.date.slice(0, 10);
    const window = latest.find(({ start, end }) => day >= start && day <= end);
    if (window !== undefined) add(window.ours, payment.currency, decimal(payment.totalAmount));
  }
  const codes = found.size === 0 ? ['XXX'] : [...found].sort();
  return latest.flatMap(({ id, ours, theirs }) =>
    codes.map((code) =>
      verdictOf({ report, window: id, currency: code }, ours.get(code) ?? zero, theirs.get(code) ?? zero),
    ),
  );
}
