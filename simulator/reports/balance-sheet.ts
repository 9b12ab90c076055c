import { Big } from 'big.js';
import type { Row } from '../json.ts';
import { type Account, companyName, sideOf } from '../ledger/chart.ts';
import { balancesOf } from '../ledger/ledger.ts';
import { exactMoney } from '../money.ts';
import type { Asking, Report } from './report.ts';

type Balances = ReadonlyMap<number, Big>;
const kinds = ['asset', 'liability', 'equity'] as const;

/** What an account comes to on its own side. */
const standing = (account: Account, balances: Balances): Big =>
  account.subs.reduce((sum, { id }) => sum.plus(balances.get(id) ?? 0), new Big(0)).times(sideOf(account));

// What was earned until then, kept in the company.
const retained = ({ ledger }: Asking, balances: Balances): Big =>
  ledger.accounts
    .filter(({ type }) => type === 'income' || type === 'expense')
    .reduce(
      (sum, account) => sum.plus(standing(account, balances).times(account.type === 'income' ? 1 : -1)),
      new Big(0),
    );

const sum = (values: readonly Big[]): Big => values.reduce((total, value) => total.plus(value), new Big(0));

type Sheet = { asking: Asking; dates: readonly string[]; at: readonly Balances[] };

const row = ({ asking, dates }: Sheet, values: readonly Big[]): readonly Row[] =>
  dates.map((date, index) => ({
    balance: exactMoney((values[index] ?? new Big(0)).toFixed(), asking.code),
    date,
  }));

const accountRow = (sheet: Sheet, account: Account): Row => {
  const subs = account.subs.map((sub) => ({
    balances: row(
      sheet,
      sheet.at.map((balances) => (balances.get(sub.id) ?? new Big(0)).times(sideOf(account))),
    ),
    sub_account_name: sub.name,
    sub_account_number: sub.number,
  }));
  const earned = sheet.at.map((balances) => retained(sheet.asking, balances));
  const equity = account.type === 'equity';
  const kept = equity
    ? [{ balances: row(sheet, earned), sub_account_name: 'Retained Earnings', sub_account_number: '3' }]
    : [];
  const own = sheet.at.map((balances, index) =>
    standing(account, balances).plus(equity ? (earned[index] ?? 0) : 0),
  );
  return {
    account_name: account.name,
    account_number: account.number,
    balances: row(sheet, own),
    sub_accounts: [...subs, ...kept],
  };
};

const totalsOf = ({ asking, at }: Sheet, wanted: readonly string[]): readonly Big[] =>
  at.map((balances) =>
    sum(
      asking.ledger.accounts
        .filter(({ type }) => wanted.includes(type))
        .map((account) => standing(account, balances)),
    ).plus(wanted.includes('equity') ? retained(asking, balances) : 0),
  );

/** §3A.23: as of each of `dates[]`, today without any. */
export const balanceSheet: Report = {
  key: 'balance_sheet',
  make: (asking) => {
    const asked = asking.query.getAll('dates[]').filter((date) => /^\d{4}-\d\d-\d\d$/.test(date));
    const dates = asked.length > 0 ? asked : [asking.to];
    const at = dates.map((day) => balancesOf(asking.ledger, asking.code, ({ date }) => date <= day));
    const sheet = { asking, dates, at };
    return {
      assets_total: row(sheet, totalsOf(sheet, ['asset'])),
      company_name: companyName(asking.books),
      currency_code: asking.code,
      data: kinds.map((kind) => ({
        account_type: kind,
        accounts: asking.ledger.accounts
          .filter(({ type }) => type === kind)
          .map((account) => accountRow(sheet, account)),
        balances: row(sheet, totalsOf(sheet, [kind])),
        category: 'current',
      })),
      dates,
      download_token: asking.token,
      liabilities_and_equity_total: row(sheet, totalsOf(sheet, ['liability', 'equity'])),
    };
  },
};
