import * as z from 'zod';
import { Currency, DateTime } from './scalars.ts';

const AgedAmounts = z.array(
  z.strictObject({
    currency: Currency,
    agedOutstandingAmounts: z.array(
      z.strictObject({
        fromDate: DateTime,
        toDate: DateTime,
        amount: z.number(),
        details: z.array(z.strictObject({ name: z.string(), amount: z.number() })),
      }),
    ),
  }),
);

const head = { generated: DateTime, reportDate: DateTime };

/** What each customer owes, by the age of the invoices; what they have in advance is negative. */
export const AgedDebtorReport = z.strictObject({
  ...head,
  data: z.array(
    z.strictObject({
      customerId: z.string().optional(),
      customerName: z.string().optional(),
      agedCurrencyOutstanding: AgedAmounts,
    }),
  ),
});
export type AgedDebtorReport = z.infer<typeof AgedDebtorReport>;

/** What is owed to each supplier, by the age of the bills. */
export const AgedCreditorReport = z.strictObject({
  ...head,
  data: z.array(
    z.strictObject({
      supplierId: z.string().optional(),
      supplierName: z.string().optional(),
      agedCurrencyOutstanding: AgedAmounts,
    }),
  ),
});
export type AgedCreditorReport = z.infer<typeof AgedCreditorReport>;
