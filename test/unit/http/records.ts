import type { Customer } from '../../../src/domain/unified/customer.ts';
import type { DirectCost } from '../../../src/domain/unified/direct-cost.ts';
import type { Invoice } from '../../../src/domain/unified/invoice.ts';
import type { Payment } from '../../../src/domain/unified/payment.ts';
import type { TaxRate } from '../../../src/domain/unified/tax-rate.ts';
import type { TrackingCategory } from '../../../src/domain/unified/tracking-category.ts';

// Records as the reader serves them, with every kind of property in them.

const dates = {
  modifiedDate: '2026-03-02T15:00:00.000Z',
  sourceModifiedDate: '2026-03-01T10:00:00.000Z',
  metadata: { isDeleted: false },
};

export function anInvoice(with_: Partial<Invoice> = {}): Invoice {
  return {
    id: '101',
    invoiceNumber: '0000101',
    customerRef: { id: '7', companyName: 'Étoile & Sons' },
    salesOrderRefs: [],
    issueDate: '2026-02-01T00:00:00',
    dueDate: '2026-03-01T00:00:00',
    currency: 'CAD',
    lineItems: [
      {
        description: 'Design',
        unitAmount: 50,
        quantity: 2,
        discountAmount: 0,
        subTotal: 100,
        taxAmount: 13,
        totalAmount: 113,
        taxRateRef: { id: '5', name: 'HST', effectiveTaxRate: 13 },
        trackingCategoryRefs: [],
        isDirectIncome: false,
      },
    ],
    paymentAllocations: [
      {
        payment: { id: '900', currency: 'CAD', paidOnDate: '2026-02-10T00:00:00', totalAmount: 50 },
        allocation: { currency: 'CAD', currencyRate: 1, totalAmount: -50 },
      },
    ],
    withholdingTax: [],
    totalDiscount: 0,
    subTotal: 100,
    additionalTaxAmount: 0,
    additionalTaxPercentage: 0,
    totalTaxAmount: 13,
    totalAmount: 113,
    amountDue: 63,
    status: 'PartiallyPaid',
    note: null,
    ...dates,
    ...with_,
  };
}

export const aCustomer: Customer = {
  id: '7',
  customerName: 'Étoile & Sons',
  contactName: 'Zoé Roy',
  emailAddress: 'zoe@example.com',
  defaultCurrency: 'CAD',
  phone: null,
  addresses: [{ type: 'Billing', line1: '1 rue Sainte', line2: null, city: 'Montréal', country: 'Canada' }],
  contacts: [{ name: 'Zoé Roy', email: 'zoe@example.com', phone: [], status: 'Active' }],
  status: 'Active',
  ...dates,
};

export const aPayment: Payment = {
  id: '900',
  customerRef: { id: '7' },
  totalAmount: 50,
  currency: 'CAD',
  date: '2026-02-10T00:00:00',
  lines: [{ amount: 50, links: [{ type: 'Invoice', id: '101', amount: -50, currencyRate: 1 }] }],
  ...dates,
};

export const aTaxRate: TaxRate = {
  id: '5-6',
  name: 'GST and QST',
  status: 'Active',
  effectiveTaxRate: 14.975,
  totalTaxRate: 14.975,
  components: [
    { name: 'GST', rate: 5, isCompound: false },
    { name: 'QST', rate: 9.975, isCompound: false },
  ],
  validDatatypeLinks: [],
  ...dates,
};

export const aDirectCost: DirectCost = {
  id: '55',
  note: 'Taxi',
  contactRef: { id: 'taxi-co', dataType: 'suppliers' },
  issueDate: '2026-02-03T00:00:00',
  currency: 'CAD',
  currencyRate: 1,
  lineItems: [{ unitAmount: 20, quantity: 1, subTotal: 20, taxAmount: 2.6, totalAmount: 22.6 }],
  paymentAllocations: [],
  subTotal: 20,
  taxAmount: 2.6,
  totalAmount: 22.6,
  ...dates,
};

export function aCategory(id: string, parentId?: string): TrackingCategory {
  return { id, name: `Category ${id}`, status: 'Active', ...(parentId ? { parentId } : {}), ...dates };
}

export const companyFacts = {
  companyName: 'Busy Agency',
  accountingPlatformRef: 'xQ8z',
  baseCurrency: 'CAD',
  sourceUrls: { main: 'https://my.freshbooks.com' },
};
