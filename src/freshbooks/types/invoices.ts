import { Big } from 'big.js';
import * as z from 'zod';
import { asNumber, percentOf, sum, zero } from '../../domain/money.ts';
import type { TaxIndex } from '../tax-index.ts';
import { type InvoiceAmounts, invoiceAmounts, type LineInput } from './invoice-amounts.ts';
import { invoiceIgnored, v3Statuses } from './invoice-fates.ts';
import { InvoiceLine, type ReadLine, readLine, toLineItem } from './invoice-lines.ts';
import { type RowType, visStates } from './mapping.ts';
import type { Allocation } from './payments.ts';
import {
  amountOf,
  currency,
  dateOf,
  Id,
  Money,
  moneyAmount,
  moneyCode,
  noDate,
  OptionalDecimal,
  orZero,
  present,
  reference,
  required,
  stampOf,
  Text,
  text,
  Whole,
  whole,
} from './wire.ts';

/** An invoice with its lines, freshbooks-api §3A.2. */
export const Invoice = z.object({
  id: Id,
  invoice_number: Text,
  customerid: Text,
  current_organization: Text,
  organization: Text,
  fname: Text,
  lname: Text,
  create_date: Text,
  created_at: Text,
  due_date: Text,
  date_paid: Text,
  currency_code: Text,
  amount: Money,
  paid: Money,
  outstanding: Money,
  discount_total: Money,
  discount_value: OptionalDecimal,
  discount: z.object({ type: Text }).nullish().catch(undefined),
  lines: z.array(InvoiceLine).nullish(),
  status: Text,
  v3_status: Text,
  notes: Text,
  updated: Text,
  vis_state: Whole,
});
export type Invoice = z.infer<typeof Invoice>;

export const invoices = {
  schema: Invoice,
  fates: {
    mapped: [
      ...Object.keys(Invoice.shape),
      'discount.type',
      ...Object.keys(InvoiceLine.shape).map((field) => `lines.${field}`),
    ],
    ignored: invoiceIgnored,
    vocabulary: { ...visStates, status: [0, 1, 2, 3, 4, 5, 6, 7, 8], v3_status: v3Statuses },
  },
} as const satisfies RowType<Invoice>;

/** What an invoice needs of other resources. */
export type InvoiceContext = {
  taxes: TaxIndex;
  allocations: (invoice: string) => readonly Allocation[];
};

/** An invoice of the unified shape. */
export function toInvoice(invoice: Invoice, context: InvoiceContext): Record<string, unknown> {
  const id = String(invoice.id);
  const figures = figuresOf(invoice);
  const allocations = context.allocations(id);
  const status = statusOf(invoice, figures);
  return present({
    id,
    invoiceNumber: text(invoice.invoice_number),
    customerRef: customerOf(invoice),
    salesOrderRefs: [],
    issueDate: dateOf(invoice.create_date) ?? dateOf(invoice.created_at) ?? noDate,
    dueDate: dateOf(invoice.due_date),
    paidOnDate: status === 'Paid' ? (dateOf(invoice.date_paid) ?? lastPaid(allocations)) : undefined,
    currency: currency(moneyCode(invoice.amount), text(invoice.currency_code)),
    lineItems: lineItems(invoice, figures, context.taxes),
    paymentAllocations: allocations,
    withholdingTax: [],
    totalDiscount: asNumber(figures.discount),
    subTotal: figures.amounts && asNumber(figures.amounts.subTotal),
    additionalTaxAmount: 0,
    additionalTaxPercentage: 0,
    totalTaxAmount: asNumber(figures.amounts?.tax ?? zero),
    totalAmount: asNumber(figures.total),
    amountDue: asNumber(figures.due),
    discountPercentage: figures.percentage,
    status,
    note: text(invoice.notes),
    sourceModifiedDate: stampOf(invoice.updated),
  });
}

type Figures = {
  total: Big;
  paid: Big;
  due: Big;
  discount: Big;
  /** Discount in percent; absent when there is none or it is an amount. */
  percentage: number | undefined;
  lines: ReadLine[];
  /** Absent when the row came without its lines. */
  amounts: InvoiceAmounts | undefined;
};

function figuresOf(invoice: Invoice): Figures {
  const total = required(moneyAmount(invoice.amount), 'amount', invoice);
  const paid = orZero(moneyAmount(invoice.paid));
  const lines = (invoice.lines ?? []).map(readLine);
  const percentage = percentageOf(invoice);
  const given = moneyAmount(invoice.discount_total)?.abs();
  const discount = given ?? discountBy(percentage, lines);
  return {
    total,
    paid,
    due: moneyAmount(invoice.outstanding) ?? total.minus(paid),
    discount,
    percentage: percentage && asNumber(percentage),
    lines,
    amounts: invoice.lines ? invoiceAmounts(lines, total, discount) : undefined,
  };
}

/** Only for rows that give the percentage and not what it makes. */
function discountBy(percentage: Big | undefined, lines: readonly LineInput[]): Big {
  if (percentage === undefined) return zero;
  return percentOf(sum(lines.map((line) => line.amount)), percentage).round(2, Big.roundHalfUp);
}

function percentageOf(invoice: Invoice): Big | undefined {
  const type = text(invoice.discount?.type);
  const value = amountOf(invoice.discount_value);
  return value === undefined || value.eq(0) || (type !== undefined && type !== 'percent') ? undefined : value;
}

function customerOf(invoice: Invoice): Record<string, unknown> | undefined {
  const id = reference(invoice.customerid);
  if (id === undefined) return undefined;
  const person = [text(invoice.fname), text(invoice.lname)].filter((name) => name !== undefined).join(' ');
  const companyName = text(invoice.current_organization) ?? text(invoice.organization) ?? text(person);
  return present({ id, companyName });
}

function lineItems(
  invoice: Invoice,
  { lines, amounts, percentage }: Figures,
  taxes: TaxIndex,
): Record<string, unknown>[] | undefined {
  return invoice.lines?.flatMap((line, index) => {
    const read = lines[index];
    const own = amounts?.lines[index];
    return read && own ? [toLineItem(line, read, own, percentage, taxes)] : [];
  });
}

/** FreshBooks' numeric status of an invoice that nobody was sent yet; `v3_status` says the same in words. */
const draft = { number: 1, words: ['draft', 'created'] } as const;

/**
 * The amounts decide, because FreshBooks' own words (viewed, overdue, deposit-partial, autopaid …) mix what was sent
 * with what was paid, and new ones appear. A deleted invoice keeps the status it had.
 */
function statusOf(invoice: Invoice, { total, paid, due }: Figures): string {
  if (paid.lte(0) && isDraft(invoice)) return 'Draft';
  if (due.lte(0) && (!total.eq(0) || words(invoice) !== undefined)) return 'Paid';
  if (paid.gt(0) || due.lt(total)) return 'PartiallyPaid';
  return words(invoice) === undefined && text(invoice.status) === undefined ? 'Unknown' : 'Submitted';
}

function words(invoice: Invoice): string | undefined {
  return text(invoice.v3_status)?.toLowerCase();
}

function isDraft(invoice: Invoice): boolean {
  const number = whole(invoice.status);
  if (number !== undefined) return number === draft.number;
  const word = words(invoice);
  return draft.words.some((known) => known === word);
}

function lastPaid(allocations: readonly Allocation[]): string | undefined {
  const dates = allocations.flatMap(({ allocation }) => {
    const date = allocation['allocatedOnDate'];
    return typeof date === 'string' ? [date] : [];
  });
  return dates.sort().at(-1);
}
