import { Big } from 'big.js';
import { exactMoney, roundTo } from '../money.ts';
import { cashEntries } from './cash-basis.ts';
import type { Report } from './report.ts';
import { within } from './report.ts';

type Sums = { collected: Big; paid: Big; on: Big; onPaid: Big };
const nothing: Sums = { collected: new Big(0), paid: new Big(0), on: new Big(0), onPaid: new Big(0) };

/** §3A.23: each tax that was collected or paid within the dates, and what it stood on. */
export const taxSummary: Report = {
  key: 'taxsummary',
  make: (asking) => {
    const { books, ledger, code, query, from, to, token } = asking;
    const cash_based = query.get('cash_based')?.toLowerCase() === 'true';
    const entries = cash_based ? cashEntries(books, ledger) : ledger.entries;
    const taxes = new Map<string, Sums>();
    let invoiced = new Big(0);
    for (const { postings, source } of entries.filter(
      (entry) => entry.code === code && within(asking)(entry),
    )) {
      // Payments and overpayments name an invoice as well; they tax nothing and sell nothing.
      const sold = 'invoiceid' in source;
      for (const { key, amount, base = new Big(0) } of postings) {
        if (sold && (key === 'sales' || key.startsWith('tax:'))) invoiced = invoiced.minus(amount);
        if (!key.startsWith('tax:')) continue;
        const name = key.slice('tax:'.length);
        const sums = taxes.get(name) ?? nothing;
        // A credit takes back what was collected; only expenses and bills have paid a tax.
        const out = 'expenseid' in source || Object.keys(source).length === 0;
        taxes.set(
          name,
          out
            ? { ...sums, paid: sums.paid.plus(amount), onPaid: sums.onPaid.plus(base) }
            : { ...sums, collected: sums.collected.minus(amount), on: sums.on.minus(base) },
        );
      }
    }
    const shown = (amount: Big) => exactMoney(roundTo(amount, code).toFixed(), code);
    return {
      cash_based,
      currency_code: code,
      download_token: token,
      end_date: to,
      start_date: from,
      taxes: [...taxes]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([tax_name, { collected, paid, on, onPaid }]) => ({
          net_tax: exactMoney(collected.minus(paid).toFixed(), code),
          net_taxable_amount: shown(on.minus(onPaid)),
          tax_collected: exactMoney(collected.toFixed(), code),
          tax_name,
          tax_paid: exactMoney(paid.toFixed(), code),
          taxable_amount_collected: shown(on),
          taxable_amount_paid: shown(onPaid),
        })),
      total_invoiced: exactMoney(invoiced.toFixed(), code),
    };
  },
};
