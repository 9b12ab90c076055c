import { Big } from 'big.js';
import { amountOf, type Row, rowsOf, textOf } from '../json.ts';
import { money, roundTo } from '../money.ts';

const onePercent = new Big('0.01');
const zero = new Big(0);

const percent = (row: Row, field: string): Big => new Big(textOf(row, field) || '0');

/** qty × unit cost, rounded to the currency. */
export const lineAmount = (line: Row, code: string): Big =>
  roundTo(new Big(textOf(line, 'qty') || '0').times(amountOf(line, 'unit_cost')), code);

/** One tax of an invoice: what it stands on and what it comes to. */
type Tax = { name: string; percent: string; base: Big; amount: Big };

// §3A.2: taxAmount1/2 are percents; the discount comes off before tax; a compound second tax stands on the first.
const taxesOf = (line: Row, kept: Big): readonly Tax[] => {
  const base = new Big(amountOf(line, 'amount')).times(kept);
  const first = base.times(percent(line, 'taxAmount1')).times(onePercent);
  const under = line['compounded_tax'] === true ? base.plus(first) : base;
  const second = under.times(percent(line, 'taxAmount2')).times(onePercent);
  return [
    { name: textOf(line, 'taxName1'), percent: textOf(line, 'taxAmount1'), base, amount: first },
    { name: textOf(line, 'taxName2'), percent: textOf(line, 'taxAmount2'), base: under, amount: second },
  ];
};

/** The taxes of an invoice: each (name and percent) is summed over the lines first and rounded once. */
export const invoiceTaxes = (invoice: Row): readonly Tax[] => {
  const code = textOf(invoice, 'currency_code');
  const kept = new Big(1).minus(percent(invoice, 'discount_value').times(onePercent));
  const sums = new Map<string, Tax>();
  for (const line of rowsOf(invoice, 'lines')) {
    for (const tax of taxesOf(line, kept)) {
      if (tax.amount.eq(0)) continue;
      const key = `${tax.name}|${tax.percent}`;
      const { base, amount } = sums.get(key) ?? { base: zero, amount: zero };
      sums.set(key, { ...tax, base: base.plus(tax.base), amount: amount.plus(tax.amount) });
    }
  }
  return [...sums.values()].map((tax) => ({ ...tax, amount: roundTo(tax.amount, code) }));
};

/**
 * What an invoice comes to: amount = lines − discount + taxes. `discount` is negative or zero, as `discount_total`
 * is on the wire.
 */
const invoiceTotals = (invoice: Row): { amount: Big; discount: Big } => {
  const code = textOf(invoice, 'currency_code');
  const rate = percent(invoice, 'discount_value').times(onePercent);
  const subtotal = rowsOf(invoice, 'lines').reduce((sum, line) => sum.plus(amountOf(line, 'amount')), zero);
  const discount = roundTo(subtotal.times(rate), code).times(-1);
  const taxes = invoiceTaxes(invoice).reduce((sum, tax) => sum.plus(tax.amount), zero);
  return { amount: subtotal.plus(discount).plus(taxes), discount };
};

/** The money fields of an invoice, from its lines and what was paid on it. */
export const invoiceMoney = (invoice: Row, paid: Big): Row => {
  const code = textOf(invoice, 'currency_code');
  const { amount, discount } = invoiceTotals(invoice);
  return {
    amount: money(amount, code),
    discount: {
      amount: money(discount.abs(), code),
      rate: textOf(invoice, 'discount_value'),
      type: 'percent',
    },
    discount_total: money(discount, code),
    net_paid_amount: money(paid, code),
    outstanding: money(amount.minus(paid), code),
    paid: money(paid, code),
  };
};
