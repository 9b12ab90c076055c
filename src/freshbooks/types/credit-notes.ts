import type { Big } from 'big.js';
import * as z from 'zod';
import { asNumber, sum, zero } from '../../domain/money.ts';
import type { TaxIndex } from '../tax-index.ts';
import { invoiceAmounts } from './invoice-amounts.ts';
import { InvoiceLine, type ReadLine, readLine, toLineItem } from './invoice-lines.ts';
import { because, type RowType, visStates } from './mapping.ts';
import type { Allocation } from './payments.ts';
import {
  currency,
  dateOf,
  Id,
  Money,
  moneyAmount,
  moneyCode,
  present,
  reference,
  required,
  Text,
  text,
  Whole,
} from './wire.ts';

/** A credit note with its lines, freshbooks-api §3A.5. Nothing in it says when it last changed. */
export const CreditNote = z.object({
  id: Id,
  credit_number: Text,
  clientid: Text,
  current_organization: Text,
  organization: Text,
  fname: Text,
  lname: Text,
  create_date: Text,
  currency_code: Text,
  amount: Money,
  paid: Money,
  lines: z.array(InvoiceLine).nullish(),
  status: Text,
  display_status: Text,
  notes: Text,
  vis_state: Whole,
});
export type CreditNote = z.infer<typeof CreditNote>;

export const creditNotes = {
  schema: CreditNote,
  fates: {
    mapped: [
      ...Object.keys(CreditNote.shape),
      ...Object.keys(InvoiceLine.shape).map((field) => `lines.${field}`),
    ],
    ignored: {
      creditid: because.duplicateId,
      uuid: because.duplicateId,
      accounting_systemid: because.account,
      city: because.noPlace,
      code: because.noPlace,
      country: because.noPlace,
      province: because.noPlace,
      street: because.noPlace,
      street2: because.noPlace,
      credit_type: because.noPlace,
      description: because.computed,
      dispute_status: because.noPlace,
      ext_archive: because.presentation,
      language: because.presentation,
      last_order_status: because.internal,
      payment_status: because.computed,
      payment_type: because.noPlace,
      sentid: because.mail,
      template: because.presentation,
      terms: because.noPlace,
      vat_name: because.presentation,
      vat_number: because.noPlace,
      'lines.creditid': because.duplicateId,
      'lines.lineid': because.internal,
      'lines.taskno': because.internal,
      'lines.type': because.noPlace,
      'lines.updated': because.internal,
    },
    vocabulary: visStates,
  },
} as const satisfies RowType<CreditNote>;

/** What a credit note needs of other resources. */
export type CreditNoteContext = {
  taxes: TaxIndex;
  /** What was spent of it, and on which payment. */
  allocations: (creditNote: string) => readonly Allocation[];
};

/** A credit note of the unified shape. */
export function toCreditNote(note: CreditNote, context: CreditNoteContext): Record<string, unknown> {
  const id = String(note.id);
  const lines = (note.lines ?? []).map(readLine);
  const total = moneyAmount(note.amount) ?? (lines.length > 0 ? totalOf(lines) : undefined);
  const amount = required(total, 'amount', note);
  const amounts = note.lines ? invoiceAmounts(lines, amount, zero) : undefined;
  const spent = moneyAmount(note.paid) ?? zero;
  return present({
    id,
    creditNoteNumber: text(note.credit_number),
    customerRef: customerOf(note),
    withholdingTax: [],
    totalAmount: asNumber(amount),
    totalDiscount: 0,
    subTotal: asNumber(amounts?.subTotal ?? amount),
    additionalTaxAmount: 0,
    additionalTaxPercentage: 0,
    totalTaxAmount: asNumber(amounts?.tax ?? zero),
    discountPercentage: 0,
    remainingCredit: asNumber(amount.minus(spent)),
    status: statusOf(note, amount, spent),
    issueDate: dateOf(note.create_date),
    currency: currency(moneyCode(note.amount), text(note.currency_code)),
    lineItems: note.lines?.flatMap((line, index) => {
      const [read, own] = [lines[index], amounts?.lines[index]];
      return read && own ? [toLineItem(line, read, own, undefined, context.taxes)] : [];
    }),
    paymentAllocations: context.allocations(id),
    note: text(note.notes),
  });
}

/** For replies that give the lines and not what they make together. */
function totalOf(lines: readonly ReadLine[]): Big {
  const gross = sum(lines.map((line) => line.amount));
  return gross.plus(invoiceAmounts(lines, gross, zero).tax);
}

function customerOf(note: CreditNote): Record<string, unknown> | undefined {
  const id = reference(note.clientid);
  if (id === undefined) return undefined;
  const person = [text(note.fname), text(note.lname)].filter((name) => name !== undefined).join(' ');
  const companyName = text(note.current_organization) ?? text(note.organization) ?? text(person);
  return present({ id, companyName });
}

/** The amounts decide, as they do for invoices. */
function statusOf(note: CreditNote, total: Big, spent: Big): string {
  const word = (text(note.display_status) ?? text(note.status))?.toLowerCase();
  if (spent.lte(0)) return word === 'draft' ? 'Draft' : 'Submitted';
  return spent.gte(total) ? 'Paid' : 'PartiallyPaid';
}
