import { easternDay } from '../eastern-time.ts';
import { type Row, without } from '../json.ts';
import { newInvoice, settleInvoice, touchInvoice } from '../resources/invoices.ts';
import { newPayment } from '../resources/payments.ts';
import { bookEnd, bookStart, dayLength } from './book-span.ts';
import type { Draft } from './draft.ts';

type Payment = { amount: string; type?: string } & Row;
/** One invoice of the book: what is written, then what happens to it. */
type Case = {
  client: string;
  fields: Row;
  lines: readonly Row[];
  payments?: readonly Payment[];
  state?: 1 | 2;
  old?: true;
};

const line = (name: string, qty: string, cost: string, extra: Row = {}): Row => ({
  name,
  qty,
  unit_cost: { amount: cost },
  ...extra,
});
const quebec = { taxName1: 'TPS', taxAmount1: '5', taxName2: 'TVQ', taxAmount2: '9.975' };
const oneTax = { taxName1: 'TPS', taxAmount1: '5', taxName2: null };
const sent = { status: 2 };

const longText = 'Conditions de paiement : trente jours nets. '.repeat(700);

const cases: readonly Case[] = [
  // Two taxes, the second one once on top of the first and once beside it.
  {
    client: 'plain',
    fields: sent,
    lines: [line('Composée', '3', '33.33', { ...quebec, compounded_tax: true })],
  },
  {
    client: 'plain',
    fields: sent,
    lines: [line('Simple', '3', '33.33', quebec), line('Une taxe', '1', '10.01', oneTax)],
  },
  // A discount before two taxes, paid in three of which one was deleted.
  {
    client: 'plain',
    fields: { ...sent, discount_value: '12.5', discount_description: 'Fidélité' },
    lines: [line('Lot', '7', '19.99', quebec), line('Frais', '0.333333', '100.00', oneTax)],
    payments: [{ amount: '40.00' }, { amount: '25.55', vis_state: 1 }, { amount: '60.00', type: 'Other' }],
  },
  // Negative and zero lines; an invoice of nothing; one that owes the client.
  {
    client: 'html',
    fields: sent,
    lines: [line('<i>Work</i>', '1', '500.00'), line('Rebate', '1', '-120.50'), line('Free', '1', '0.00')],
  },
  { client: 'html', fields: sent, lines: [line('Nothing', '1', '0.00')] },
  { client: 'html', fields: sent, lines: [line('Correction', '1', '-75.25')] },
  { client: 'html', fields: { status: 1 }, lines: [] },
  // Three decimals, and a currency without any.
  {
    client: 'arabic',
    fields: sent,
    lines: [line('استشارة', '2.5', '10.125')],
    payments: [{ amount: '10.001' }],
  },
  {
    client: 'japanese',
    fields: { ...sent, language: 'ja' },
    lines: [line('デザイン', '1', '150000')],
    payments: [{ amount: '150000', type: 'Bank Transfer' }],
  },
  { client: 'cyrillic', fields: { status: 3 }, lines: [line('Перевод', '12', '18.50')] },
  // Another currency than the client's.
  {
    client: 'plain',
    fields: { ...sent, currency_code: 'EUR' },
    lines: [line('Export', '1', '999.99')],
    payments: [{ amount: '400.00' }],
  },
  // Deleted: a draft, and one whose payments stay (§3.8).
  { client: 'plain', fields: { status: 1 }, lines: [line('Oubliée', '1', '12.00')], state: 1 },
  {
    client: 'html',
    fields: sent,
    lines: [line('Cancelled', '1', '1500.00')],
    payments: [{ amount: '750.00' }],
    state: 1,
  },
  // Archived, paid.
  {
    client: 'archived',
    fields: sent,
    lines: [line('Attic', '2', '80.00')],
    payments: [{ amount: '160.00' }],
    state: 2,
  },
  // Its client is deleted.
  { client: 'gone', fields: sent, lines: [line('Unpaid forever', '1', '333.33')] },
  // Overpaid: more came than was asked, the payment names a credit.
  { client: 'mailOnly', fields: sent, lines: [line('Small', '1', '50.00')], payments: [{ amount: '70.00' }] },
  // Paid from a credit.
  {
    client: 'mailOnly',
    fields: sent,
    lines: [line('From credit', '1', '20.00')],
    payments: [{ amount: '20.00', type: 'Credit', from_credit: true, creditid: 901 }],
  },
  // From before newer keys existed; the same number twice; not a number at all.
  {
    client: 'old',
    fields: { ...sent, invoice_number: 'FAC-2019/É-01' },
    lines: [line('Ancien', '1', '64.00', oneTax)],
    payments: [{ amount: '30.00' }],
    old: true,
  },
  {
    client: 'old',
    fields: { ...sent, invoice_number: 'FAC-2019/É-01' },
    lines: [line('Twice', '1', '64.00')],
  },
  // Long and hostile text, an empty line, a template line.
  {
    client: 'long',
    fields: {
      ...sent,
      notes: longText,
      terms: '<a href="javascript:alert(1)">terms</a>',
      po_number: "'; drop table invoices; --",
    },
    lines: [
      line('', '1', '1.00'),
      line('Modèle', '1', '2.00', { type: 5 }),
      line('😀 émoji', '1', '3.00', { description: longText.slice(0, 5_000) }),
    ],
  },
  // Disputed; from a recurring profile and an estimate, with a deposit asked for.
  { client: 'plain', fields: { status: 0 }, lines: [line('Contestée', '1', '45.00')] },
  {
    client: 'plain',
    fields: {
      ...sent,
      parent: 378,
      estimateid: 55,
      deposit_amount: { amount: '10.00', code: 'CAD' },
      deposit_percentage: '10',
      generation_date: '2025-05-01',
    },
    lines: [line('Récurrente', '1', '100.00', quebec)],
  },
];

