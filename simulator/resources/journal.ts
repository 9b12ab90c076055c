import { Big } from 'big.js';
import { oldestFirst } from '../accounting/list-query.ts';
import type { Row } from '../json.ts';
import { type Account, sideOf } from '../ledger/chart.ts';
import type { Entry } from '../ledger/entry.ts';
import { balancesOf, type Ledger, ledgerOf } from '../ledger/ledger.ts';
import { exactMoney } from '../money.ts';
import type { Books, Resource } from './resource.ts';

const entryLinks = ({ id, source, clientid }: Entry, accountId: string): Row => ({
  accounting_systemid: accountId,
  clientid,
  creditid: null,
  entryid: id,
  expenseid: null,
  id,
  incomeid: null,
  invoiceid: null,
  paymentid: null,
  ...source,
});

// §3A.16: a debit or a credit, never both; `balance` is what the account's own side gains.
const detailsOf = (entry: Entry, { place }: Ledger, accounting_systemid: string): readonly Row[] =>
  entry.postings.map((posting, at) => {
    const { account, sub } = place(posting);
    const shown = exactMoney(posting.amount.abs().toFixed(), entry.code);
    const side = sideOf(account);
    const detailid = entry.id * 100 + at;
    return {
      account: {
        account_name: account.name,
        account_number: account.number,
        account_type: account.type,
        accountid: account.id,
        accounting_systemid,
        id: account.id,
      },
      accounting_systemid,
      balance: exactMoney(posting.amount.times(side).toFixed(), entry.code),
      credit: posting.amount.lt(0) ? shown : null,
      debit: posting.amount.lt(0) ? null : shown,
      description: posting.text,
      detail_type: posting.type,
      detailid,
      entry: entryLinks(entry, accounting_systemid),
      id: detailid,
      name: entry.name,
      sub_account: {
        account_sub_name: sub.name,
        account_sub_number: sub.number,
        accounting_systemid,
        id: sub.id,
        parentid: account.id,
        sub_accountid: sub.id,
      },
      user_entered_date: entry.date,
    };
  });

const made = new WeakMap<Ledger, readonly Row[]>();

const details = (books: Books): readonly Row[] => {
  const ledger = ledgerOf(books);
  const rows =
    made.get(ledger) ??
    ledger.entries
      .flatMap((entry) => detailsOf(entry, ledger, books.accountId))
      .sort((a, b) => Number(a['id']) - Number(b['id']));
  made.set(ledger, rows);
  return rows;
};

const accountRow = (account: Account, balances: ReadonlyMap<number, Big>, code: string): Row => {
  const side = sideOf(account);
  const balanceOf = (id: number) => (balances.get(id) ?? new Big(0)).times(side);
  const whole = account.subs.reduce((sum, { id }) => sum.plus(balanceOf(id)), new Big(0));
  return {
    account_name: account.name,
    account_number: account.number,
    account_type: account.type,
    accountid: account.id,
    balance: whole.toFixed(),
    currency_code: code,
    id: account.id,
    sub_accounts: account.subs.map((sub) => ({
      account_sub_name: sub.name,
      account_sub_number: sub.number,
      account_type: account.type,
      balance: balanceOf(sub.id).toFixed(),
      currency_code: code,
      custom: false,
      id: sub.id,
      parentid: account.id,
      sub_accountid: sub.id,
    })),
  };
};

const accounts = (books: Books): readonly Row[] => {
  const ledger = ledgerOf(books);
  const balances = balancesOf(ledger, books.currency, () => true);
  return ledger.accounts.map((account) => accountRow(account, balances, books.currency));
};

const readOnly = {
  scope: 'journal_entries',
  verbs: ['list'],
  sorts: {},
  includes: {},
  fields: {},
  required: [],
} as const;

/** §3A.16: the general ledger, in every currency. */
export const journalEntryDetails: Resource = {
  ...readOnly,
  name: 'journal_entry_details',
  path: 'journal_entries/journal_entry_details',
  one: 'journal_entry_detail',
  many: 'journal_entry_details',
  missing: { object: 'journal_entry_detail', field: 'detailid', message: 'Journal entry detail not found.' },
  filters: {},
  derive: details,
};

/** §3A.16: the old chart, with balances of the books' own currency as text. */
export const journalEntryAccounts: Resource = {
  ...readOnly,
  name: 'journal_entry_accounts',
  path: 'journal_entry_accounts/journal_entry_accounts',
  one: 'journal_entry_account',
  many: 'journal_entry_accounts',
  missing: { object: 'journal_entry_account', field: 'accountid', message: 'Account not found.' },
  order: oldestFirst,
  filters: {},
  derive: accounts,
};
