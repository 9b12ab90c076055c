import { Big } from 'big.js';
import { amountOf, type Row, textOf } from '../json.ts';
import { companyName } from '../ledger/chart.ts';
import { codeOf } from '../ledger/entry.ts';
import { isPosted } from '../ledger/post-sales.ts';
import { exactMoney } from '../money.ts';
import type { Asking, Report } from './report.ts';
import { within } from './report.ts';

const sumOf = (rows: readonly Row[], field: string, code: string): Row =>
  exactMoney(rows.reduce((sum, row) => sum.plus(amountOf(row, field)), new Big(0)).toFixed(), code);

const grouped = (rows: readonly Row[], field: string): readonly (readonly [number, readonly Row[]])[] => {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const key = Number(row[field]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups];
};

const heading = ({ books, code, from, to, token }: Asking): Row => ({
  company_name: companyName(books),
  currency_code: code,
  download_token: token,
  end_date: to,
  start_date: from,
});

const summary = (rows: readonly Row[], code: string): Row => ({
  outstanding: sumOf(rows, 'outstanding', code),
  paid: sumOf(rows, 'paid', code),
  total: sumOf(rows, 'amount', code),
});

const invoiceRow = (row: Row): Row => ({
  amount: row['amount'] ?? null,
  create_date: row['create_date'] ?? null,
  date_paid: row['date_paid'] ?? null,
  due_date: row['due_date'] ?? null,
  invoice_number: row['invoice_number'] ?? null,
  invoiceid: row['id'] ?? null,
  lines: row['lines'] ?? [],
  outstanding: row['outstanding'] ?? null,
  paid: row['paid'] ?? null,
  v3_status: row['v3_status'] ?? null,
});

/** §3A.23: the invoices issued within the dates, by client; drafts and deleted ones are not in the books. */
export const invoiceDetails: Report = {
  key: 'invoice_details',
  make: (asking) => {
    const { books, code } = asking;
    const asked = within(asking);
    const rows = books
      .rows('invoices')
      .ascending()
      .filter(
        (row) =>
          isPosted(row) && row['currency_code'] === code && asked({ date: textOf(row, 'create_date') }),
      );
    const clients = grouped(rows, 'customerid').map(([userid, own]) => {
      const client = books.rows('clients').get(userid) ?? {};
      const named = ['fname', 'lname', 'organization', 'email'].map((field) => [
        field,
        textOf(client, field),
      ]);
      return {
        ...Object.fromEntries(named),
        userid,
        invoices: own.map(invoiceRow),
        summary: summary(own, code),
      };
    });
    return {
      ...heading(asking),
      clientids: [],
      clients,
      date_type: 'issue',
      statusids: [],
      summary: summary(rows, code),
      summary_only: false,
    };
  },
};

const expenseRow = (row: Row): Row => ({
  amount: row['amount'] ?? null,
  clientid: row['clientid'] ?? 0,
  date: row['date'] ?? null,
  expenseid: row['id'] ?? null,
  notes: row['notes'] ?? '',
  taxAmount1: row['taxAmount1'] ?? null,
  taxAmount2: row['taxAmount2'] ?? null,
  vendor: row['vendor'] ?? null,
});

/** §3A.23: the expenses of the dates, by category; taxes are in the amounts. */
export const expenseDetails: Report = {
  key: 'expense_details',
  make: (asking) => {
    const { books, code } = asking;
    const asked = within(asking);
    const rows = books
      .rows('expenses')
      .ascending()
      .filter(
        (row) =>
          row['vis_state'] !== 1 && codeOf(row, 'amount') === code && asked({ date: textOf(row, 'date') }),
      );
    const data = grouped(rows, 'categoryid').map(([categoryid, own]) => ({
      category: textOf(books.rows('expense_categories').get(categoryid) ?? {}, 'category'),
      categoryid,
      expenses: own.map(expenseRow),
      total: sumOf(own, 'amount', code),
    }));
    return { ...heading(asking), data, total: sumOf(rows, 'amount', code) };
  },
};

const asPayment = (books: Asking['books'], row: Row): Row => {
  const invoice = books.rows('invoices').get(Number(row['invoiceid'])) ?? {};
  const credit = books.rows('credit_notes').get(Number(row['creditid']));
  const client = books.rows('clients').get(Number(row['clientid'])) ?? {};
  return {
    amount: row['amount'] ?? null,
    client: textOf(client, 'organization') || `${textOf(client, 'fname')} ${textOf(client, 'lname')}`.trim(),
    clientid: row['clientid'] ?? null,
    credit_number: credit ? textOf(credit, 'credit_number') : null,
    creditid: row['creditid'] ?? null,
    date: row['date'] ?? null,
    description: textOf(row, 'note'),
    from_credit: row['from_credit'] ?? false,
    invoice_number: textOf(invoice, 'invoice_number'),
    invoiceid: row['invoiceid'] ?? null,
    method: row['type'] ?? null,
  };
};

/** §3A.23: the payments of the dates, deleted ones apart, in every currency unless some are named. */
export const paymentsCollected: Report = {
  key: 'payments_collected',
  make: (asking) => {
    const { books, query, from, to, token } = asking;
    const currency_codes = query.getAll('currency_codes[]');
    const asked = within(asking);
    const rows = books
      .rows('payments')
      .ascending()
      .filter((row) => row['vis_state'] === 0 && asked({ date: textOf(row, 'date') }))
      .filter((row) => currency_codes.length === 0 || currency_codes.includes(codeOf(row, 'amount')));
    const codes = [...new Set(rows.map((row) => codeOf(row, 'amount')))].sort();
    return {
      clientids: [],
      currency_codes,
      download_token: token,
      end_date: to,
      payment_methods: [],
      payments: rows.map((row) => asPayment(books, row)),
      start_date: from,
      summary_only: false,
      totals: codes.map((code) =>
        sumOf(
          rows.filter((row) => codeOf(row, 'amount') === code),
          'amount',
          code,
        ),
      ),
    };
  },
};
