import { Big } from 'big.js';
import { type Row, textOf } from '../json.ts';
import { companyName } from '../ledger/chart.ts';
import { exactMoney } from '../money.ts';
import type { Asking, Report } from './report.ts';
import { within } from './report.ts';

const buckets = ['0-30', '31-60', '61-90', '91+'] as const;
const day = 86_400_000;

// By days since the due date; what is not due yet is in the first.
const bucketOf = (dueDate: string, to: string): (typeof buckets)[number] => {
  const late = (Date.parse(to) - Date.parse(dueDate)) / day;
  if (late <= 30) return '0-30';
  if (late <= 60) return '31-60';
  return late <= 90 ? '61-90' : '91+';
};

/** What is open on each invoice of the days asked for, as of the last of them: read off the receivable postings. */
const openByInvoice = ({ books, ledger, code, from, to }: Asking): ReadonlyMap<Row, Big> => {
  const asked = within({ from, to });
  const open = new Map<Row, Big>();
  for (const entry of ledger.entries) {
    if (entry.code !== code || entry.date > to) continue;
    const invoice = books.rows('invoices').get(Number(entry.source['invoiceid']));
    if (!invoice || !asked({ date: textOf(invoice, 'create_date') })) continue;
    for (const { key, amount } of entry.postings) {
      if (key === 'receivable') open.set(invoice, (open.get(invoice) ?? new Big(0)).plus(amount));
    }
  }
  return open;
};

type Ages = Record<string, Big>;

const shownAges = (ages: Ages, code: string): Row =>
  Object.fromEntries(
    [...buckets, 'total'].map((name) => [name, exactMoney((ages[name] ?? new Big(0)).toFixed(), code)]),
  );

/** §3A.23: what clients owe, by how late it is. Clients that owe nothing are left out. */
export const accountsAging: Report = {
  key: 'accounts_aging',
  make: (asking) => {
    const { books, code, from, to, token } = asking;
    const clients = new Map<number, Ages>();
    const totals: Ages = {};
    for (const [invoice, open] of openByInvoice(asking)) {
      if (open.eq(0)) continue;
      const id = Number(invoice['customerid']);
      const own = clients.get(id) ?? {};
      clients.set(id, own);
      for (const ages of [own, totals]) {
        for (const name of [bucketOf(textOf(invoice, 'due_date'), to), 'total']) {
          ages[name] = (ages[name] ?? new Big(0)).plus(open);
        }
      }
    }
    const accounts = [...clients].map(([userid, ages]) => {
      const client = books.rows('clients').get(userid) ?? {};
      const named = ['email', 'fname', 'lname', 'organization'].map((field) => [
        field,
        textOf(client, field),
      ]);
      return { ...shownAges(ages, code), ...Object.fromEntries(named), userid };
    });
    return {
      accounts,
      company_name: companyName(books),
      currency_code: code,
      download_token: token,
      end_date: to,
      start_date: from,
      totals: shownAges(totals, code),
    };
  },
};
