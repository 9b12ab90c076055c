import * as z from 'zod';
import type { DataType } from '../../../src/domain/data-types.ts';

/**
 * The unified shapes as the API's clients check them: nothing that is not in the shape, nothing null, amounts as
 * numbers, dates as unqualified midnights, instants of the source as UTC.
 */
const text = z.string().min(1);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}T00:00:00$/);
const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
const currency = z.string().regex(/^[A-Z]{3}$/);
const amount = z.number();
const status = z.enum(['Unknown', 'Active', 'Archived']);
const held = {
  metadata: z.strictObject({ isDeleted: z.boolean() }),
  sourceModifiedDate: instant.optional(),
};

const phone = z.strictObject({
  number: text,
  type: z.enum(['Primary', 'Landline', 'Mobile', 'Fax', 'Unknown']),
});
const address = z.strictObject({
  type: z.enum(['Unknown', 'Billing', 'Delivery']),
  line1: text.optional(),
  line2: text.optional(),
  city: text.optional(),
  region: text.optional(),
  country: text.optional(),
  postalCode: text.optional(),
});
const taxRateRef = z.strictObject({
  id: text.optional(),
  name: text.optional(),
  effectiveTaxRate: amount.optional(),
});
const trackingCategoryRefs = z.array(z.strictObject({ id: text, name: text.optional() }));
const customerRef = z.strictObject({ id: text, companyName: text.optional() });
const recordRef = z.strictObject({
  id: text,
  dataType: z.enum(['customers', 'suppliers', 'trackingCategories']),
});

const allocation = z.strictObject({
  payment: z.strictObject({
    id: text,
    note: text.optional(),
    reference: text.optional(),
    currency,
    paidOnDate: date.optional(),
    totalAmount: amount,
  }),
  allocation: z.strictObject({
    currency,
    currencyRate: amount,
    allocatedOnDate: date.optional(),
    totalAmount: amount,
  }),
});

const amounts = {
  unitAmount: amount,
  quantity: amount,
  subTotal: amount,
  taxAmount: amount,
  totalAmount: amount,
  description: text.optional(),
  taxRateRef: taxRateRef.optional(),
  trackingCategoryRefs,
};

export const unifiedShapes = {
  company: z.strictObject({
    companyName: text.optional(),
    accountingPlatformRef: text.optional(),
    addresses: z.array(address),
    phoneNumbers: z.array(phone),
    webLinks: z.array(z.never()),
    taxNumber: text.optional(),
    baseCurrency: currency.optional(),
    sourceUrls: z.strictObject({ main: z.url() }),
    createdDate: instant.optional(),
    metadata: held.metadata,
  }),
  customers: z.strictObject({
    id: text,
    customerName: text.optional(),
    contactName: text.optional(),
    emailAddress: text.optional(),
    defaultCurrency: currency,
    phone: text.optional(),
    addresses: z.array(address),
    contacts: z.array(
      z.strictObject({ name: text.optional(), email: text.optional(), phone: z.array(phone), status }),
    ),
    taxNumber: text.optional(),
    status,
    ...held,
  }),
  invoices: z.strictObject({
    id: text,
    invoiceNumber: text.optional(),
    customerRef: customerRef.optional(),
    salesOrderRefs: z.array(z.never()),
    issueDate: date,
    dueDate: date.optional(),
    paidOnDate: date.optional(),
    currency,
    lineItems: z
      .array(
        z.strictObject({
          ...amounts,
          discountAmount: amount,
          discountPercentage: amount.optional(),
          isDirectIncome: z.literal(false),
        }),
      )
      .optional(),
    paymentAllocations: z.array(allocation),
    withholdingTax: z.array(z.never()),
    totalDiscount: amount,
    subTotal: amount.optional(),
    additionalTaxAmount: amount,
    additionalTaxPercentage: amount,
    totalTaxAmount: amount,
    totalAmount: amount,
    amountDue: amount,
    discountPercentage: amount.optional(),
    status: z.enum(['Unknown', 'Draft', 'Submitted', 'PartiallyPaid', 'Paid', 'Void']),
    note: text.optional(),
    ...held,
  }),
  payments: z.strictObject({
    id: text,
    customerRef: customerRef.optional(),
    paymentMethodRef: z.strictObject({ id: text, name: text }).optional(),
    totalAmount: amount,
    currency,
    date,
    note: text.optional(),
    lines: z.array(
      z.strictObject({
        amount: amount,
        links: z.array(
          z.strictObject({
            type: z.enum(['Invoice', 'CreditNote', 'PaymentOnAccount']),
            id: text.optional(),
            amount,
            currencyRate: amount,
          }),
        ),
        allocatedOnDate: date.optional(),
      }),
    ),
    reference: text.optional(),
    ...held,
  }),
  taxRates: z.strictObject({
    id: text,
    name: text.optional(),
    code: text.optional(),
    status,
    effectiveTaxRate: amount,
    totalTaxRate: amount,
    components: z
      .array(z.strictObject({ name: text.optional(), rate: amount, isCompound: z.boolean() }))
      .min(1),
    validDatatypeLinks: z.array(z.never()),
    ...held,
  }),
  directCosts: z.strictObject({
    id: text,
    reference: text.optional(),
    note: text.optional(),
    contactRef: z.strictObject({ id: text, dataType: z.literal('suppliers') }).optional(),
    issueDate: date,
    currency,
    lineItems: z
      .array(
        z.strictObject({
          ...amounts,
          tracking: z.strictObject({ recordRefs: z.array(recordRef), invoiceTo: recordRef }).optional(),
        }),
      )
      .length(1),
    paymentAllocations: z.array(z.never()),
    subTotal: amount,
    taxAmount: amount,
    totalAmount: amount,
    ...held,
  }),
  trackingCategories: z.strictObject({
    id: text,
    name: text.optional(),
    status,
    parentId: text.optional(),
    hasChildren: z.boolean(),
    ...held,
  }),
} as const satisfies Partial<Record<DataType, z.ZodType>>;
