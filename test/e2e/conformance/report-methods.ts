import { expect } from '@jest/globals';
import * as z from 'zod';
import type { ReadyFile } from '../running-stack.ts';
import type { Clients, Method } from './clients.ts';

const Result = z.object({ response: z.object({ result: z.record(z.string(), z.unknown()) }) });
const Amount = z.object({ amount: z.string() }).transform(({ amount }) => Number(amount));
const Total = z.object({ total: Amount });

/** A report as FreshBooks gives it to its own users. */
async function sourceReport<T>(
  { simulator }: ReadyFile,
  name: string,
  query: readonly (readonly [string, string])[],
  shape: z.ZodType<T>,
): Promise<T> {
  const search = new URLSearchParams(query.map(([key, value]): [string, string] => [key, value]));
  const url = `${simulator.url}/accounting/account/${simulator.accountId}/reports/accounting/${name}?${search}`;
  const reply = await fetch(url, { headers: { authorization: `Bearer ${simulator.accessToken}` } });
  const [report] = Object.values(Result.parse(await reply.json()).response.result);
  return shape.parse(report);
}

const day = (text: string | undefined): string => text?.slice(0, 10) ?? '';
const cents = (value: number): number => Math.round(value * 1000) / 1000;
const wish = ({ company }: Clients) => ({ companyId: company.id, periodLength: 1, periodsToCompare: 24 });

const Balance = z.object({ balance: Amount, date: z.string() });
const Sheet = z.object({
  data: z.array(
    z.object({
      account_type: z.string(),
      balances: z.array(Balance),
      accounts: z.array(z.object({ account_name: z.string(), balances: z.array(Balance) })),
    }),
  ),
});
const sheetOn = (ready: ReadyFile, date: string) =>
  sourceReport(ready, 'balance_sheet', [['dates[]', date]], Sheet);

async function cashOn(ready: ReadyFile, date: string): Promise<number> {
  const { data } = await sheetOn(ready, date);
  const cash = data.flatMap(({ accounts }) => accounts).find(({ account_name }) => account_name === 'Cash');
  return cash?.balances[0]?.balance ?? 0;
}

/** The financial statements and aged reports, beside FreshBooks' own reports. */
export const reportMethods: readonly Method[] = [
  {
    method: 'reports.getBalanceSheet',
    asserts: 'the net assets of each month end are those of FreshBooks’ own report',
    run: async (clients) => {
      const { balanceSheet } = await clients.accounting.reports.getBalanceSheet(wish(clients));
      const reports = balanceSheet?.reports ?? [];

      expect(reports).toHaveLength(24);
      expect(reports.some(({ assets }) => Number(assets?.value) !== 0)).toBe(true);
      for (const { equity, netAssets } of reports) expect(Number(equity?.value)).toBe(Number(netAssets));
      for (const { date, netAssets } of reports.slice(0, 3)) {
        const { data } = await sheetOn(clients.ready, day(date));
        const of = (type: string) =>
          data
            .filter(({ account_type }) => account_type === type)
            .map(({ balances }) => balances[0]?.balance ?? 0);
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        expect(cents(Number(netAssets))).toBe(cents(sum(of('asset')) - sum(of('liability'))));
      }
    },
  },
  {
    method: 'reports.getProfitAndLoss',
    asserts: 'the months together earn what FreshBooks’ own report of all that time says',
    run: async (clients) => {
      const { profitAndLossReport } = await clients.accounting.reports.getProfitAndLoss(wish(clients));
      const reports = profitAndLossReport?.reports ?? [];
      const days = [
        ['start_date', day(reports.at(-1)?.fromDate)],
        ['end_date', day(reports[0]?.toDate)],
      ] as const;

      const own = await sourceReport(
        clients.ready,
        'profitloss_entity',
        days,
        z.object({ net_profit: Total }),
      );

      expect(reports).toHaveLength(24);
      expect(reports.some(({ income }) => Number(income?.value) !== 0)).toBe(true);
      for (const { income, costOfSales, expenses, grossProfit, netOperatingProfit } of reports) {
        expect(cents(Number(grossProfit))).toBe(cents(Number(income?.value) - Number(costOfSales?.value)));
        expect(cents(Number(netOperatingProfit))).toBe(cents(Number(grossProfit) - Number(expenses?.value)));
      }
      expect(cents(reports.reduce((sum, { netProfit }) => sum + Number(netProfit), 0))).toBe(
        own.net_profit.total,
      );
    },
  },
  {
    method: 'reports.getCashFlowStatement',
    asserts: 'the months together are what the cash account gained in FreshBooks’ own balance sheet',
    run: async (clients) => {
      const { cashFlowStatement } = await clients.accounting.reports.getCashFlowStatement(wish(clients));
      const reports = cashFlowStatement?.reports ?? [];
      const moved = reports.reduce(
        (sum, { cashReceipts, cashPayments }) =>
          sum + Number(cashReceipts?.value) - Number(cashPayments?.value),
        0,
      );
      const eve = new Date(Date.parse(`${day(reports.at(-1)?.fromDate)}T00:00:00Z`) - 86_400_000);

      const before = await cashOn(clients.ready, eve.toISOString().slice(0, 10));
      const after = await cashOn(clients.ready, day(reports[0]?.toDate));

      expect(reports.some(({ cashReceipts }) => Number(cashReceipts?.value) > 0)).toBe(true);
      for (const { cashReceipts } of reports) {
        const parts = (cashReceipts?.items ?? []).reduce((sum, { value }) => sum + Number(value), 0);
        expect(cents(parts)).toBe(cents(Number(cashReceipts?.value)));
      }
      expect(cents(moved)).toBe(cents(after - before));
    },
  },
  {
    method: 'reports.getAgedDebtorsReport',
    asserts: 'the open invoices are those of FreshBooks’ accounts aging',
    run: async (clients) => {
      const companyId = clients.company.id;
      const { agedDebtorReport } = await clients.accounting.reports.getAgedDebtorsReport({ companyId });
      const open = (agedDebtorReport?.data ?? [])
        .flatMap(({ agedCurrencyOutstanding }) => agedCurrencyOutstanding ?? [])
        .filter(({ currency }) => currency === 'CAD')
        .flatMap(({ agedOutstandingAmounts }) => agedOutstandingAmounts ?? [])
        .flatMap(({ details }) => details ?? [])
        .filter(({ name }) => name === 'Invoices');
      const days = [
        ['start_date', '1970-01-01'],
        ['end_date', day(agedDebtorReport?.reportDate)],
        ['currency_code', 'CAD'],
      ] as const;

      const { totals } = await sourceReport(
        clients.ready,
        'accounts_aging',
        days,
        z.object({ totals: Total }),
      );

      expect(open.length).toBeGreaterThan(0);
      expect(cents(open.reduce((sum, { amount }) => sum + Number(amount), 0))).toBe(totals.total);
    },
  },
  {
    method: 'reports.isAgedDebtorReportAvailable',
    asserts: 'true once the books are held',
    run: async ({ accounting, company }) => {
      const { isAgedDebtorReportAvailable200ApplicationJSONBoolean: available } =
        await accounting.reports.isAgedDebtorReportAvailable({ companyId: company.id });

      expect(available).toBe(true);
    },
  },
];
