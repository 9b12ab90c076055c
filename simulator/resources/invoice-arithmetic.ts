import { Big } from 'big.js';
import { amountOf, type Row, rowsOf, textOf } from '../json.ts';
import { money, roundTo } from '../money.ts';

const onePercent = new Big('0.01');
const zero = new Big(0);

const percent = (row: Row, field: string): Big => new Big(textOf(row, field) || '0');

/** qty × unit cost, rounded to the currency. */
export const lineAmount = (line: Row, code: string): Big =>
  roundTo(new Big(textOf(line, 'qty') || '0').times(amountOf(line, 'unit_cost')), code);

type Tax = { key: string; amount: Big };

// §3A.2: taxAmount1/2 are percents; the discount comes off before tax; a compound second tax stands on the first.
const taxesOf = (line: Row, kept: Big): readonly Tax[] => {
  const base = new Big(amountOf(line, 'amount')).times(kept);
  const first = base.times(percent(line, 'taxAmount1')).times(onePercent);
  const under = line['compounded_tax'] === true ? base.plus(first) : base;
  const second = under.times(percent(line, 'taxAmount2')).times(onePercent);
  return [
    { key: `${textOf(line, 'taxName1')}|${textOf(line, 'taxAmount1')}`, amount: first },
    { key: `${textOf(line, 'taxName2')}|${textOf(line, 'taxAmount2')}`, amount: second },
  ];
};

/**
 * What an invoice comes to: amount = lines − discount + taxes. Each tax (name and percent) is summed over the
 * lines first and rounded once; `discount` is negative or zero, as `discount_total` is on the wire.
 */
const invoiceTotals = (invoice: Row): { amount: Big; discount: Big } => {
  const code = textOf(invoice, 'currency_code');
  const lines = rowsOf(invoice, 'lines');
  const rate = percent(invoice, 'discount_value').times(onePercent);
  const subtotal = lines.reduce((sum, line) => sum.plus(amountOf(line, 'amount')), zero);
  const discount = roundTo(subtotal.times(rate), code).times(-1);
  const sums = new Map<string, Big>();
  for (const line of lines) {
    for (const { key, amount } of taxesOf(line, new Big(1).minus(rate))) {
      if (!amount.eq(0)) sums.set(key, (sums.get(key) ?? zero).plus(amount));
    }
  }
  const taxes = [...sums.values()].reduce((sum, tax) => sum.plus(roundTo(tax, code)), zero);
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
