import type { Big } from 'big.js';
import * as z from 'zod';
import { asNumber } from '../../domain/money.ts';
import type { TaxIndex } from '../tax-index.ts';
import { BillLine, toBillLine } from './bill-lines.ts';
import { BillPayment, toBillAllocation } from './bill-payments.ts';
import { because, type RowType, visStates } from './mapping.ts';
import type { Allocation } from './payments.ts';
import {
  currency,
  dateOf,
  Id,
  isDeleted,
  Money,
  moneyAmount,
  moneyCode,
  noDate,
  orZero,
  present,
  reference,
  required,
  Text,
  text,
  utcStampOf,
  Whole,
} from './wire.ts';

/** A bill of a vendor with its lines, freshbooks-api §3A.13. `amount` is before tax, `total_amount` with it. */
export const Bill = z.object({
  id: Id,
  bill_number: Text,
  vendorid: Text,
  vendor: z.object({ vendorid: Text, vendor_name: Text }).nullish().catch(undefined),
  issue_date: Text,
  due_date: Text,
  currency_code: Text,
  amount: Money,
  tax_amount: Money,
  total_amount: Money,
  paid: Money,
  outstanding: Money,
  status: Text,
  lines: z.array(BillLine).nullish(),
  bill_payments: z.array(BillPayment).nullish().catch(undefined),
  updated_at: Text,
  vis_state: Whole,
});
export type Bill = z.infer<typeof Bill>;

export const bills = {
  schema: Bill,
  fates: {
    mapped: [...Object.keys(Bill.shape), ...Object.keys(BillLine.shape).map((field) => `lines.${field}`)],
    ignored: {
      accounting_systemid: because.account,
      attachment: because.noPlace,
      bill_payment_status: because.computed,
      created_at: because.noPlace,
      due_offset_days: because.computed,
      language: because.presentation,
      overall_category: because.computed,
      overall_description: because.computed,
      'lines.id': because.internal,
      'lines.tax_authorityid1': because.noPlace,
      'lines.tax_authorityid2': because.noPlace,
    },
    vocabulary: { ...visStates, status: ['unpaid', 'overdue', 'partial', 'paid'] },
  },
} as const satisfies RowType<Bill>;

/** What a bill needs of other resources. */
export type BillContext = {
  taxes: TaxIndex;
  vendorName: (vendor: string) => string | undefined;
  /** What was paid on it; `undefined` when no payment of it was read. */
  allocations: (bill: string) => readonly Allocation[] | undefined;
};

/** A bill of the unified shape. */
export function toBill(bill: Bill, context: BillContext): Record<string, unknown> {
  const id = String(bill.id);
  const figures = figuresOf(bill);
  const note = [...new Set((bill.lines ?? []).flatMap((line) => text(line.description) ?? []))].join('; ');
  return present({
    id,
    reference: text(bill.bill_number),
    supplierRef: supplierOf(bill, context),
    purchaseOrderRefs: [],
    issueDate: dateOf(bill.issue_date) ?? noDate,
    dueDate: dateOf(bill.due_date),
    currency: currency(moneyCode(bill.total_amount), moneyCode(bill.amount), text(bill.currency_code)),
    lineItems: bill.lines?.map((line) => toBillLine(line, context.taxes)),
    withholdingTax: [],
    status: statusOf(bill, figures),
    subTotal: asNumber(figures.total.minus(figures.tax)),
    taxAmount: asNumber(figures.tax),
    totalAmount: asNumber(figures.total),
    amountDue: asNumber(figures.due),
    note: text(note),
    paymentAllocations: context.allocations(id) ?? ownAllocations(bill),
    sourceModifiedDate: utcStampOf(bill.updated_at),
  });
}

type Figures = { total: Big; tax: Big; paid: Big; due: Big };

function figuresOf(bill: Bill): Figures {
  const tax = orZero(moneyAmount(bill.tax_amount));
  const given = moneyAmount(bill.total_amount) ?? moneyAmount(bill.amount)?.plus(tax);
  const total = required(given, 'total_amount', bill);
  const paid = orZero(moneyAmount(bill.paid));
  return { total, tax, paid, due: moneyAmount(bill.outstanding) ?? total.minus(paid) };
}

function supplierOf(bill: Bill, { vendorName }: BillContext): Record<string, unknown> | undefined {
  const id = reference(bill.vendorid) ?? reference(bill.vendor?.vendorid);
  if (id === undefined) return undefined;
  return present({ id, supplierName: vendorName(id) ?? text(bill.vendor?.vendor_name) });
}

/** The payments that came inside the bill itself. */
function ownAllocations(bill: Bill): Allocation[] {
  const live = (bill.bill_payments ?? []).filter((payment) => !isDeleted(payment.vis_state));
  return live.flatMap((payment) => toBillAllocation(payment)?.allocation ?? []);
}

/** The amounts decide; "overdue" says nothing of what was paid. A deleted bill keeps the status it had. */
function statusOf(bill: Bill, { total, paid, due }: Figures): string {
  const word = text(bill.status)?.toLowerCase();
  if (due.lte(0) && (!total.eq(0) || word === 'paid')) return 'Paid';
  if (paid.gt(0) || due.lt(total)) return 'PartiallyPaid';
  return word === undefined ? 'Unknown' : 'Open';
}