// §3A.2: keys that older rows do not have.
const newerKeys = [
  'attach_pdf_to_email',
  'discount',
  'lock_status',
  'net_paid_amount',
  'sender_address',
  'series',
  'uuid',
  'version',
];
const newerPaymentKeys = ['bulk_paymentid', 'send_client_notification', 'transaction_uuid'];

const addPayments = (
  draft: Draft,
  invoice: Row,
  moment: number,
  { payments = [], old }: Case,
): readonly Row[] =>
  payments.map(({ amount, vis_state = 0, from_credit = false, type = 'Check', ...rest }, index) => {
    const books = draft.at(moment + (index + 2) * dayLength);
    const fields = {
      invoiceid: Number(invoice['id']),
      amount: { amount },
      date: easternDay(books.at),
      type,
      ...rest,
    };
    const payment = { ...newPayment(fields, books), vis_state, from_credit };
    const kept = old ? without(payment, ...newerPaymentKeys) : payment;
    books.rows('payments').put(kept);
    return kept;
  });

const make = (draft: Draft, row: Case, customerid: number, index: number): void => {
  const moment = bookStart + (index + 1) * 43 * dayLength + index * 1_234_567;
  const books = draft.at(moment);
  const written = {
    customerid,
    create_date: easternDay(moment),
    due_offset_days: 15,
    invoice_number: `M-${index + 1}`,
  };
  const invoice = newInvoice({ ...written, ...row.fields, lines: row.lines }, books);
  books.rows('invoices').put(invoice);
  const payments = addPayments(draft, invoice, moment, row);
  const settled = settleInvoice(invoice, payments, draft.at(bookEnd));
  const touched = { ...touchInvoice(settled, draft.at(moment + 9 * dayLength)), vis_state: row.state ?? 0 };
  books.rows('invoices').put(row.old ? without(touched, ...newerKeys) : touched);
};

/** The invoices and payments of the messy book; `ids` are its clients by name. */
export const messyInvoices = (draft: Draft, ids: Readonly<Record<string, number>>): void => {
  cases.forEach((row, index) => {
    make(draft, row, ids[row.client] ?? 0, index);
  });
};
