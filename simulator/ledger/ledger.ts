import { Big } from 'big.js';
import type { Collection } from '../collection.ts';
import { type Row, rowsOf, textOf } from '../json.ts';
import type { Books, ResourceName } from '../resources/resource.ts';
import { type Account, chartOf, type SubAccount } from './chart.ts';
import { type Entry, entryId, type Posting, post } from './entry.ts';
import { postPurchases } from './post-purchases.ts';
import { postSales } from './post-sales.ts';

/** The general ledger of a book: what every report and every balance is read from. */
export type Ledger = {
  readonly accounts: readonly Account[];
  readonly entries: readonly Entry[];
  /** Where a posting stands; a tax nobody knows any more is among the other taxes. */
  place(posting: Posting): { account: Account; sub: SubAccount };
};

// Entered by hand: what an owner put in (§3A.16).
const manualEntry = (row: Row): Entry => ({
  id: entryId('manual', Number(row['id'])),
  date: textOf(row, 'user_entered_date'),
  name: textOf(row, 'name'),
  code: textOf(row, 'currency_code'),
  clientid: null,
  source: {},
  postings: rowsOf(row, 'details').map((detail) =>
    post(
      textOf(detail, 'key'),
      new Big(textOf(detail, 'debit') || '0').minus(textOf(detail, 'credit') || '0'),
      'adjustment',
      textOf(detail, 'description'),
    ),
  ),
});

const make = (books: Books): Ledger => {
  const accounts = chartOf(books);
  const places = new Map(
    accounts.flatMap((account) => account.subs.map((sub) => [sub.key, { account, sub }])),
  );
  const place = ({ key }: Posting): { account: Account; sub: SubAccount } => {
    const found = places.get(key) ?? places.get(key.startsWith('income:') ? 'income:other' : 'tax:');
    if (!found) throw new Error(`the chart has no place for ${key}`);
    return found;
  };
  const manual = books.rows('journal_entries').ascending().map(manualEntry);
  return { accounts, entries: [...manual, ...postSales(books), ...postPurchases(books)], place };
};

const sources: readonly ResourceName[] = [
  'invoices',
  'payments',
  'credit_notes',
  'other_income',
  'expenses',
  'bills',
  'bill_payments',
  'expense_categories',
  'taxes',
  'journal_entries',
];

// Made again only after one of its sources has changed: a collection's list is the same list until then.
const made = new WeakMap<Collection, { from: readonly (readonly Row[])[]; ledger: Ledger }>();

/** The ledger of the books as they stand. */
export const ledgerOf = (books: Books): Ledger => {
  const from = sources.map((name) => books.rows(name).ascending());
  const key = books.rows('invoices');
  const known = made.get(key);
  if (known?.from.every((rows, at) => rows === from[at])) return known.ledger;
  const ledger = make(books);
  made.set(key, { from, ledger });
  return ledger;
};

/** The sum of the postings to each sub-account (debit positive) in one currency, over the entries that are meant. */
export const balancesOf = (
  ledger: Ledger,
  code: string,
  meant: (entry: Entry) => boolean,
): ReadonlyMap<number, Big> => {
  const sums = new Map<number, Big>();
  for (const entry of ledger.entries) {
    if (entry.code !== code || !meant(entry)) continue;
    for (const posting of entry.postings) {
      const { id } = ledger.place(posting).sub;
      sums.set(id, (sums.get(id) ?? new Big(0)).plus(posting.amount));
    }
  }
  return sums;
};
