import * as z from 'zod';
import { InvoiceLine } from './invoice.ts';
import { CustomerRef, PaymentAllocation, recordDates, SupplementalData, WithholdingTax } from './parts.ts';
import { Currency, CurrencyRate, DateTime } from './scalars.ts';

/** What a customer is owed: it is spent on invoices, and `remainingCredit` is what is left. */
export const CreditNote = z.strictObject({
  id: z.string(),
  creditNoteNumber: z.string().nullable().optional(),
  customerRef: CustomerRef.optional(),
  withholdingTax: WithholdingTax.optional(),
  totalAmount: z.number(),
  totalDiscount: z.number(),
  subTotal: z.number(),
  additionalTaxAmount: z.number().optional(),
  additionalTaxPercentage: z.number().optional(),
  totalTaxAmount: z.number(),
  discountPercentage: z.number(),
  remainingCredit: z.number(),
  status: z.enum(['Unknown', 'Draft', 'Submitted', 'Paid', 'Void', 'PartiallyPaid']),
  issueDate: DateTime.optional(),
  allocatedOnDate: DateTime.optional(),
  currency: Currency.optional(),
  currencyRate: CurrencyRate.nullable().optional(),
  lineItems: z.array(InvoiceLine).nullable().optional(),
  /** The allocations are positive: so much of the credit is spent. */
  paymentAllocations: z.array(PaymentAllocation).nullable().optional(),
  note: z.string().nullable().optional(),
  supplementalData: SupplementalData.optional(),
  ...recordDates,
});
