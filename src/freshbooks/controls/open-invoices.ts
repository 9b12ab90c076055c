import * as z from 'zod';
import { openInvoice } from '../../domain/aged/open-items.ts';
import type { ControlTotal } from '../../domain/control-total.ts';
import { zero } from '../../domain/money.ts';
import { typed } from '../project/rows.ts';
import { currency, Money, moneyAmount, Text, text } from '../types/wire.ts';
import { add, type Compared, notComparable, type Sums, verdictOf, whyNot } from './verdict.ts';

const report = 'accounts_aging';

const AgingRow = z.object({
  asOf: z.string(),
  report: z.object({ currency_code: Text, totals: z.object({ total: Money }) }),
});
const InvoiceRecord = z.object({ currency: z.string() });

/** What is open of the invoices, in each currency that any is in, beside the total of accounts aging on the same day. */
export async function compareOpenInvoices({ records, rows, at }: Compared): Promise<ControlTotal[]> {
  const theirs: Sums = new Map();
  let asOf = at.slice(0, 10);
  for await (const row of rows(report)) {
    const aging = typed(AgingRow, row);
    asOf = aging.asOf;
    theirs.set(currency(text(aging.report.currency_code)), moneyAmount(aging.report.totals.total) ?? zero);
  }
  const ours: Sums = new Map();
  for await (const { deleted, record } of records)
    if (!deleted) add(ours, InvoiceRecord.parse(record).currency, openInvoice(record, asOf)?.amount ?? zero);
  const codes = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  return codes.map((code): ControlTotal => {
    const [held = zero, said] = [ours.get(code), theirs.get(code)];
    const what = { report, currency: code };
    return said === undefined ? notComparable(what, whyNot.notAsked, held) : verdictOf(what, held, said);
  });
}
