import { Big } from 'big.js';
import type { Row } from '../json.ts';
import type { Entry, Posting } from '../ledger/entry.ts';
import { exactMoney, roundTo } from '../money.ts';
import { cashEntries } from './cash-basis.ts';
import { type Report, within } from './report.ts';

type Sums = { collected: Big; paid: Big; on: Big; onPaid: Big };
const nothing: Sums = { collected: new Big(0), paid: new Big(0), on: new Big(0), onPaid: new Big(0) };

// Only expenses and bills pay a tax; a credit takes back what was collected.
const pays = ({ source }: Entry): boolean => 'expenseid' in source || Object.keys(source).length === 0;

const added = (sums: Sums, { amount, base = new Big(0) }: Posting, paying: boolean): Sums =>
  paying
    ? { ...sums, paid: sums.paid.plus(amount), onPaid: sums.onPaid.plus(base) }
    : { ...sums, collected: sums.collected.minus(amount), on: sums.on.minus(base) };

const taxesOf = (entries: readonly Entry[]): ReadonlyMap<string, Sums> => {
  const taxes = new Map<string, Sums>();
  for (const entry of entries) {
    for (const posting of entry.postings.filter(({ key }) => key.startsWith('tax:'))) {
      const name = posting.key.slice('tax:'.length);
      taxes.set(name, added(taxes.get(name) ?? nothing, posting, pays(entry)));
    }
  }
  return taxes;
};

// Payments and overpayments name an invoice as well, but neither sell nor tax anything.
const invoicedBy = (entries: readonly Entry[]): Big =>
  entries
    .filter(({ source }) => 'invoiceid' in source)
    .flatMap(({ postings }) => postings)
    .filter(({ key }) => key === 'sales' || key.startsWith('tax:'))
    .reduce((sum, { amount }) => sum.minus(amount), new Big(0));

const taxRow = (tax_name: string, { collected, paid, on, onPaid }: Sums, code: string): Row => {
  const shown = (amount: Big) => exactMoney(roundTo(amount, code).toFixed(), code);
  return {
    net_tax: exactMoney(collected.minus(paid).toFixed(), code),
    net_taxable_amount: shown(on.minus(onPaid)),
    tax_collected: exactMoney(collected.toFixed(), code),
    tax_name,
    tax_paid: exactMoney(paid.toFixed(), code),
    taxable_amount_collected: shown(on),
    taxable_amount_paid: shown(onPaid),
  };
};

/** §3A.23: each tax that was collected or paid within the dates, and what it stood on. */
export const taxSummary: Report = {
  key: 'taxsummary',
  make: (asking) => {
    const { books, ledger, code, query, from, to, token } = asking;
    const cash_based = query.get('cash_based')?.toLowerCase() === 'true';
    const asked = within(asking);
    const entries = (cash_based ? cashEntries(books, ledger) : ledger.entries).filter(
      (entry) => entry.code === code && asked(entry),
    );
    return {
      cash_based,
      currency_code: code,
      download_token: token,
      end_date: to,
      start_date: from,
      taxes: [...taxesOf(entries)]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, sums]) => taxRow(name, sums, code)),
      total_invoiced: exactMoney(invoicedBy(entries).toFixed(), code),
    };
  },
};
