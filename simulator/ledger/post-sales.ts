import { Big } from 'big.js';
import { amountOf, type Row, rowsOf, textOf } from '../json.ts';
import { roundTo } from '../money.ts';
import { invoiceTaxes } from '../resources/invoice-arithmetic.ts';
import type { Books } from '../resources/resource.ts';
import { codeOf, type Entry, entryId, type Posting, post, sumOf } from './entry.ts';

const live = (row: Row): boolean => row['vis_state'] !== 1;
const amount = (row: Row): Big => new Big(amountOf(row, 'amount'));

/** An invoice is in the books once it is no draft, until it is deleted. */
export const isPosted = (invoice: Row): boolean => live(invoice) && invoice['status'] !== 1;

// The client owes the whole; the taxes are the state's, the rest is sales.
const invoiceEntry = (row: Row): Entry => {
  const taxes: readonly Posting[] = invoiceTaxes(row).map((tax) => ({
    ...post(`tax:${tax.name}`, tax.amount.times(-1), 'tax', tax.name),
    base: tax.base.times(-1),
  }));
  const sales = amount(row).times(-1).minus(sumOf(taxes));
  return {
    id: entryId('invoice', Number(row['id'])),
    date: textOf(row, 'create_date'),
    name: `Invoice ${textOf(row, 'invoice_number')}`,
    code: textOf(row, 'currency_code'),
    clientid: Number(row['customerid']),
    source: { invoiceid: row['id'] ?? null },
    postings: [
      post('receivable', amount(row), 'invoice', textOf(row, 'description')),
      post('sales', sales, 'invoice', textOf(row, 'description')),
      ...taxes,
    ],
  };
};

// From cash, or from a credit the client had; on a deleted invoice nothing is owed, so it is the client's again.
const paymentEntry = (row: Row, books: Books): Entry => {
  const invoice = books.rows('invoices').get(Number(row['invoiceid']));
  const to = invoice && isPosted(invoice) ? 'receivable' : 'credit';
  return {
    id: entryId('payment', Number(row['id'])),
    date: textOf(row, 'date'),
    name: `Payment (Invoice ${invoice ? textOf(invoice, 'invoice_number') : ''})`,
    code: codeOf(row, 'amount'),
    clientid: Number(row['clientid']),
    source: {
      invoiceid: row['invoiceid'] ?? null,
      paymentid: row['id'] ?? null,
      creditid: row['creditid'] ?? null,
    },
    postings: [
      post(row['from_credit'] === true ? 'credit' : 'cash', amount(row), 'payment', textOf(row, 'note')),
      post(to, amount(row).times(-1), 'payment', textOf(row, 'note')),
    ],
  };
};

// A goodwill credit lessens sales, a prepayment is cash, and an overpayment comes off what its invoice took too much.
const creditEntry = (row: Row, books: Books): Entry => {
  const type = textOf(row, 'credit_type');
  const payment = books.rows('payments').get(Number(row['id']));
  const from = { prepayment: 'cash', overpayment: 'receivable' }[type] ?? 'sales';
  const taxes = from === 'sales' ? invoiceTaxes({ ...row, discount_value: '0' }) : [];
  const taxed: readonly Posting[] = taxes.map((tax) => ({
    ...post(`tax:${tax.name}`, tax.amount, 'tax', tax.name),
    base: tax.base,
  }));
  return {
    id: entryId('credit', Number(row['id'])),
    date: textOf(row, 'create_date'),
    name: `Credit ${textOf(row, 'credit_number')}`,
    code: textOf(row, 'currency_code'),
    clientid: Number(row['clientid']),
    source: {
      creditid: row['id'] ?? null,
      ...(from === 'receivable' ? { invoiceid: payment?.['invoiceid'] ?? null } : {}),
    },
    postings: [
      post(from, amount(row).minus(sumOf(taxed)), 'credit', textOf(row, 'description')),
      ...taxed,
      post('credit', amount(row).times(-1), 'credit', textOf(row, 'description')),
    ],
  };
};

// §3A.12: the amount is what came in; the taxes are in it.
const incomeEntry = (row: Row): Entry => {
  const code = codeOf(row, 'amount');
  const taxes = rowsOf(row, 'taxes');
  const part = taxes.reduce((sum, tax) => sum.plus(textOf(tax, 'amount') || '0'), new Big(100));
  const net = amount(row).times(100).div(part);
  const taxed: readonly Posting[] = taxes.map((tax) => ({
    ...post(`tax:${textOf(tax, 'name')}`, roundTo(net.times(textOf(tax, 'amount')).div(-100), code), 'tax'),
    base: roundTo(net, code).times(-1),
  }));
  return {
    id: entryId('income', Number(row['incomeid'])),
    date: textOf(row, 'date'),
    name: 'Other Income',
    code,
    clientid: null,
    source: { incomeid: row['incomeid'] ?? null },
    postings: [
      post('cash', amount(row), 'other_income', textOf(row, 'note')),
      post(
        `income:${textOf(row, 'category_name')}`,
        amount(row).times(-1).minus(sumOf(taxed)),
        'other_income',
        textOf(row, 'source'),
      ),
      ...taxed,
    ],
  };
};

/** What comes in. */
export const postSales = (books: Books): readonly Entry[] => {
  const rows = (name: Parameters<Books['rows']>[0]) => books.rows(name).ascending();
  return [
    ...rows('invoices').filter(isPosted).map(invoiceEntry),
    ...rows('payments')
      .filter((row) => row['vis_state'] === 0)
      .map((row) => paymentEntry(row, books)),
    ...rows('credit_notes')
      .filter(live)
      .map((row) => creditEntry(row, books)),
    ...rows('other_income').filter(live).map(incomeEntry),
  ];
};
