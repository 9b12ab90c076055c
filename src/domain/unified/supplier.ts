import * as z from 'zod';
import { Address, recordDates, SupplementalData } from './parts.ts';

/** Whom something is bought from: a vendor of bills, or one that expenses name. */
export const Supplier = z.strictObject({
  id: z.string(),
  supplierName: z.string().nullable().optional(),
  contactName: z.string().nullable().optional(),
  emailAddress: z.string().nullable().optional(),
  phone: z.string().nullable().optional(),
  addresses: z.array(Address).nullable().optional(),
  registrationNumber: z.string().nullable().optional(),
  taxNumber: z.string().nullable().optional(),
  status: z.enum(['Unknown', 'Active', 'Archived']),
  defaultCurrency: z.string().nullable().optional(),
  supplementalData: SupplementalData.optional(),
  ...recordDates,
});
