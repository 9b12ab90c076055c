import * as z from 'zod';
import { invoiceIgnored } from './invoice-fates.ts';
import { InvoiceLine } from './invoice-lines.ts';
import { type RowType, servedRaw, visStates } from './mapping.ts';
import { Flag, Id, Money, Text, Whole } from './wire.ts';

/** A template from which FreshBooks makes invoices again and again, freshbooks-api §3A.3; served raw. */
export const InvoiceProfile = z.object({
  id: Id,
  customerid: Text,
  frequency: Text,
  numberRecurring: Whole,
  amount: Money,
  lines: z.array(InvoiceLine).nullish(),
  disable: Flag,
  updated: Text,
  vis_state: Whole,
});
export type InvoiceProfile = z.infer<typeof InvoiceProfile>;

const peculiar = [
  ...['id', 'profileid', 'customerid', 'organization', 'fname', 'lname', 'frequency', 'numberRecurring'],
  ...['occurrences_to_date', 'create_date', 'updated', 'amount', 'currency_code', 'discount_total'],
  ...['discount_value', 'bill_gateway', 'disable', 'include_unbilled_time', 'notes', 'require_auto_bill'],
  ...['retainer_id', 'send_email', 'send_gmail', 'total_accrued_revenue', 'tracking', 'project_format'],
  ...['vis_state', 'lines.profileid', ...Object.keys(InvoiceLine.shape).map((field) => `lines.${field}`)],
];

export const invoiceProfiles = {
  schema: InvoiceProfile,
  fates: servedRaw([...peculiar, ...Object.keys(invoiceIgnored)], visStates),
} as const satisfies RowType<InvoiceProfile>;
