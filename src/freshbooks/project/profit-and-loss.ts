import type { Big } from 'big.js';
import type { UnifiedRecord } from '../../app/ports.ts';
import { asNumber, sum, zero } from '../../domain/money.ts';
import { lastDay } from '../../domain/month.ts';
import type { ReportLine } from '../../domain/unified/report-line.ts';
import type { ProfitAndLossMonth } from '../../domain/unified/statements.ts';
import { type ProfitLossLine, type ProfitLossReport, ProfitLossRow } from '../types/report-rows.ts';
import { currency, flag, moneyAmount, text } from '../types/wire.ts';
import { type AccountIndex, accountIndex } from './account-index.ts';
import { profitAndLossFromLedger } from './ledger-statements.ts';
import { currenciesBeside, reportRows, type StatementProjection } from './report-months.ts';
import { unified } from './rows.ts';
import { lineOf, section } from './statement-lines.ts';

const resource = 'profitloss_entity';

/** The profit and loss of each month: FreshBooks' own where it was read, else added up out of the journal. */
export async function* projectProfitAndLoss(projection: StatementProjection): AsyncGenerator<UnifiedRecord> {
  const reports = await reportRows(resource, ProfitLossRow, projection);
  if (reports.length === 0) {
    yield* profitAndLossFromLedger(projection);
    return;
  }
  const accounts = await accountIndex(projection);
  const currencies = await currenciesBeside(resource, projection);
  for (const { report } of reports)
    for (const [at, label] of report.labels.entries()) {
      const month = profitAndLossMonth(report, at, label.slice(0, 7), accounts);
      const leftOutCurrencies = currencies.filter((code) => code !== month.currency);
      yield unified({ id: month.id, deleted: false }, { ...month, leftOutCurrencies });
    }
}

/**
 * The column of one month. FreshBooks lists what was sold cost among the income and calls the sum of both its gross
 * profit, so the cost is what lies between the two, whichever sign its own line has.
 */
function profitAndLossMonth(
  report: ProfitLossReport,
  at: number,
  month: string,
  accounts: AccountIndex,
): Omit<ProfitAndLossMonth, 'leftOutCurrencies'> {
  const total = (line: ProfitLossLine): Big => moneyAmount(line.data[at]) ?? zero;
  const [costs, income] = [report.income.filter(isCost), report.income.filter((line) => !isCost(line))];
  const [earned, gross] = [sum(income.map(total)), total(report.total_income)];
  const [spent, net] = [total(report.total_expenses), total(report.net_profit)];
  const cost = earned.minus(gross);
  const lines = (from: readonly ProfitLossLine[], type: string): ReportLine[] =>
    from.map((line) => reportLine(line, at, accounts, { type, above: [] }));
  return {
    id: month,
    currency: currency(text(report.currency_code)),
    madeFrom: 'FreshBooksReport',
    reportBasis: flag(report.cash_based) ? 'Cash' : 'Accrual',
    fromDate: `${month}-01T00:00:00`,
    toDate: `${lastDay(month)}T00:00:00`,
    income: section('Income', earned, lines(income, 'Income')),
    costOfSales: section('Cost of Sales', cost, costLines(lines(costs, 'Expense'), cost)),
    grossProfit: asNumber(gross),
    expenses: section('Expenses', spent, lines(report.expenses, 'Expense')),
    netOperatingProfit: asNumber(net),
    otherExpenses: section('Other Expenses', zero),
    otherIncome: section('Other Income', zero),
    netOtherIncome: 0,
    netProfit: asNumber(net),
  };
}

function isCost({ description }: ProfitLossLine): boolean {
  return /^cost of (goods|sales)/i.test(text(description) ?? '');
}

/** The lines of the cost with the sign that the section has. */
function costLines(lines: readonly ReportLine[], cost: Big): ReportLine[] {
  const listed = lines.reduce((total, { value }) => total + value, 0);
  return listed * asNumber(cost) < 0 ? lines.map(negated) : [...lines];
}

function negated(line: ReportLine): ReportLine {
  return { ...line, value: line.value === 0 ? 0 : -line.value, items: line.items.map(negated) };
}

function reportLine(
  line: ProfitLossLine,
  at: number,
  accounts: AccountIndex,
  { type, above }: { type: string; above: readonly string[] },
): ReportLine {
  const name = text(line.description) ?? '';
  const path = [...above, name];
  const below = line.children.map((child) => reportLine(child, at, accounts, { type, above: path }));
  // Below an account there are at most its sub-accounts; further down FreshBooks tells by kind of document.
  const account = path.length > 2 ? undefined : accounts.byNames(type, path);
  return lineOf(account, name, moneyAmount(line.data[at]) ?? zero, below);
}
