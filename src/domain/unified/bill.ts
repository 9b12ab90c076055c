import * as z from 'zod';
import {
  AccountRef,
  CustomerRef,
  ItemRef,
  PaymentAllocation,
  ProjectRef,
  recordDates,
  SupplementalData,
  SupplierRef,
  TaxRateRef,
  TrackingCategoryRef,
  WithholdingTax,
} from './parts.ts';
import { Currency, CurrencyRate, DateTime } from './scalars.ts';

const billedTo = z.enum(['Unknown', 'NotApplicable', 'Customer', 'Project']);

/** One line: `subTotal` is before tax, `totalAmount` with it. */
const BillLine = z.strictObject({
  lineNumber: z.string().nullable().optional(),
  description: z.string().nullable().optional(),
  unitAmount: z.number().optional(),
  quantity: z.number().optional(),
  unitOfMeasurement: z.string().nullable().optional(),
  discountAmount: z.number().nullable().optional(),
  subTotal: z.number().nullable().optional(),
  taxAmount: z.number().nullable().optional(),
  totalAmount: z.number().nullable().optional(),
  discountPercentage: z.number().nullable().optional(),
  accountRef: AccountRef.nullable().optional(),
  taxRateRef: TaxRateRef.optional(),
  itemRef: ItemRef.optional(),
  purchaseOrderLineRef: z
    .strictObject({
      id: z.string().optional(),
      dataType: z.enum(['purchaseOrders', 'bills']).optional(),
      lineNumber: z.string().optional(),
    })
    .optional(),
  trackingCategoryRefs: z.array(TrackingCategoryRef).nullable().optional(),
  tracking: z
    .strictObject({
      categoryRefs: z.array(TrackingCategoryRef),
      customerRef: CustomerRef.optional(),
      projectRef: ProjectRef.optional(),
      isBilledTo: billedTo,
      isRebilledTo: billedTo,
    })
    .optional(),
  isDirectCost: z.boolean().optional(),
});

/** A request for payment that a supplier sent. */
export const Bill = z.strictObject({
  id: z.string(),
  reference: z.string().nullable().optional(),
  supplierRef: SupplierRef.optional(),
  purchaseOrderRefs: z
    .array(
      z.strictObject({
        id: z.string().optional(),
        purchaseOrderNumber: z.string().nullable().optional(),
      }),
    )
    .nullable()
    .optional(),
  issueDate: DateTime,
  dueDate: DateTime.optional(),
  currency: Currency.optional(),
  currencyRate: CurrencyRate.nullable().optional(),
  lineItems: z.array(BillLine).nullable().optional(),
  withholdingTax: WithholdingTax.optional(),
  status: z.enum(['Unknown', 'Open', 'PartiallyPaid', 'Paid', 'Void', 'Draft']),
  subTotal: z.number(),
  taxAmount: z.number(),
  totalAmount: z.number(),
  amountDue: z.number().nullable().optional(),
  note: z.string().nullable().optional(),
  /** The allocations are negative, as they are on invoices. */
  paymentAllocations: z.array(PaymentAllocation).nullable().optional(),
  supplementalData: SupplementalData.optional(),
  ...recordDates,
});
