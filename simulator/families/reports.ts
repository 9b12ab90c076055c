import { Refusal } from '../accounting/refusal.ts';
import { easternDay } from '../eastern-time.ts';
import type { Row } from '../json.ts';
import { ledgerOf } from '../ledger/ledger.ts';
import { accountsAging } from '../reports/accounts-aging.ts';
import { balanceSheet } from '../reports/balance-sheet.ts';
import { expenseDetails, invoiceDetails, paymentsCollected } from '../reports/details.ts';
import { profitAndLoss, profitLossEntity } from '../reports/profit-loss.ts';
import type { Asking, Report } from '../reports/report.ts';
import { taxSummary } from '../reports/tax-summary.ts';
import { chartOfAccounts, trialBalance } from '../reports/trial-balance.ts';
import type { Endpoint, Read } from './endpoint.ts';

/** By account id: /accounting/account/{accountId}/reports/accounting/{name} */
const old: Readonly<Record<string, Report>> = {
  accounts_aging: accountsAging,
  balance_sheet: balanceSheet,
  expense_details: expenseDetails,
  invoice_details: invoiceDetails,
  payments_collected: paymentsCollected,
  profitloss_entity: profitLossEntity,
  taxsummary: taxSummary,
  trial_balance: trialBalance,
};

/** By business uuid: /accounting/businesses/{businessUuid}/reports/{name} */
const fresh: Readonly<Record<string, Report>> = {
  chart_of_accounts: chartOfAccounts,
  profit_and_loss: profitAndLoss,
  trial_balance: trialBalance,
};

// Missing dates silently mean today only; `search[...]` is ignored (§3A.23).
const dayIn = (query: URLSearchParams, field: string, today: string): string => {
  const value = query.get(field);
  if (value === null || value === '') return today;
  if (/^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))) return value;
  const message = `Invalid value '${value}' for field '${field}'.`;
  throw new Refusal(422, { errno: 1033, field, object: 'report', value, message });
};

const askingOf = ({ query, books }: Read, name: string): Asking => {
  const today = easternDay(books.at);
  const [from, to] = [dayIn(query, 'start_date', today), dayIn(query, 'end_date', today)];
  if (from > to) {
    const message = 'The start date is after the end date.';
    throw new Refusal(422, { errno: 1007, field: 'start_date', object: 'report', value: from, message });
  }
  const claims = { accountid: books.accountId, type: 'report', objectid: name, params: { from, to } };
  const token = `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ltdWxhdGVk`;
  const code = query.get('currency_code') || books.currency;
  return { query, books, ledger: ledgerOf(books), from, to, code, token };
};

const answer =
  (reports: Readonly<Record<string, Report>>) =>
  (read: Read): Row | undefined => {
    const [name = ''] = read.params;
    const report = Object.hasOwn(reports, name) ? reports[name] : undefined;
    if (!report) return undefined;
    const made = report.make(askingOf(read, name));
    // The chart is a list straight under the result.
    if (report === chartOfAccounts) return { response: { result: made } };
    const renamed = report === profitAndLoss && read.books.plays('profit-and-loss-key', 'profitloss');
    const result = { [renamed ? 'profitloss' : report.key]: made };
    return { response: { result } };
  };

const reports = { name: 'reports', family: 'accounting', scope: 'reports' } as const;

/** §3A.23 */
export const reportEndpoints: readonly Endpoint[] = [
  {
    ...reports,
    tenant: 'accountId',
    pattern: /^\/accounting\/account\/([^/]+)\/reports\/accounting\/([^/]+)$/,
    read: answer(old),
  },
  {
    ...reports,
    tenant: 'businessUuid',
    pattern: /^\/accounting\/businesses\/([^/]+)\/reports\/([^/]+)$/,
    read: answer(fresh),
  },
];
