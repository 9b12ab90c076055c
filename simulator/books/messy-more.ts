import { Big } from 'big.js';
import { addDays, easternDay } from '../eastern-time.ts';
import { amountOf, type Row, textOf, without } from '../json.ts';
import { newBillPayment } from '../resources/bill-payments.ts';
import { newBillVendor } from '../resources/bill-vendors.ts';
import { newBill, resettleBill } from '../resources/bills.ts';
import { creditOverpayment, newCreditNote } from '../resources/credit-notes.ts';
import { newEstimate } from '../resources/estimates.ts';
import { newInvoiceProfile } from '../resources/invoice-profiles.ts';
import { newItem } from '../resources/items.ts';
import { newOtherIncome } from '../resources/other-income.ts';
import type { Books } from '../resources/resource.ts';
import { newTask, serviceOf } from '../resources/tasks.ts';
import { bookEnd, bookStart, dayLength } from './book-span.ts';
import type { Draft } from './draft.ts';
import { makeOpening } from './make-opening.ts';
import { makeTeam } from './make-team.ts';
import { makeProjects, makeRetainers } from './make-work.ts';

const line = (name: string, qty: string, amount: string, extra: Row = {}): Row => ({
  name,
  qty,
  unit_cost: { amount },
  ...extra,
});
const quebec = { taxName1: 'TPS', taxAmount1: '5', taxName2: 'TVQ', taxAmount2: '9.975' };
const client = (books: Books, at: number): Row => books.rows('clients').ascending()[at] ?? {};

// One made from an overpayment, the one that a payment of the book was made with, and three nobody used.
const makeCredits = ({ at }: Draft): void => {
  const books = at(bookStart + 500 * dayLength);
  const { rows } = books;
  for (const payment of rows('payments').ascending()) {
    const invoice = rows('invoices').get(Number(payment['invoiceid'])) ?? {};
    const over = new Big(amountOf(invoice, 'outstanding')).times(-1);
    if (payment['overpaymentid'] !== null && over.gt(0)) creditOverpayment(payment, over, books);
  }
  const base = { create_date: '2024-12-31' };
  const used = rows('payments')
    .ascending()
    .find((row) => row['creditid'] !== null);
  const known = { ...base, clientid: used?.['clientid'] ?? null, lines: [line('Geste', '1', '35.00')] };
  const { code } = { code: 'CAD', ...rowOf(used?.['amount']) };
  rows('credit_notes').put(
    newCreditNote({ ...known, currency_code: code }, books, Number(used?.['creditid'])),
  );
  const others: readonly Row[] = [
    {
      clientid: client(books, 0)['id'] ?? null,
      credit_type: 'prepayment',
      lines: [line('預金', '1', '120.00')],
    },
    { clientid: client(books, 3)['id'] ?? null, lines: [line('خصم', '1.5', '10.125')] },
    { clientid: client(books, 0)['id'] ?? null, vis_state: 1, lines: [line('Effacé', '1', '9.99')] },
    { clientid: client(books, 0)['id'] ?? null, vis_state: 2, lines: [line('Archivé', '1', '5.00', quebec)] },
  ];
  for (const fields of others) rows('credit_notes').put(newCreditNote({ ...base, ...fields }, books));
};

const rowOf = (value: unknown): Row => (typeof value === 'object' && value !== null ? { ...value } : {});

const vendors: readonly Row[] = [
  { vendor_name: 'Café <b>Paris</b>', currency_code: 'EUR', note: 'x'.repeat(5_000) },
  { vendor_name: 'Грузовик', phone: '', postal_code: 'H2X 1Y4' },
  { vendor_name: '山手線', currency_code: 'JPY' },
  { vendor_name: 'Dépanneur', vis_state: 1 },
  { vendor_name: 'Grenier', vis_state: 2 },
];

// Each bill: which vendor, its lines, what was paid on it.
const bills: readonly { vendor: number; fields?: Row; lines: readonly Row[]; paid?: readonly Row[] }[] = [
  {
    vendor: 0,
    lines: [{ quantity: '1', unit_cost: { amount: '60.00' } }],
    paid: [{ amount: { amount: '60.00' } }],
  },
  {
    vendor: 1,
    lines: [
      {
        quantity: '3',
        unit_cost: { amount: '33.33' },
        tax_name1: 'TPS',
        tax_percent1: '5',
        tax_name2: 'TVQ',
        tax_percent2: '9.975',
      },
      { quantity: '1', unit_cost: { amount: '-10.00' }, description: 'Rabais' },
    ],
    paid: [{ amount: { amount: '20.00' } }, { amount: { amount: '5.55' }, vis_state: 1, note: null }],
  },
  { vendor: 2, lines: [{ quantity: '0.5', unit_cost: { amount: '15001' } }] },
  { vendor: 3, lines: [{ quantity: '1', unit_cost: { amount: '44.00' } }], fields: { vis_state: 1 } },
  { vendor: 4, lines: [{ quantity: '2', unit_cost: { amount: '8.00' } }], fields: { vis_state: 2 } },
];

