import * as z from 'zod';
import { AccountRef, PaymentMethodRef, recordDates, SupplementalData, SupplierRef } from './parts.ts';
import { Currency, CurrencyRate, DateTime } from './scalars.ts';

const linkTypes = z.enum([
  'Unknown',
  'Unlinked',
  'Bill',
  'Other',
  'CreditNote',
  'BillPayment',
  'PaymentOnAccount',
  'Refund',
  'ManualJournal',
  'Discount',
]);

/** Money paid to a supplier, and for which bill. A line's amount and its links add up to zero. */
export const BillPayment = z.strictObject({
  id: z.string(),
  supplierRef: SupplierRef.optional(),
  accountRef: AccountRef.optional(),
  totalAmount: z.number().optional(),
  currency: Currency.optional(),
  currencyRate: CurrencyRate.nullable().optional(),
  date: DateTime,
  note: z.string().nullable().optional(),
  paymentMethodRef: PaymentMethodRef.optional(),
  lines: z
    .array(
      z.strictObject({
        amount: z.number(),
        links: z
          .array(
            z.strictObject({
              type: linkTypes,
              id: z.string().nullable().optional(),
              amount: z.number().nullable().optional(),
              currencyRate: CurrencyRate.nullable().optional(),
            }),
          )
          .nullable()
          .optional(),
        allocatedOnDate: DateTime.optional(),
      }),
    )
    .nullable()
    .optional(),
  reference: z.string().nullable().optional(),
  supplementalData: SupplementalData.optional(),
  ...recordDates,
});
