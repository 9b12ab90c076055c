import { type FieldKind, readFields } from '../accounting/read-fields.ts';
import { isRow, type Json, type Row, rowsOf, textOf } from '../json.ts';
import { exactMoney, money } from '../money.ts';
import { lineAmount } from './invoice-arithmetic.ts';

const writable = {
  lineid: 'int',
  type: 'int',
  name: 'text',
  description: 'text',
  qty: 'decimal',
  unit_cost: 'money',
  taxName1: 'text',
  taxAmount1: 'decimal',
  taxName2: 'text',
  taxAmount2: 'decimal',
  compounded_tax: 'bool',
  expenseid: 'int',
  date: 'date',
} as const satisfies Record<string, FieldKind>;

/** What a line belongs to: the invoice's id, its currency, and the Eastern stamp of the moment. */
export type LineOwner = { invoiceId: number; code: string; stamp: string };

const costOf = (fields: Row, code: string): Row => {
  const sent = fields['unit_cost'];
  return exactMoney(isRow(sent) ? textOf(sent, 'amount') : '0', code);
};

const blank = {
  basecampid: 0,
  compounded_tax: false,
  date: null,
  description: '',
  expenseid: 0,
  modern_project_id: null,
  modern_time_entries: [],
  name: '',
  qty: '1',
  retainer_id: null,
  retainer_period_id: null,
  taxAmount1: '0',
  taxAmount2: '0',
  taxName1: '',
  taxName2: '',
  taxNumber1: null,
  taxNumber2: null,
  type: 0,
} as const satisfies Row;

/** A line as it is kept (§3A.2): percents and quantity are text, the amount is qty × unit cost. */
const newLine = (fields: Row, lineId: number, owner: LineOwner): Row => {
  const line = { ...blank, ...fields, unit_cost: costOf(fields, owner.code) };
  return {
    amount: money(lineAmount(line, owner.code), owner.code),
    ...line,
    invoiceid: owner.invoiceId,
    lineid: lineId,
    taskno: lineId,
    updated: owner.stamp,
  };
};

/** The lines a caller sent; throws a Refusal for a field of the wrong kind. */
export const readLines = (sent: Json | undefined): readonly Row[] =>
  rowsOf({ sent: sent ?? [] }, 'sent').map((line) => readFields(writable, 'line', line));

/** §3A.2: the sent lines as the whole new set. */
export const replaceLines = (sent: readonly Row[], owner: LineOwner): readonly Row[] =>
  sent.map((line, at) => newLine(line, at + 1, owner));

/** The other reading: lines with a known lineid change, others are added, none goes. */
export const mergeLines = (kept: readonly Row[], sent: readonly Row[], owner: LineOwner): readonly Row[] => {
  const changes = new Map(sent.filter((line) => line['lineid']).map((line) => [line['lineid'], line]));
  const known = new Set(kept.map((line) => line['lineid']));
  const changed = kept.map((line) => {
    const change = changes.get(line['lineid'] ?? null);
    return change ? newLine({ ...line, ...change }, Number(line['lineid']), owner) : line;
  });
  const highest = Math.max(0, ...kept.map((line) => Number(line['lineid'])));
  const added = sent.filter((line) => !known.has(line['lineid'] ?? null));
  return [...changed, ...added.map((line, at) => newLine(line, highest + at + 1, owner))];
};
