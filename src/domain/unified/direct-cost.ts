import * as z from 'zod';
import {
  AccountRef,
  ContactRef,
  ItemRef,
  PaymentAllocation,
  RecordRef,
  recordDates,
  SupplementalData,
  TaxRateRef,
  TrackingCategoryRef,
} from './parts.ts';
import { Currency, CurrencyRate, DateTime } from './scalars.ts';

/** Something bought and paid at once: a FreshBooks expense. */
export const DirectCost = z.strictObject({
  id: z.string(),
  reference: z.string().nullable().optional(),
  note: z.string().nullable().optional(),
  contactRef: ContactRef.optional(),
  issueDate: DateTime,
  currency: Currency,
  currencyRate: CurrencyRate.nullable().optional(),
  lineItems: z.array(
    z.strictObject({
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
      tracking: z
        .strictObject({
          recordRefs: z.array(
            z.strictObject({
              id: z.string().optional(),
              dataType: z.enum(['customers', 'suppliers', 'trackingCategories']).optional(),
            }),
          ),
          invoiceTo: RecordRef.optional(),
        })
        .optional(),
    }),
  ),
  paymentAllocations: z.array(PaymentAllocation),
  subTotal: z.number(),
  taxAmount: z.number(),
  totalAmount: z.number(),
  supplementalData: SupplementalData.optional(),
  ...recordDates,
});
export type DirectCost = z.infer<typeof DirectCost>;
