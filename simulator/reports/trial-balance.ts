import { Big } from 'big.js';
import { chartRows } from '../families/ledger-accounts.ts';
import { type Account, companyName, type SubAccount, sideOf } from '../ledger/chart.ts';
import { balancesOf } from '../ledger/ledger.ts';
import { exactMoney } from '../money.ts';
import type { Report } from './report.ts';
import { within } from './report.ts';

/** §3A.23: what moved in each sub-account within the dates, debit or credit. */
export const trialBalance: Report = {
  key: 'trial_balance',
  make: (asking) => {
    const { ledger, code } = asking;
    const balances = balancesOf(ledger, code, within(asking));
    const data = ledger.accounts.flatMap((account) =>
      account.subs
        .filter(({ id }) => balances.has(id))
        .map((sub) => {
          const balance = balances.get(sub.id) ?? new Big(0);
          const shown = exactMoney(balance.abs().toFixed(), code);
          const none = exactMoney('0', code);
          return {
            account_name: account.name,
            account_number: account.number,
            account_sub_name: sub.name,
            account_sub_number: sub.number,
            credit: balance.lt(0) ? shown : none,
            debit: balance.lt(0) ? none : shown,
            sub_accountid: sub.id,
          };
        }),
    );
    return { company_name: companyName(asking.books), currency_code: code, data };
  },
};

/** §3A.16: the new chart with what moved within the dates, three decimals as text. */
export const chartOfAccounts: Report = {
  key: 'journal_entry_accounts',
  make: (asking) => {
    const balances = balancesOf(asking.ledger, asking.code, within(asking));
    const balanceOf = (account: Account, sub?: SubAccount): string => {
      return (sub ? [sub] : account.subs)
        .reduce((sum, { id }) => sum.plus(balances.get(id) ?? 0), new Big(0))
        .times(sideOf(account))
        .toFixed(3);
    };
    return { journal_entry_accounts: chartRows(asking.books, asking.code, balanceOf) };
  },
};
