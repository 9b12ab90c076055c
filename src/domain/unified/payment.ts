import * as z from 'zod';
import { AccountRef, CustomerRef, PaymentMethodRef, recordDates, SupplementalData } from './parts.ts';
import { Currency, CurrencyRate, DateTime } from './scalars.ts';

/** Money received from a customer, and what it was for. */
export const Payment = z.strictObject({
  id: z.string(),
  customerRef: CustomerRef.optional(),
  accountRef: AccountRef.optional(),
  paymentMethodRef: PaymentMethodRef.optional(),
  totalAmount: z.number().optional(),
  currency: Currency.optional(),
  currencyRate: CurrencyRate.nullable().optional(),
  date: DateTime,
  note: z.string().nullable().optional(),
  lines: z
    .array(
      z.strictObject({
        amount: z.number(),
        links: z
          .array(
            z.strictObject({
              type: z.enum([
                'Unknown',
                'Unlinked',
                'Invoice',
                'CreditNote',
                'Other',
                'Refund',
                'Payment',
                'PaymentOnAccount',
                'ManualJournal',
                'Discount',
              ]),
              id: z.string().optional(),
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
export type Payment = z.infer<typeof Payment>;
