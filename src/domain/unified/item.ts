import * as z from 'zod';
import { AccountRef, recordDates, TaxRateRef } from './parts.ts';

const Terms = z.strictObject({
  description: z.string().nullable().optional(),
  unitPrice: z.number().nullable().optional(),
  accountRef: AccountRef.optional(),
  taxRateRef: TaxRateRef.optional(),
});

/** Something that is sold again and again: a FreshBooks item, service or task. */
export const Item = z.strictObject({
  id: z.string(),
  name: z.string().nullable().optional(),
  code: z.string().nullable().optional(),
  itemStatus: z.enum(['Unknown', 'Active', 'Archived']),
  type: z.enum(['Unknown', 'Inventory', 'NonInventory', 'Service']),
  isBillItem: z.boolean(),
  billItem: Terms.optional(),
  isInvoiceItem: z.boolean(),
  invoiceItem: Terms.optional(),
  ...recordDates,
});
