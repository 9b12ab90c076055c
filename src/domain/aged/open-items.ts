import type { Big } from 'big.js';
import * as z from 'zod';
import type { Day } from '../instant.ts';
import { decimal, isZero, sum, zero } from '../money.ts';

/** An amount that somebody owes, or has in advance when it is negative, since a day. */
export type OpenItem = {
  contact: { id: string; name: string | undefined } | undefined;
  currency: string;
  since: Day;
  amount: Big;
  /** What the report calls it. */
  kind: string;
};

const Contact = z
  .object({
    id: z.string(),
    companyName: z.string().nullish(),
    supplierName: z.string().nullish(),
  })
  .optional();
const Allocation = z.object({
  allocation: z.object({ allocatedOnDate: z.string().optional(), totalAmount: z.number().optional() }),
});
const Document = z.object({
  customerRef: Contact,
  supplierRef: Contact,
  issueDate: z.string().optional(),
  currency: z.string().optional(),
  status: z.string(),
  totalAmount: z.number().optional(),
  amountDue: z.number().nullish(),
  remainingCredit: z.number().optional(),
  paymentAllocations: z.array(Allocation).nullish(),
  metadata: z.object({ isDeleted: z.boolean().nullish() }).optional(),
});
const Payment = z.object({
  customerRef: Contact,
  supplierRef: Contact,
  date: z.string(),
  currency: z.string().optional(),
  lines: z
    .array(z.object({ amount: z.number(), links: z.array(z.object({ type: z.string() })).nullish() }))
    .nullish(),
  metadata: z.object({ isDeleted: z.boolean().nullish() }).optional(),
});

/**
 * What was open of an invoice, a bill or a credit note on a day: what is open now, and what was paid since. None when
 * it was not issued yet, is a draft or void, or nothing was open. A credit note's amount is negative.
 */
export function openDocument(record: unknown, on: Day, kind: string): OpenItem | undefined {
  const document = Document.parse(record);
  const since = document.issueDate?.slice(0, 10);
  const counts = !['Draft', 'Void'].includes(document.status) && document.metadata?.isDeleted !== true;
  if (since === undefined || since > on || !counts) return undefined;
  const later = (document.paymentAllocations ?? []).map(({ allocation }) =>
    (allocation.allocatedOnDate?.slice(0, 10) ?? '') > on ? decimal(allocation.totalAmount ?? 0).abs() : zero,
  );
  const { remainingCredit } = document;
  const now = decimal(remainingCredit ?? document.amountDue ?? 0);
  const open = now.plus(sum(later)).times(remainingCredit === undefined ? 1 : -1);
  return item(document, { since, amount: open, kind });
}

/**
 * The same of an invoice. What was paid on one beyond what it asked for is a credit note of its own in FreshBooks, and
 * would count twice.
 */
export function openInvoice(record: unknown, on: Day): OpenItem | undefined {
  const open = openDocument(record, on, 'Invoices');
  const overpaid = open?.amount.lt(0) === true && (Document.parse(record).totalAmount ?? 0) >= 0;
  return overpaid ? undefined : open;
}

/** What of a payment is on no document: the payer has it in advance. */
export function openPayment(record: unknown, on: Day, documents: string): OpenItem | undefined {
  const payment = Payment.parse(record);
  const since = payment.date.slice(0, 10);
  if (since > on || payment.metadata?.isDeleted === true) return undefined;
  const unlinked = (payment.lines ?? []).filter(
    ({ links }) => !(links ?? []).some(({ type }) => type === documents),
  );
  const amount = sum(unlinked.map((line) => decimal(line.amount))).times(-1);
  return item(payment, { since, amount, kind: 'Payments' });
}

type Owner = Pick<z.infer<typeof Document>, 'customerRef' | 'supplierRef' | 'currency'>;

function item(owner: Owner, what: Pick<OpenItem, 'since' | 'amount' | 'kind'>): OpenItem | undefined {
  if (isZero(what.amount)) return undefined;
  const ref = owner.customerRef ?? owner.supplierRef;
  const contact = ref && { id: ref.id, name: ref.companyName ?? ref.supplierName ?? undefined };
  return { ...what, contact, currency: owner.currency ?? 'XXX' };
}
