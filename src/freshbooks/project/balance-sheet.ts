import type { Big } from 'big.js';
import type { UnifiedRecord } from '../../app/ports.ts';
import { asNumber, sum, zero } from '../../domain/money.ts';
import type { ReportLine } from '../../domain/unified/report-line.ts';
import type { BalanceSheetMonth } from '../../domain/unified/statements.ts';
import {
  type BalanceAccount,
  type BalanceSheetReport,
  BalanceSheetRow,
  type Balances,
} from '../types/report-rows.ts';
import { currency, moneyAmount, text } from '../types/wire.ts';
import { type AccountIndex, accountIndex, type KnownAccount } from './account-index.ts';
import { balanceSheetFromLedger } from './ledger-statements.ts';
import { currenciesBeside, reportRows, type StatementProjection } from './report-months.ts';
import { unified } from './rows.ts';
import { lineOf, section } from './statement-lines.ts';

const resource = 'balance_sheet';

/** The balance sheet at the end of each month: FreshBooks' own where it was read, else out of the journal. */
export async function* projectBalanceSheet(projection: StatementProjection): AsyncGenerator<UnifiedRecord> {
  const reports = await reportRows(resource, BalanceSheetRow, projection);
  if (reports.length === 0) {
    yield* balanceSheetFromLedger(projection);
    return;
  }
  const accounts = await accountIndex(projection);
  const currencies = await currenciesBeside(resource, projection);
  for (const { report } of reports)
    for (const day of report.dates) {
      const month = balanceSheetMonth(report, day, accounts);
      const leftOutCurrencies = currencies.filter((code) => code !== month.currency);
      yield unified({ id: month.id, deleted: false }, { ...month, leftOutCurrencies });
    }
}

function balanceSheetMonth(
  report: BalanceSheetReport,
  day: string,
  accounts: AccountIndex,
): Omit<BalanceSheetMonth, 'leftOutCurrencies'> {
  const lines = (type: string): ReportLine[] =>
    groupsOf(report, type).flatMap((group) =>
      group.accounts.map((account) => accountLine(account, day, accounts)),
    );
  const [assets, liabilities] = [balanceOn(report, 'asset', day), balanceOn(report, 'liability', day)];
  return {
    id: day.slice(0, 7),
    currency: currency(text(report.currency_code)),
    madeFrom: 'FreshBooksReport',
    date: `${day}T00:00:00`,
    assets: section('Assets', assets, lines('asset')),
    liabilities: section('Liabilities', liabilities, lines('liability')),
    netAssets: asNumber(assets.minus(liabilities)),
    equity: section('Equity', balanceOn(report, 'equity', day), lines('equity')),
  };
}

/** What all accounts of a type come to at the end of a day. */
export function balanceOn(
  report: BalanceSheetReport,
  type: 'asset' | 'liability' | 'equity',
  day: string,
): Big {
  return sum(groupsOf(report, type).map(({ balances }) => at(balances, day)));
}

function groupsOf({ data }: BalanceSheetReport, type: string): BalanceSheetReport['data'] {
  return data.filter(({ account_type }) => account_type === type);
}

function at(balances: Balances, day: string): Big {
  return moneyAmount(balances.find(({ date }) => date === day)?.balance) ?? zero;
}

/** Numbers are surer than names, and are the account's own `1200` and `1200-1` of the chart. */
function accountLine(account: BalanceAccount, day: string, accounts: AccountIndex): ReportLine {
  const [number, name] = [text(account.account_number), text(account.account_name) ?? ''];
  const found = number === undefined ? undefined : accounts.byCode(number);
  const below = (account.sub_accounts ?? []).map((sub) => {
    const code = text(sub.sub_account_number);
    const known =
      number === undefined || code === undefined ? undefined : accounts.byCode(`${number}-${code}`);
    const called = text(sub.sub_account_name) ?? '';
    return lineOf(known, called, at(sub.balances, day));
  });
  return withNoAccount(lineOf(found, name, at(account.balances, day), below), found);
}

/** What was earned is shown as a line of the equity and is no account: clients know it by its empty id. */
function withNoAccount(line: ReportLine, found: KnownAccount | undefined): ReportLine {
  return found === undefined && line.name === 'Net Income' ? { ...line, accountId: '' } : line;
}
