import { Big } from 'big.js';
import { amountOf, type Row, rowsOf, textOf } from '../json.ts';
import type { Books } from '../resources/resource.ts';
import { codeOf, type Entry, entryId, type Posting, post, sumOf } from './entry.ts';

const live = (row: Row): boolean => row['vis_state'] !== 1;
const amount = (row: Row, field = 'amount'): Big => new Big(amountOf(row, field));

// §3A.6: the amount is what was paid; the taxes are in it.
const expenseEntry = (row: Row): Entry => {
  const named = [1, 2].filter((which) => textOf(row, `taxName${which}`) !== '');
  const taxes = named.map((which) =>
    post(`tax:${textOf(row, `taxName${which}`)}`, amount(row, `taxAmount${which}`), 'tax'),
  );
  const net = amount(row).minus(sumOf(taxes));
  const clientid = Number(row['clientid']);
  return {
    id: entryId('expense', Number(row['id'])),
    date: textOf(row, 'date'),
    name: 'Expense',
    code: codeOf(row, 'amount'),
    clientid: clientid === 0 ? null : clientid,
    source: { expenseid: row['id'] ?? null },
    postings: [
      post(`category:${row['categoryid']}`, net, 'expense', textOf(row, 'notes')),
      ...taxes.map((tax) => ({ ...tax, base: net })),
      post('cash', amount(row).times(-1), 'expense', textOf(row, 'notes')),
    ],
  };
};

const linePostings = (line: Row): readonly Posting[] => [
  post(`category:${line['categoryid']}`, amount(line), 'bill', textOf(line, 'description')),
  ...[1, 2]
    .filter((which) => textOf(line, `tax_name${which}`) !== '')
    .map((which) => ({
      ...post(`tax:${textOf(line, `tax_name${which}`)}`, amount(line, `tax_amount${which}`), 'tax'),
      base: amount(line),
    })),
];

const billEntry = (row: Row): Entry => ({
  id: entryId('bill', Number(row['id'])),
  date: textOf(row, 'issue_date'),
  name: `Bill ${textOf(row, 'bill_number')}`,
  code: textOf(row, 'currency_code'),
  clientid: null,
  source: {},
  postings: [
    ...rowsOf(row, 'lines').flatMap(linePostings),
    post('payable', amount(row, 'total_amount').times(-1), 'bill', textOf(row, 'overall_description')),
  ],
});

// On a deleted bill nothing is owed: the vendor has it in advance.
const billPaymentEntry = (row: Row, books: Books): Entry => {
  const bill = books.rows('bills').get(Number(row['billid']));
  return {
    id: entryId('bill-payment', Number(row['id'])),
    date: textOf(row, 'paid_date'),
    name: 'Bill Payment',
    code: codeOf(row, 'amount'),
    clientid: null,
    source: {},
    postings: [
      post(bill && live(bill) ? 'payable' : 'prepaid', amount(row), 'bill_payment', textOf(row, 'note')),
      post('cash', amount(row).times(-1), 'bill_payment', textOf(row, 'note')),
    ],
  };
};

/** What goes out. */
export const postPurchases = (books: Books): readonly Entry[] => [
  ...books.rows('expenses').ascending().filter(live).map(expenseEntry),
  ...books.rows('bills').ascending().filter(live).map(billEntry),
  ...books
    .rows('bill_payments')
    .ascending()
    .filter((row) => row['vis_state'] === 0)
    .map((row) => billPaymentEntry(row, books)),
];
