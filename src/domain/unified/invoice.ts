import * as z from 'zod';
import {
  AccountRef,
  CustomerRef,
  ItemRef,
  PaymentAllocation,
  ProjectRef,
  RecordRef,
  recordDates,
  SupplementalData,
  TaxRateRef,
  TrackingCategoryRef,
  WithholdingTax,
} from './parts.ts';
import { Currency, CurrencyRate, DateTime } from './scalars.ts';

const billedTo = z.enum(['Unknown', 'NotApplicable', 'Project']);

/** One line: `subTotal` is after discount and before tax, `totalAmount` is with tax. */
export const InvoiceLine = z.strictObject({
  description: z.string().nullable().optional(),
  unitAmount: z.number(),
  quantity: z.number(),
  discountAmount: z.number().nullable().optional(),
  subTotal: z.number().nullable().optional(),
  taxAmount: z.number().nullable().optional(),
  totalAmount: z.number().nullable().optional(),
  accountRef: AccountRef.optional(),
  discountPercentage: z.number().nullable().optional(),
  taxRateRef: TaxRateRef.optional(),
  itemRef: ItemRef.optional(),
  trackingCategoryRefs: z.array(TrackingCategoryRef).nullable().optional(),
  tracking: z
    .strictObject({
      categoryRefs: z.array(TrackingCategoryRef),
      customerRef: CustomerRef.optional(),
      projectRef: ProjectRef.optional(),
      isBilledTo: billedTo,
      isRebilledTo: billedTo,
      recordRef: RecordRef.optional(),
    })
    .optional(),
  isDirectIncome: z.boolean().optional(),
});

/** A request for payment sent to a customer. */
export const Invoice = z.strictObject({
  id: z.string(),
  invoiceNumber: z.string().nullable().optional(),
  customerRef: CustomerRef.optional(),
  salesOrderRefs: z
    .array(z.strictObject({ id: z.string().optional(), dataType: z.literal('salesOrders').optional() }))
    .nullable()
    .optional(),
  issueDate: DateTime,
  dueDate: DateTime.optional(),
  paidOnDate: DateTime.optional(),
  currency: Currency.optional(),
  currencyRate: CurrencyRate.nullable().optional(),
  lineItems: z.array(InvoiceLine).nullable().optional(),
  paymentAllocations: z.array(PaymentAllocation).nullable().optional(),
  withholdingTax: WithholdingTax.optional(),
  totalDiscount: z.number().nullable().optional(),
  subTotal: z.number().nullable().optional(),
  additionalTaxAmount: z.number().optional(),
  additionalTaxPercentage: z.number().optional(),
  totalTaxAmount: z.number(),
  totalAmount: z.number(),
  amountDue: z.number(),
  discountPercentage: z.number().nullable().optional(),
  status: z.enum(['Unknown', 'Draft', 'Submitted', 'PartiallyPaid', 'Paid', 'Void']),
  note: z.string().nullable().optional(),
  supplementalData: SupplementalData.optional(),
  ...recordDates,
});
export type Invoice = z.infer<typeof Invoice>;
