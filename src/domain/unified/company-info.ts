import * as z from 'zod';
import { Address, PhoneNumber, SupplementalData, WebLink } from './parts.ts';
import { DateTime } from './scalars.ts';

/** The business whose books these are. A single object, not a list: it has no id and no dates of a record. */
export const CompanyInfo = z.strictObject({
  companyName: z.string().nullable().optional(),
  accountingPlatformRef: z.string().nullable().optional(),
  companyLegalName: z.string().nullable().optional(),
  addresses: z.array(Address).nullable().optional(),
  phoneNumbers: z.array(PhoneNumber).nullable().optional(),
  webLinks: z.array(WebLink).nullable().optional(),
  ledgerLockDate: DateTime.optional(),
  registrationNumber: z.string().nullable().optional(),
  taxNumber: z.string().nullable().optional(),
  financialYearStartDate: DateTime.optional(),
  baseCurrency: z.string().nullable().optional(),
  sourceUrls: z.record(z.string(), z.string()).nullable().optional(),
  createdDate: DateTime.optional(),
  supplementalData: SupplementalData.optional(),
});
export type CompanyInfo = z.infer<typeof CompanyInfo>;
