import { Big } from 'big.js';
import { addDays, easternDay } from '../eastern-time.ts';
import { amountOf, type Row, textOf } from '../json.ts';
import { newInvoice, settleInvoice, touchInvoice } from '../resources/invoices.ts';
import { newPayment } from '../resources/payments.ts';
import { bookEnd, bookStart, dayLength } from './book-span.ts';
import type { Draft } from './draft.ts';
import { services } from './words.ts';

// How the invoices of a book end up, in parts of a hundred: drafts, never paid, part-paid, paid in two, paid.
const fates = [
  [4, 'draft'],
  [14, 'unpaid'],
  [22, 'partial'],
  [24, 'twice'],
  [100, 'paid'],
] as const;
type Fate = (typeof fates)[number][1];

const fateOf = ({ random }: Draft): Fate => {
  const roll = random.next() * 100;
  return fates.find(([below]) => roll < below)?.[1] ?? 'paid';
};

const taxesFor = (client: Row): Row => {
  const province = textOf(client, 'p_province');
  if (province === 'Ontario') return { taxName1: 'HST', taxAmount1: '13' };
  if (province === 'Quebec')
    return { taxName1: 'GST', taxAmount1: '5', taxName2: 'QST', taxAmount2: '9.975' };
  if (province === 'British Columbia')
    return { taxName1: 'GST', taxAmount1: '5', taxName2: 'PST', taxAmount2: '7' };
  return {};
};

const linesFor = ({ random }: Draft, client: Row): readonly Row[] =>
  Array.from({ length: random.between(1, 5) }, () => ({
    type: 0,
    name: random.pick(services),
    description: `${random.pick(services)}, as agreed`,
    qty: String(random.chance(0.2) ? random.between(1, 30) / 4 : random.between(1, 12)),
    unit_cost: { amount: (random.between(2_500, 42_000) / 100).toFixed(2) },
    ...taxesFor(client),
  }));

const invoiceFields = (draft: Draft, client: Row, index: number, moment: number, fate: Fate): Row => {
  const { random } = draft;
  return {
    customerid: Number(client['id']),
    create_date: easternDay(moment),
    due_offset_days: random.pick([0, 14, 30, 30, 45]),
    discount_value: random.chance(0.08) ? String(random.pick([5, 10, 12.5])) : '0',
    invoice_number: String(index + 1).padStart(7, '0'),
    notes: random.chance(0.3) ? 'Thank you for your business.' : '',
    status: fate === 'draft' ? 1 : random.chance(0.4) ? 3 : 2,
    lines: linesFor(draft, client),
  };
};

const sharesOf: Readonly<Record<Fate, readonly number[]>> = {
  draft: [],
  unpaid: [],
  partial: [0.5],
  twice: [0.4, 1],
  paid: [1],
};

type Paid = { payments: readonly Row[]; last: number };

// Each share is of what is then still open, so that a fully paid invoice is paid to the cent.
const payFor = ({ at, random }: Draft, invoice: Row, created: number, fate: Fate): Paid => {
  const payments: Row[] = [];
  let last = created;
  let open = new Big(amountOf(invoice, 'outstanding'));
  for (const share of sharesOf[fate]) {
    last = Math.min(last + random.between(1, 25) * dayLength, bookEnd - 3_600_000);
    const amount = open.times(share).toFixed(2);
    open = open.minus(amount);
    const books = at(last);
    const fields = {
      invoiceid: Number(invoice['id']),
      amount: { amount },
      date: addDays(easternDay(last), 0),
      type: random.pick(['Check', 'Bank Transfer', 'Credit Card', 'VISA', 'PayPal', 'Cash']),
      note: '',
    };
    const payment = newPayment(fields, books);
    books.rows('payments').put(payment);
    payments.push(payment);
  }
  return { payments, last };
};

/** Makes the invoices in order of date, with their payments; gives the latest invoice of each client. */
export const makeInvoices = (draft: Draft): ReadonlyMap<number, number> => {
  const { at, random, sizes } = draft;
  const latest = new Map<number, number>();
  const clients = at(bookStart).rows('clients').ascending();
  const span = (bookEnd - bookStart) / dayLength - 2;
  for (let index = 0; index < sizes.invoices; index += 1) {
    const day = Math.floor((index / sizes.invoices) * span);
    const moment =
      bookStart + day * dayLength + random.between(0, 8 * 3_600) * 1_000 + random.between(0, 999);
    const arrived = Math.min(clients.length, Math.ceil(clients.length * (0.2 + (0.8 * day) / 730)));
    const client = clients[random.between(0, Math.max(0, arrived - 1))];
    if (!client) continue;
    const fate = fateOf(draft);
    const books = at(moment);
    const invoice = newInvoice(invoiceFields(draft, client, index, moment, fate), books);
    books.rows('invoices').put(invoice);
    const { payments, last } = payFor(draft, invoice, moment, fate);
    books.rows('invoices').put(touchInvoice(settleInvoice(invoice, payments, at(bookEnd)), at(last)));
    latest.set(Number(client['id']), moment);
  }
  return latest;
};
