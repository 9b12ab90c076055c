import * as z from 'zod';
import { invoiceIgnored } from './invoice-fates.ts';
import { InvoiceLine } from './invoice-lines.ts';
import { type RowType, servedRaw, visStates } from './mapping.ts';
import { Id, Money, Text, Whole } from './wire.ts';

/** An estimate with its lines, freshbooks-api §3A.4; served raw. */
export const Estimate = z.object({
  id: Id,
  estimate_number: Text,
  customerid: Text,
  amount: Money,
  lines: z.array(InvoiceLine).nullish(),
  updated: Text,
  vis_state: Whole,
});
export type Estimate = z.infer<typeof Estimate>;

const peculiar = [
  ...['id', 'estimateid', 'estimate_number', 'customerid', 'current_organization', 'organization', 'fname'],
  ...['lname', 'accepted', 'invoiced', 'create_date', 'created_at', 'updated', 'amount', 'currency_code'],
  ...['discount_total', 'discount_value', 'modern_projectid', 'notes', 'reply_status', 'status', 'ui_status'],
  ...['require_client_signature', 'rich_proposal', 'v3_status', 'vis_state'],
  'lines.estimateid',
  ...Object.keys(InvoiceLine.shape).map((field) => `lines.${field}`),
];

export const estimates = {
  schema: Estimate,
  fates: servedRaw([...peculiar, ...Object.keys(invoiceIgnored)], {
    ...visStates,
    status: [1, 2, 3, 4, 5, 6],
  }),
} as const satisfies RowType<Estimate>;
