import * as z from 'zod';
import { asNumber } from '../../domain/money.ts';
import { type LineTax, lineTaxes, type TaxIndex, taxRateRef } from '../tax-index.ts';
import type { LineAmounts, LineInput } from './invoice-amounts.ts';
import {
  amountOf,
  Flag,
  flag,
  Money,
  moneyAmount,
  OptionalDecimal,
  orZero,
  present,
  Text,
  text,
} from './wire.ts';

/** A line of an invoice. `taxAmount1` and `taxAmount2` are percentages, whatever they are called (§3A.2). */
export const InvoiceLine = z.object({
  name: Text,
  description: Text,
  qty: OptionalDecimal,
  unit_cost: Money,
  amount: Money,
  taxName1: Text,
  taxAmount1: OptionalDecimal,
  taxName2: Text,
  taxAmount2: OptionalDecimal,
  compounded_tax: Flag,
});
export type InvoiceLine = z.infer<typeof InvoiceLine>;

export function taxesOf(line: InvoiceLine): LineTax[] {
  return lineTaxes(
    { name: text(line.taxName1), percent: line.taxAmount1 },
    { name: text(line.taxName2), percent: line.taxAmount2 },
  );
}

export function isCompounded(line: InvoiceLine): boolean {
  return flag(line.compounded_tax);
}

/** What the sums of the invoice need of the line, and its taxes as the line names them. */
export type ReadLine = LineInput & { taxes: LineTax[] };

export function readLine(line: InvoiceLine): ReadLine {
  const taxes = taxesOf(line);
  return {
    taxes,
    amount: moneyAmount(line.amount) ?? orZero(amountOf(line.qty)).times(orZero(moneyAmount(line.unit_cost))),
    percents: taxes.map((tax) => orZero(tax.percent)),
    compounded: isCompounded(line),
  };
}

/** A line item of the unified shape. Lines without any content are lines as well. */
export function toLineItem(
  line: InvoiceLine,
  { taxes, compounded }: ReadLine,
  amounts: LineAmounts,
  discountPercentage: number | undefined,
  index: TaxIndex,
): Record<string, unknown> {
  return present({
    description: descriptionOf(line),
    unitAmount: asNumber(orZero(moneyAmount(line.unit_cost))),
    quantity: asNumber(orZero(amountOf(line.qty))),
    discountAmount: asNumber(amounts.discount),
    subTotal: asNumber(amounts.subTotal),
    taxAmount: asNumber(amounts.tax),
    totalAmount: asNumber(amounts.total),
    discountPercentage,
    taxRateRef: taxRateRef(taxes, compounded, index),
    trackingCategoryRefs: [],
    isDirectIncome: false,
  });
}

function descriptionOf(line: InvoiceLine): string | undefined {
  const parts = [text(line.name), text(line.description)].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : [...new Set(parts)].join(': ');
}
