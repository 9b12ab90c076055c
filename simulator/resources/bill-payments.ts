import { Refusal } from '../accounting/refusal.ts';
import { isRow, type Row, textOf } from '../json.ts';
import { exactMoney } from '../money.ts';
import { resettleBill } from './bills.ts';
import type { Books, Resource } from './resource.ts';

const billOf = (fields: Row, books: Books): Row => {
  const bill = books.rows('bills').get(Number(fields['billid']));
  if (bill) return bill;
  const value = textOf(fields, 'billid');
  throw new Refusal(404, { errno: 1012, field: 'billid', object: 'bill', value, message: 'Bill not found.' });
};

// A bill is paid in its own currency.
const amountIn = (fields: Row, bill: Row): Row => {
  const sent = fields['amount'];
  return isRow(sent) ? { amount: exactMoney(textOf(sent, 'amount'), textOf(bill, 'currency_code')) } : {};
};

/** A new payment of a bill (§3A.14): seven fields, no stamp. Throws errno 1012 for an unknown bill. */
export const newBillPayment = (fields: Row, books: Books): Row => {
  const bill = billOf(fields, books);
  const id = books.nextId('bill_payments');
  return { note: '', vis_state: 0, ...fields, ...amountIn(fields, bill), billid: Number(bill['id']), id };
};

/** §3A.14: no filter works; without the plan or the access status 200 and errno 41101. */
export const billPayments: Resource = {
  name: 'bill_payments',
  path: 'bill_payments/bill_payments',
  one: 'bill_payment',
  many: 'bill_payments',
  missing: { object: 'bill_payment', field: 'bill_paymentid', message: 'Bill payment not found.' },
  scope: 'bill_payments',
  verbs: ['list', 'get', 'create', 'update'],
  denied: { errno: 41101, message: 'You do not have access to bill payments.' },
  needs: 'payables',
  sorts: {},
  filters: {},
  includes: {},
  fields: { amount: 'money', billid: 'int', note: 'text', paid_date: 'date', payment_type: 'text' },
  required: ['amount', 'billid', 'paid_date', 'payment_type'],
  create: newBillPayment,
  update: (row, fields, books) => {
    const merged = { ...row, ...fields };
    return { ...merged, ...amountIn(fields, billOf(merged, books)) };
  },
  ripple: (before, after, books) => {
    for (const row of [before, after]) if (row) resettleBill(Number(row['billid']), books);
  },
};
