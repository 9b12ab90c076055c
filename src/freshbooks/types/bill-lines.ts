import * as z from 'zod';
import { asNumber } from '../../domain/money.ts';
import { type LineTax, lineTaxes, type TaxIndex, taxRateRef } from '../tax-index.ts';
import {
  amountOf,
  Money,
  moneyAmount,
  OptionalDecimal,
  orZero,
  present,
  reference,
  Text,
  text,
  Whole,
} from './wire.ts';

/** A line of a bill. Unlike those of invoices it gives its taxes as amounts, and its category. */
export const BillLine = z.object({
  list_index: Whole,
  description: Text,
  category: Text,
  categoryid: Text,
  quantity: OptionalDecimal,
  unit_cost: Money,
  amount: Money,
  total_amount: Money,
  tax_name1: Text,
  tax_percent1: OptionalDecimal,
  tax_amount1: Money,
  tax_name2: Text,
  tax_percent2: OptionalDecimal,
  tax_amount2: Money,
});
export type BillLine = z.infer<typeof BillLine>;

export function billTaxes(line: BillLine): LineTax[] {
  return lineTaxes(
    { name: text(line.tax_name1), percent: line.tax_percent1 },
    { name: text(line.tax_name2), percent: line.tax_percent2 },
  );
}

/** A line item of the unified shape; what it was spent on is a tracking category, as it is for direct costs. */
export function toBillLine(line: BillLine, taxes: TaxIndex): Record<string, unknown> {
  const quantity = orZero(amountOf(line.quantity));
  const unitAmount = orZero(moneyAmount(line.unit_cost));
  const net = moneyAmount(line.amount) ?? quantity.times(unitAmount);
  const tax = orZero(moneyAmount(line.tax_amount1)).plus(orZero(moneyAmount(line.tax_amount2)));
  const category = reference(line.categoryid);
  return present({
    lineNumber: text(line.list_index),
    description: text(line.description),
    unitAmount: asNumber(unitAmount),
    quantity: asNumber(quantity),
    discountAmount: 0,
    subTotal: asNumber(net),
    taxAmount: asNumber(tax),
    totalAmount: asNumber(moneyAmount(line.total_amount) ?? net.plus(tax)),
    taxRateRef: taxRateRef(billTaxes(line), false, taxes),
    trackingCategoryRefs:
      category === undefined ? [] : [present({ id: category, name: text(line.category) })],
    isDirectCost: false,
  });
}
