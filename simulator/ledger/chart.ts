import { createHash } from 'node:crypto';
import { type Row, textOf } from '../json.ts';
import type { Books } from '../resources/resource.ts';

type AccountType = 'asset' | 'liability' | 'equity' | 'income' | 'expense';

/** An account of the chart and what stands under it; everything is posted to a sub-account. */
export type Account = {
  readonly id: number;
  readonly name: string;
  readonly number: string;
  readonly type: AccountType;
  readonly kind: string;
  readonly subs: readonly SubAccount[];
};
/** `key` is how postings name it: 'cash', 'category:219001', 'tax:HST', 'income:rentals'. */
export type SubAccount = {
  readonly key: string;
  readonly id: number;
  readonly name: string;
  readonly number: string;
};

/** The side on which an account grows: 1 for debits, -1 for credits. */
export const sideOf = ({ type }: Account): 1 | -1 => (type === 'asset' || type === 'expense' ? 1 : -1);

type Names = readonly (readonly [key: string, name: string])[];
type Heading = readonly [name: string, number: string, type: AccountType, kind: string, subs: Names];

const incomes: Names = [
  ['income:advertising', 'Advertising'],
  ['income:in_person_sales', 'In-Person Sales'],
  ['income:online_sales', 'Online Sales'],
  ['income:rentals', 'Rentals'],
  ['income:other', 'Other Income'],
];

const categoriesOf = (books: Books, cogs: boolean): Names =>
  books
    .rows('expense_categories')
    .ascending()
    .filter((row) => (row['is_cogs'] === true) === cogs)
    .map((row) => [`category:${row['id']}`, textOf(row, 'category')]);

const taxesOf = (books: Books): Names =>
  books
    .rows('taxes')
    .ascending()
    .map((row) => [`tax:${textOf(row, 'name')}`, textOf(row, 'name')]);

// Taxes that were paid stand beside those that were collected, so that what a company owes is one account's balance;
// the profit and loss knows neither.
const headings = (books: Books): readonly Heading[] => [
  ['Cash', '1000', 'asset', 'Cash & Bank', [['cash', 'Petty Cash']]],
  ['Accounts Receivable', '1200', 'asset', 'Current Asset', [['receivable', 'Accounts Receivable']]],
  ['Vendor Prepayments', '1300', 'asset', 'Current Asset', [['prepaid', 'Vendor Prepayments']]],
  ['Accounts Payable', '2000', 'liability', 'Current Liability', [['payable', 'Accounts Payable']]],
  ['Customer Credit', '2100', 'liability', 'Current Liability', [['credit', 'Customer Deposits']]],
  ['Sales Tax', '2200', 'liability', 'Current Liability', [['tax:', 'Other Taxes'], ...taxesOf(books)]],
  ["Owner's Equity", '3000', 'equity', 'Equity', [['equity', "Owner's Equity"]]],
  ['Revenue', '4000', 'income', 'Income', [['sales', 'Sales'], ...incomes]],
  ['Cost of Goods Sold', '5000', 'expense', 'Cost of Goods Sold', categoriesOf(books, true)],
  ['Operating Expenses', '6000', 'expense', 'Operating Expense', categoriesOf(books, false)],
];

// An account's id follows from its number, a category's sub-account from the category, so that neither moves when
// another one comes.
const subId = (key: string, number: string, index: number, { firstId }: Books): number =>
  key.startsWith('category:')
    ? Number(key.slice('category:'.length)) + 80_000
    : firstId + 86_000 + Number(number) / 10 + index;

/** The chart of accounts of a book (§3A.16). */
export const chartOf = (books: Books): readonly Account[] =>
  headings(books).map(([name, number, type, kind, subs]) => ({
    id: books.firstId + 84_000 + Number(number) / 100,
    name,
    number,
    type,
    kind,
    subs: subs.map(([key, sub], at) => ({
      key,
      id: subId(key, number, at, books),
      name: sub,
      number: String(at + 1),
    })),
  }));

/** A uuid that follows from what it names. */
export const uuidOf = (...parts: readonly string[]): string => {
  const hex = createHash('sha256').update(parts.join('/')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** What the company is called: the name of its system. */
export const companyName = (books: Books): string => {
  const [system]: readonly Row[] = books.rows('systems').ascending();
  return system ? textOf(system, 'name') : '';
};
