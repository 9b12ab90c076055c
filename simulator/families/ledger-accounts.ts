import type { Row } from '../json.ts';
import { type Account, type SubAccount, uuidOf } from '../ledger/chart.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import type { Books } from '../resources/resource.ts';
import type { Endpoint, Read } from './endpoint.ts';

const uuidOfAccount = ({ number }: Account, books: Books): string =>
  uuidOf('ledger-account', books.accountId, number);
const uuidOfSub = ({ key }: SubAccount, books: Books): string =>
  uuidOf('ledger-account', books.accountId, key);

// §3.7: RFC 3339, UTC, microseconds.
const shared = {
  category_id: null,
  description: '',
  state: 'active',
  updated_at: '2023-11-01T14:00:00.841075Z',
} as const;

const subRow = (sub: SubAccount, account: Account, books: Books): Row => ({
  ...shared,
  auto_created: false,
  jea_id: null,
  jesa_id: sub.id,
  name: sub.name,
  number: `${account.number}-${sub.number}`,
  parent_account: uuidOfAccount(account, books),
  sub_accounts: [],
  sub_type: account.kind,
  system_account_name: sub.name,
  type: account.type,
  uuid: uuidOfSub(sub, books),
});

const accountRow = (account: Account, books: Books): Row => ({
  ...shared,
  auto_created: true,
  jea_id: account.id,
  jesa_id: null,
  name: account.name,
  number: account.number,
  parent_account: null,
  sub_accounts: account.subs.map((sub) => subRow(sub, account, books)),
  sub_type: account.kind,
  system_account_name: account.name,
  type: account.type,
  uuid: uuidOfAccount(account, books),
});

const one = ({ params: [uuid], books }: Read): Row | undefined => {
  const { accounts } = ledgerOf(books);
  const rows = accounts.flatMap((account) => [
    accountRow(account, books),
    ...account.subs.map((sub) => subRow(sub, account, books)),
  ]);
  const data = rows.find((row) => row['uuid'] === uuid);
  return data && { data };
};

const reportRow = (name: string, number: string, balance: string, row: Row, code: string): Row => ({
  account_name: name,
  account_number: number,
  account_sub_type: row['sub_type'] ?? null,
  account_type: row['type'] ?? null,
  account_uuid: row['uuid'] ?? null,
  auto_created: row['auto_created'] ?? false,
  balance,
  currency_code: code,
  state: 'active',
  system_account_name: row['system_account_name'] ?? null,
});

/** The rows of the new chart with their balances, for the report (§3A.16): three decimals, as text. */
export const chartRows = (
  books: Books,
  code: string,
  balanceOf: (account: Account, sub?: SubAccount) => string,
): readonly Row[] =>
  ledgerOf(books).accounts.map((account) => {
    const top = accountRow(account, books);
    const subs = account.subs.map((sub) => ({
      ...reportRow(
        sub.name,
        `${account.number}-${sub.number}`,
        balanceOf(account, sub),
        subRow(sub, account, books),
        code,
      ),
      parent_account_uuid: uuidOfAccount(account, books),
    }));
    return {
      ...reportRow(account.name, account.number, balanceOf(account), top, code),
      sub_accounts: subs,
    };
  });

const ledger = {
  name: 'ledger_accounts',
  family: 'ledger',
  tenant: 'businessUuid',
  scope: 'journal_entries',
} as const;

/** §3A.16: no paging. */
export const ledgerAccountEndpoints: readonly Endpoint[] = [
  {
    ...ledger,
    pattern: /^\/accounting\/businesses\/([^/]+)\/ledger_accounts\/accounts$/,
    read: ({ books }) => ({ data: ledgerOf(books).accounts.map((account) => accountRow(account, books)) }),
  },
  {
    ...ledger,
    pattern: /^\/accounting\/businesses\/([^/]+)\/ledger_accounts\/accounts\/([^/]+)$/,
    read: one,
  },
];
