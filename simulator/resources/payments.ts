import { Big } from 'big.js';
import { dayBetween, equalsNumber, updatedBetween } from '../accounting/filters.ts';
import { Refusal } from '../accounting/refusal.ts';
import { easternStamp } from '../eastern-time.ts';
import { amountOf, isRow, type Row, textOf } from '../json.ts';
import { exactMoney } from '../money.ts';
import { bumpsBySwitch } from './bumps-by-switch.ts';
import { creditOverpayment, settleCredit } from './credit-notes.ts';
import { resettle } from './invoices.ts';
import type { Books, Resource } from './resource.ts';

const types = new Set(
  'Check,Credit,Cash,Bank Transfer,Credit Card,Debit,PayPal,2Checkout,VISA,MASTERCARD,DISCOVER,AMEX,DINERS,JCB,ACH,Other'.split(
    ',',
  ),
);

const blank = {
  bulk_paymentid: null,
  creditid: null,
  from_credit: false,
  gateway: null,
  note: '',
  orderid: null,
  overpaymentid: null,
  send_client_notification: null,
  transaction_uuid: null,
  transactionid: null,
  vis_state: 0,
} as const satisfies Row;

const invoiceOf = (fields: Row, books: Books): Row => {
  const invoice = books.rows('invoices').get(Number(fields['invoiceid']));
  if (invoice) return invoice;
  const value = textOf(fields, 'invoiceid');
  throw new Refusal(404, {
    errno: 1012,
    field: 'invoiceid',
    object: 'invoice',
    value,
    message: 'Invoice not found.',
  });
};

const checkType = (fields: Row): void => {
  if (fields['type'] === undefined || types.has(textOf(fields, 'type'))) return;
  const message = "Invalid value for field 'type'.";
  throw new Refusal(422, { errno: 1004, field: 'type', object: 'payment', value: fields['type'], message });
};

const amountIn = (fields: Row, code: string): Row => {
  const sent = fields['amount'];
  return isRow(sent) ? { amount: exactMoney(textOf(sent, 'amount'), textOf(sent, 'code') || code) } : {};
};

/** A new payment; its client comes from the invoice (§3A.8). What exceeds the invoice is marked as a credit. */
export const newPayment = (fields: Row, books: Books): Row => {
  checkType(fields);
  const invoice = invoiceOf(fields, books);
  const id = books.nextId('payments');
  const over = new Big(amountOf(fields, 'amount')).gt(amountOf(invoice, 'outstanding'));
  return {
    accounting_systemid: books.accountId,
    ...blank,
    ...fields,
    ...amountIn(fields, textOf(invoice, 'currency_code')),
    clientid: Number(invoice['customerid']),
    from_credit: Number(fields['creditid'] ?? 0) > 0,
    id,
    logid: id,
    overpaymentid: over ? id : null,
    updated: easternStamp(books.at),
  };
};

const touch = (row: Row, books: Books): Row => ({ ...row, updated: easternStamp(books.at) });

const update = (row: Row, fields: Row, books: Books): Row => {
  checkType(fields);
  const invoice = invoiceOf({ ...row, ...fields }, books);
  const amount = amountIn(fields, textOf(invoice, 'currency_code'));
  return touch({ ...row, ...fields, ...amount, clientid: Number(invoice['customerid']) }, books);
};

// §3.8: a payment moves its invoice; when it is moved to another invoice, both.
const ripple = (before: Row | undefined, after: Row | undefined, books: Books): void => {
  const deleted = before !== undefined && before['vis_state'] !== after?.['vis_state'];
  const touches = !deleted || books.plays('payment-delete-touches-invoice', 'touched');
  const ids = new Set([before, after].flatMap((row) => (row ? [Number(row['invoiceid'])] : [])));
  for (const id of ids) resettle(id, touches, books);
  if (!before && after) creditTooMuch(after, books);
  const credits = books.rows('credit_notes');
  for (const row of [before, after]) {
    const used = row && credits.get(Number(row['creditid']));
    if (used) credits.put(settleCredit(used, books));
  }
};

// What the invoice did not need, of which this payment can hold no more than it is.
const creditTooMuch = (payment: Row, books: Books): void => {
  const invoice = books.rows('invoices').get(Number(payment['invoiceid']));
  if (!invoice || payment['overpaymentid'] === null) return;
  const [over, whole] = [new Big(amountOf(invoice, 'outstanding')).times(-1), amountOf(payment, 'amount')];
  creditOverpayment(payment, over.gt(whole) ? new Big(whole) : over, books);
};

/** §3A.8 */
export const payments: Resource = {
  name: 'payments',
  path: 'payments/payments',
  one: 'payment',
  many: 'payments',
  missing: { object: 'payment', field: 'paymentid', message: 'Payment not found.' },
  scope: 'payments',
  verbs: ['list', 'get', 'create', 'update'],
  sorts: {},
  filters: {
    invoiceid: equalsNumber('invoiceid'),
    clientid: equalsNumber('clientid'),
    vis_state: equalsNumber('vis_state'),
    ...dayBetween('date', 'date'),
    ...updatedBetween((plays) => plays('updated-filter.payments', 'honoured')),
  },
  includes: {},
  fields: {
    amount: 'money',
    creditid: 'int',
    date: 'date',
    invoiceid: 'int',
    note: 'text',
    orderid: 'int',
    send_client_notification: 'any',
    transactionid: 'text',
    type: 'text',
  },
  required: ['invoiceid', 'amount', 'date', 'type'],
  ofClient: (row, clientId) => row['clientid'] === clientId,
  create: newPayment,
  update,
  touch,
  bumpsOnHide: bumpsBySwitch('payments'),
  ripple,
};
