import { Big } from 'big.js';
import { isRow, type Row, textOf } from '../json.ts';

/** One line of an entry: a debit is positive, a credit negative. `base` is what a tax stands on. */
export type Posting = {
  readonly key: string;
  readonly amount: Big;
  readonly type: string;
  readonly text: string | null;
  readonly base?: Big;
};

/** What one document does to the books, in its own currency; the postings add up to zero. */
export type Entry = {
  readonly id: number;
  readonly date: string;
  readonly name: string;
  readonly code: string;
  readonly clientid: number | null;
  /** Which document: `{ invoiceid: 5 }`. */
  readonly source: Row;
  readonly postings: readonly Posting[];
};

/** A posting; `text` is the description. */
export const post = (key: string, amount: Big, type: string, text: string | null = null): Posting => ({
  key,
  amount,
  type,
  text,
});

/** The currency of a money field. */
export const codeOf = (row: Row, field: string): string => {
  const value = row[field];
  return isRow(value) ? textOf(value, 'code') : '';
};

/** The sum of postings, of what they credit when `sign` is -1. */
export const sumOf = (postings: readonly Posting[], sign: 1 | -1 = 1): Big =>
  postings.reduce((sum, { amount }) => sum.plus(amount), new Big(0)).times(sign);

// Ids of entries follow from the document's: ten kinds, each with its last digit.
const kinds = [
  'invoice',
  'payment',
  'credit',
  'expense',
  'bill',
  'bill-payment',
  'income',
  'manual',
] as const;

export const entryId = (kind: (typeof kinds)[number], document: number): number =>
  document * 10 + kinds.indexOf(kind);
