import { Big } from 'big.js';
import { type FieldKind, readFields } from '../accounting/read-fields.ts';
import { Refusal } from '../accounting/refusal.ts';
import { amountOf, type Json, type Row, rowsOf, textOf } from '../json.ts';
import { money, roundTo } from '../money.ts';
import { sentMoney } from './items.ts';
import type { Books } from './resource.ts';

const writable = {
  categoryid: 'int',
  description: 'text',
  quantity: 'decimal',
  unit_cost: 'money',
  tax_name1: 'text',
  tax_name2: 'text',
  tax_percent1: 'decimal',
  tax_percent2: 'decimal',
} as const satisfies Record<string, FieldKind>;

const categoryOf = (line: Row, books: Books): Row => {
  const category = books.rows('expense_categories').get(Number(line['categoryid']));
  if (category) return category;
  throw new Refusal(404, {
    errno: 1012,
    field: 'categoryid',
    object: 'category',
    value: textOf(line, 'categoryid'),
    message: 'Category not found.',
  });
};

const taxOf = (line: Row, which: 1 | 2, base: Big, code: string): Row => {
  const name = textOf(line, `tax_name${which}`);
  const percent = textOf(line, `tax_percent${which}`) || '0';
  return {
    [`tax_amount${which}`]: name ? money(base.times(percent).div(100), code) : null,
    [`tax_authorityid${which}`]: null,
    [`tax_name${which}`]: name || null,
    [`tax_percent${which}`]: name ? percent : null,
  };
};

/** The tax of a line. */
export const lineTax = (line: Row): Big =>
  new Big(amountOf(line, 'tax_amount1')).plus(amountOf(line, 'tax_amount2'));

// §3A.13: `amount` is quantity × unit cost before tax, `total_amount` with it; the quantity is text on read.
const newLine = (sent: Row, index: number, code: string, books: Books): Row => {
  const category = categoryOf(sent, books);
  const unit_cost = { ...sentMoney(sent['unit_cost'], books), code };
  const quantity = textOf(sent, 'quantity') || '1';
  const amount = roundTo(new Big(quantity).times(textOf(unit_cost, 'amount')), code);
  const taxed = { ...taxOf(sent, 1, amount, code), ...taxOf(sent, 2, amount, code) };
  return {
    amount: money(amount, code),
    category: textOf(category, 'category'),
    categoryid: Number(category['id']),
    description: textOf(sent, 'description'),
    list_index: index,
    quantity,
    ...taxed,
    total_amount: money(amount.plus(lineTax(taxed)), code),
    unit_cost,
  };
};

/** The lines a caller sent, worked out. Throws errno 1012 for an unknown category. */
export const billLines = (sent: Json, code: string, books: Books): readonly Row[] =>
  rowsOf({ sent }, 'sent').map((line, at) =>
    newLine(readFields(writable, 'line', line), at + 1, code, books),
  );