const makeBills = ({ at }: Draft): void => {
  const first = at(bookStart + 40 * dayLength);
  const made = vendors.map((fields) => newBillVendor(fields, first));
  for (const vendor of made) first.rows('bill_vendors').put(vendor);
  const categories = first.rows('expense_categories').ascending();
  bills.forEach(({ vendor, fields = {}, lines, paid = [] }, index) => {
    const books = at(bookStart + (index + 3) * 71 * dayLength);
    const issue_date = easternDay(books.at);
    const categoryid = categories[index % categories.length]?.['id'] ?? null;
    const written = {
      vendorid: made[vendor]?.['vendorid'] ?? null,
      issue_date,
      bill_number: `É-${index}`,
      lines: lines.map((row) => ({ categoryid, ...row })),
      ...fields,
    };
    const bill = newBill(written, books);
    books.rows('bills').put(bill);
    const billid = Number(bill['id']);
    for (const payment of paid) {
      const sent = { billid, paid_date: addDays(issue_date, 20), payment_type: 'Check', ...payment };
      books.rows('bill_payments').put(newBillPayment(sent, books));
    }
    resettleBill(billid, at(bookEnd));
  });
};

const makeOffers = ({ at }: Draft): void => {
  const books = at(bookStart + 700 * dayLength);
  const to = (index: number) => ({
    customerid: client(books, index)['id'] ?? null,
    create_date: '2025-10-01',
  });
  const estimates: readonly Row[] = [
    {
      ...to(0),
      status: 5,
      accepted: true,
      lines: [line('Composée', '3', '33.33', { ...quebec, compounded_tax: true })],
    },
    { ...to(1), status: 2, lines: [line('見積', '1', '90000')] },
    { ...to(4), lines: [], terms: '<b>terms</b>', vis_state: 1 },
    { ...to(0), lines: [line('Grenier', '1', '1.00')], vis_state: 2 },
  ];
  for (const fields of estimates) {
    const row = newEstimate(fields, books);
    books.rows('estimates').put(fields['vis_state'] === 2 ? without(row, 'modern_projectid') : row);
  }
  for (const extra of [{}, { disable: true, frequency: '2w' }, { vis_state: 1 }]) {
    const fields = {
      ...to(0),
      create_date: '2026-12-24',
      frequency: 'y',
      lines: [line('Abonnement', '1', '12.00', quebec)],
    };
    books.rows('invoice_profiles').put(newInvoiceProfile({ ...fields, ...extra }, books));
  }
};

const makeTasks = ({ at }: Draft): void => {
  const books = at(bookStart + 300 * dayLength);
  const { rows } = books;
  for (const fields of [
    { name: 'Heures' },
    { name: '<i>Odd</i>', billable: false },
    { name: 'Vieux', vis_state: 2 },
  ]) {
    const task = newTask({ description: '', rate: { amount: '80' }, ...fields }, books);
    const { service, rate } = serviceOf(task, books.businessId);
    rows('tasks').put(textOf(task, 'name') === 'Vieux' ? without(task, 'tax1', 'tax2') : task);
    rows('services').put(service);
    rows('service_rates').put(rate);
  }
};

const makeRest = ({ at }: Draft): void => {
  const books = at(bookStart + 300 * dayLength);
  const { rows } = books;
  rows('items').put(
    newItem({ name: 'Boîte', qty: '2.5', inventory: '4', unit_cost: { amount: '9.995' } }, books),
  );
  rows('items').put(without(newItem({ name: '箱', unit_cost: { amount: '1', code: 'JPY' } }, books), 'sku'));
  rows('items').put(newItem({ name: 'Partie', vis_state: 1 }, books));
  const date = easternDay(books.at);
  const incomes: readonly Row[] = [
    {
      amount: { amount: '113.00' },
      source: 'Marché',
      taxes: [
        { name: 'TPS', amount: '3' },
        { name: 'TVQ', amount: '10' },
      ],
    },
    { amount: { amount: '80.00', code: 'EUR' }, category_name: 'rentals', payment_type: 'PayPal', note: '' },
    { amount: { amount: '-4.00' }, category_name: 'other', source: 'Retour' },
  ];
  for (const fields of incomes) rows('other_income').put(newOtherIncome({ date, ...fields }, books));
};

/** What messy books have besides invoices and expenses. */
export const makeMessyMore = (draft: Draft): void => {
  makeTeam(draft, 3);
  makeOpening(draft, '1000.00');
  makeCredits(draft);
  makeBills(draft);
  makeOffers(draft);
  makeTasks(draft);
  makeRest(draft);
  makeProjects(draft, 4);
  makeRetainers(draft, 2);
};
