import * as z from 'zod';
import { recordDates, SupplementalData, ValidDataTypeLinks } from './parts.ts';
import { Currency } from './scalars.ts';

/** An account of the chart of accounts, or one below another (`1200-1`). */
export const Account = z.strictObject({
  id: z.string().optional(),
  nominalCode: z.string().nullable().optional(),
  name: z.string().nullable().optional(),
  description: z.string().nullable().optional(),
  fullyQualifiedCategory: z.string().nullable().optional(),
  fullyQualifiedName: z.string().nullable().optional(),
  currency: Currency.optional(),
  currentBalance: z.number().nullable().optional(),
  type: z.enum(['Unknown', 'Asset', 'Expense', 'Income', 'Liability', 'Equity']).optional(),
  status: z.enum(['Unknown', 'Active', 'Archived', 'Pending']).optional(),
  isBankAccount: z.boolean().optional(),
  validDatatypeLinks: ValidDataTypeLinks.optional(),
  supplementalData: SupplementalData.optional(),
  ...recordDates,
});
