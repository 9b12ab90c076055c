import type { Big } from 'big.js';
import * as z from 'zod';
import { asNumber, zero } from '../../domain/money.ts';
import { type LineTax, lineTaxes, type TaxIndex, taxRateRef } from '../tax-index.ts';
import { because, type RowType, visStates } from './mapping.ts';
import {
  currency,
  dateOf,
  Flag,
  flag,
  Id,
  Money,
  moneyAmount,
  moneyCode,
  noDate,
  OptionalDecimal,
  orZero,
  present,
  reference,
  required,
  stampOf,
  Text,
  text,
  Whole,
} from './wire.ts';

/** An expense, freshbooks-api §3A.6. Its amount includes the taxes, and here `taxAmount1` really is an amount. */
export const Expense = z.object({
  id: Id,
  amount: Money,
  currency_code: Text,
  taxName1: Text,
  taxPercent1: OptionalDecimal,
  taxAmount1: Money,
  taxName2: Text,
  taxPercent2: OptionalDecimal,
  taxAmount2: Money,
  compounded_tax: Flag,
  categoryid: Text,
  clientid: Text,
  date: Text,
  notes: Text,
  vendor: Text,
  updated: Text,
  vis_state: Whole,
});
export type Expense = z.infer<typeof Expense>;

export const expenses = {
  schema: Expense,
  fates: {
    mapped: Object.keys(Expense.shape),
    ignored: {
      expenseid: because.duplicateId,
      accountid: because.noPlace,
      accounting_systemid: because.account,
      account: because.include,
      account_name: because.noPlace,
      attachment: because.noPlace,
      author: because.noPlace,
      background_jobid: because.internal,
      bank_name: because.noPlace,
      bill_matches: because.noPlace,
      billable: because.noPlace,
      category: because.include,
      converse_projectid: because.internal,
      expense_profile: because.include,
      ext_accountid: because.internal,
      ext_invoiceid: because.internal,
      ext_systemid: because.internal,
      from_bulk_import: because.internal,
      has_receipt: because.noPlace,
      include_receipt: because.presentation,
      invoiceid: because.noPlace,
      is_cogs: because.noPlace,
      isduplicate: because.internal,
      markup_percent: because.noPlace,
      modern_projectid: because.noPlace,
      potential_bill_payment: because.internal,
      profileid: because.noPlace,
      project: because.include,
      projectid: because.noPlace,
      staffid: because.noPlace,
      status: because.noPlace,
      transactionid: because.noPlace,
      uuid: because.duplicateId,
      version: because.internal,
    },
    vocabulary: { ...visStates, status: [0, 1, 2, 3, 4] },
  },
} as const satisfies RowType<Expense>;

/** What an expense needs of other resources. */
export type ExpenseContext = {
  taxes: TaxIndex;
  categoryName: (id: string) => string | undefined;
  /** The supplier's id for a vendor's name. */
  supplierOf: (vendor: string) => string;
};

/** A direct cost of the unified shape, with one line. */
export function toDirectCost(expense: Expense, context: ExpenseContext): Record<string, unknown> {
  const total = required(moneyAmount(expense.amount), 'amount', expense);
  const tax = taxAmount(expense, total);
  const amounts = {
    subTotal: asNumber(total.minus(tax)),
    taxAmount: asNumber(tax),
    totalAmount: asNumber(total),
  };
  const vendor = text(expense.vendor);
  const notes = text(expense.notes);
  return present({
    id: String(expense.id),
    reference: notes,
    note: notes,
    contactRef: vendor === undefined ? undefined : { id: context.supplierOf(vendor), dataType: 'suppliers' },
    issueDate: dateOf(expense.date) ?? noDate,
    currency: currency(moneyCode(expense.amount), text(expense.currency_code)),
    lineItems: [lineItem(expense, amounts, context)],
    paymentAllocations: [],
    ...amounts,
    sourceModifiedDate: stampOf(expense.updated),
  });
}

function lineItem(
  expense: Expense,
  amounts: { subTotal: number; taxAmount: number; totalAmount: number },
  { taxes, categoryName }: ExpenseContext,
): Record<string, unknown> {
  const category = reference(expense.categoryid);
  return present({
    description: text(expense.notes),
    unitAmount: amounts.subTotal,
    quantity: 1,
    ...amounts,
    taxRateRef: taxRateRef(expenseTaxes(expense), flag(expense.compounded_tax), taxes),
    trackingCategoryRefs:
      category === undefined ? [] : [present({ id: category, name: categoryName(category) })],
    tracking: trackingOf(reference(expense.clientid), category),
  });
}

/** Only for an expense that was made for a client, which is who it can be invoiced to. */
function trackingOf(
  client: string | undefined,
  category: string | undefined,
): Record<string, unknown> | undefined {
  if (client === undefined) return undefined;
  const customer = { id: client, dataType: 'customers' };
  const categories = category === undefined ? [] : [{ id: category, dataType: 'trackingCategories' }];
  return { recordRefs: [...categories, customer], invoiceTo: customer };
}

export function expenseTaxes(expense: Expense): LineTax[] {
  return lineTaxes(
    { name: text(expense.taxName1), percent: expense.taxPercent1 },
    { name: text(expense.taxName2), percent: expense.taxPercent2 },
  );
}

/** Both tax amounts; where FreshBooks gives percentages only, what they make of an amount that includes them. */
function taxAmount(expense: Expense, total: Big): Big {
  const one = moneyAmount(expense.taxAmount1);
  const two = moneyAmount(expense.taxAmount2);
  if (one !== undefined || two !== undefined) return (one ?? zero).plus(two ?? zero);
  const taxes = expenseTaxes(expense);
  if (taxes.every((tax) => tax.percent === undefined)) return zero;
  const [first = zero, second = zero] = taxes.map((tax) => orZero(tax.percent));
  const factor = flag(expense.compounded_tax)
    ? first.plus(100).times(second.plus(100)).div(10_000)
    : first.plus(second).plus(100).div(100);
  return total.minus(total.div(factor)).round(2, 1);
}
