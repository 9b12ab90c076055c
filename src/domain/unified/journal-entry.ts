import * as z from 'zod';
import { AccountRef, ContactRef, recordDates, SupplementalData } from './parts.ts';
import { DateTime } from './scalars.ts';

const bookedFor = z.enum([
  'bankTransactions',
  'billCreditNotes',
  'billPayments',
  'bills',
  'creditNotes',
  'directCosts',
  'directIncomes',
  'invoices',
  'journalEntries',
  'payments',
  'transfers',
]);

/** Debit is positive, credit negative. */
const JournalLine = z.strictObject({
  description: z.string().nullable().optional(),
  netAmount: z.number(),
  transactionAmount: z.number().optional(),
  currency: z.string().nullable().optional(),
  transactionCurrency: z.string().nullable().optional(),
  accountRef: AccountRef.optional(),
  tracking: z
    .strictObject({
      recordRefs: z
        .array(
          z.strictObject({
            id: z.string().optional(),
            dataType: z.enum(['customers', 'suppliers', 'trackingCategories']).optional(),
          }),
        )
        .nullable()
        .optional(),
    })
    .optional(),
  contactRef: ContactRef.optional(),
});

/** An entry of the journal: its lines add up to zero. Without a `recordRef` somebody made it by hand. */
export const JournalEntry = z.strictObject({
  id: z.string(),
  description: z.string().nullable().optional(),
  postedOn: DateTime.optional(),
  createdOn: DateTime.optional(),
  updatedOn: DateTime.optional(),
  journalRef: z.strictObject({ id: z.string(), name: z.string().nullable().optional() }).optional(),
  journalLines: z.array(JournalLine).nullable().optional(),
  recordRef: z.strictObject({ id: z.string().optional(), dataType: bookedFor.optional() }).optional(),
  supplementalData: SupplementalData.optional(),
  ...recordDates,
});
