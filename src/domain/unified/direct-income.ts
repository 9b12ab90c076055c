import * as z from 'zod';
import {
  AccountRef,
  ContactRef,
  ItemRef,
  PaymentAllocation,
  recordDates,
  SupplementalData,
  TaxRateRef,
  TrackingCategoryRef,
} from './parts.ts';
import { Currency, CurrencyRate, DateTime } from './scalars.ts';

/** A line of something paid at once, bought or sold. */
export const DirectLine = z.strictObject({
  description: z.string().nullable().optional(),
  unitAmount: z.number(),
  quantity: z.number(),
  discountAmount: z.number().nullable().optional(),
  discountPercentage: z.number().nullable().optional(),
  subTotal: z.number().nullable().optional(),
  taxAmount: z.number().nullable().optional(),
  totalAmount: z.number().nullable().optional(),
  accountRef: AccountRef.optional(),
  taxRateRef: TaxRateRef.optional(),
  itemRef: ItemRef.optional(),
  trackingCategoryRefs: z.array(TrackingCategoryRef).nullable().optional(),
});

/** Something sold and paid at once: FreshBooks' other income. */
export const DirectIncome = z.strictObject({
  id: z.string(),
  reference: z.string().nullable().optional(),
  note: z.string().nullable().optional(),
  contactRef: ContactRef.optional(),
  issueDate: DateTime,
  currency: Currency,
  currencyRate: CurrencyRate.nullable().optional(),
  lineItems: z.array(DirectLine),
  paymentAllocations: z.array(PaymentAllocation),
  subTotal: z.number(),
  taxAmount: z.number(),
  totalAmount: z.number(),
  supplementalData: SupplementalData.optional(),
  ...recordDates,
});
