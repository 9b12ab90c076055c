import * as z from 'zod';
import { Address, PhoneNumber, recordDates, SupplementalData } from './parts.ts';
import { Currency, DateTime } from './scalars.ts';

const status = z.enum(['Unknown', 'Active', 'Archived']);

/** A person or organisation that is invoiced: a FreshBooks client. */
export const Customer = z.strictObject({
  id: z.string(),
  customerName: z.string().nullable().optional(),
  contactName: z.string().nullable().optional(),
  emailAddress: z.string().nullable().optional(),
  defaultCurrency: Currency.optional(),
  phone: z.string().nullable().optional(),
  addresses: z.array(Address).nullable().optional(),
  contacts: z
    .array(
      z.strictObject({
        name: z.string().nullable().optional(),
        email: z.string().nullable().optional(),
        phone: z.array(PhoneNumber).nullable().optional(),
        address: Address.optional(),
        status,
        modifiedDate: DateTime.optional(),
      }),
    )
    .nullable()
    .optional(),
  registrationNumber: z.string().nullable().optional(),
  taxNumber: z.string().nullable().optional(),
  status,
  supplementalData: SupplementalData.optional(),
  ...recordDates,
});
export type Customer = z.infer<typeof Customer>;
