import { Big } from 'big.js';
import { amountOf, type Row, textOf } from '../json.ts';

const disputed = 0;
const draft = 1;
const sent = 2;
const paid = 4;
const shownAs: Readonly<Record<number, string>> = {
  0: 'disputed',
  1: 'draft',
  2: 'sent',
  3: 'viewed',
  4: 'paid',
};

/**
 * The statuses of an invoice (§3A.2), from its own status number, its money and the day: recorded bodies show
 * `overdue` beating `partial` once the due date is past (of an invoice of 0.00 too), and a part-paid
 * invoice keeping status 2. A row's statuses
 * are worked out when it is written; they do not move by themselves at midnight.
 */
export const invoiceStatuses = (invoice: Row, today: string, lastPayment: string | undefined): Row => {
  const amount = new Big(amountOf(invoice, 'amount'));
  const received = new Big(amountOf(invoice, 'paid'));
  const full = received.gt(0) && received.gte(amount);
  const status = settledStatus(Number(invoice['status']), full, received.gt(0));
  const overdue = !full && status !== draft && status !== disputed && textOf(invoice, 'due_date') < today;
  const partial = received.gt(0) && !full && status !== disputed;
  const display = shownAs[status] ?? 'sent';
  return {
    date_paid: full ? (lastPayment ?? null) : null,
    display_status: display,
    payment_status: full ? 'paid' : partial ? 'partial' : 'unpaid',
    status,
    v3_status: overdue ? 'overdue' : partial ? 'partial' : display,
  };
};

// A payment on a draft sends it; an invoice that stops being paid is a sent one again.
const settledStatus = (status: number, full: boolean, any: boolean): number => {
  if (full) return paid;
  if (status === paid || (status === draft && any)) return sent;
  return status;
};
