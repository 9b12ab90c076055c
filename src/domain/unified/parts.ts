import * as z from 'zod';
import { Currency, CurrencyRate, DateTime } from './scalars.ts';

// Shapes that several data types share. A property that is not nullable is left out when it is not known: clients
// of this API refuse null there.

const Metadata = z.strictObject({ isDeleted: z.boolean().nullable().optional() });

/** What every record of a list ends with. */
export const recordDates = {
  metadata: Metadata.optional(),
  /** When our copy last changed; not when FreshBooks' record did. */
  modifiedDate: DateTime.optional(),
  sourceModifiedDate: DateTime.optional(),
};

export const SupplementalData = z.strictObject({
  content: z.record(z.string(), z.record(z.string(), z.unknown())).nullable().optional(),
});

export const Address = z.strictObject({
  type: z.enum(['Unknown', 'Billing', 'Delivery']),
  line1: z.string().nullable().optional(),
  line2: z.string().nullable().optional(),
  city: z.string().nullable().optional(),
  region: z.string().nullable().optional(),
  country: z.string().nullable().optional(),
  postalCode: z.string().nullable().optional(),
});

export const PhoneNumber = z.strictObject({
  number: z.string().nullable().optional(),
  type: z.enum(['Primary', 'Landline', 'Mobile', 'Fax', 'Unknown']),
});

export const WebLink = z.strictObject({
  type: z.enum(['Website', 'Social', 'Unknown']).optional(),
  url: z.string().optional(),
});

export const AccountRef = z.strictObject({ id: z.string().optional(), name: z.string().optional() });

export const ContactRef = z.strictObject({
  id: z.string(),
  dataType: z.enum(['customers', 'suppliers']).nullable().optional(),
});

export const CustomerRef = z.strictObject({
  id: z.string(),
  companyName: z.string().nullable().optional(),
});

export const SupplierRef = z.strictObject({
  id: z.string(),
  supplierName: z.string().nullable().optional(),
});

export const ItemRef = z.strictObject({ id: z.string(), name: z.string().nullable().optional() });

export const TaxRateRef = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  effectiveTaxRate: z.number().optional(),
});

export const TrackingCategoryRef = z.strictObject({ id: z.string(), name: z.string().nullable().optional() });

/** Tax that the payer keeps back. */
export const WithholdingTax = z.array(z.strictObject({ name: z.string(), amount: z.number() })).nullable();

export const RecordRef = z.strictObject({ id: z.string().optional(), dataType: z.string().optional() });

export const ProjectRef = z.strictObject({ id: z.string(), name: z.string().optional() });

export const PaymentMethodRef = z.strictObject({ id: z.string(), name: z.string().optional() });

/** A payment and how much of it went to the record it stands in; the allocation is negative on invoices. */
export const PaymentAllocation = z.strictObject({
  payment: z.strictObject({
    id: z.string().optional(),
    note: z.string().nullable().optional(),
    reference: z.string().nullable().optional(),
    accountRef: AccountRef.optional(),
    currency: Currency.optional(),
    currencyRate: CurrencyRate.nullable().optional(),
    paidOnDate: DateTime.optional(),
    totalAmount: z.number().optional(),
  }),
  allocation: z.strictObject({
    currency: Currency.optional(),
    currencyRate: CurrencyRate.nullable().optional(),
    allocatedOnDate: DateTime.optional(),
    totalAmount: z.number().optional(),
  }),
});

/** Which data types a record may be used with. */
export const ValidDataTypeLinks = z
  .array(
    z.strictObject({
      property: z.string().nullable().optional(),
      links: z.array(z.string()).nullable().optional(),
    }),
  )
  .nullable();
