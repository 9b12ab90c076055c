import { lastDay } from '../../../src/domain/month.ts';
import type {
  BalanceSheetMonth,
  CashFlowMonth,
  ProfitAndLossMonth,
} from '../../../src/domain/unified/statements.ts';

const line = (name: string, value: number, accountId: string | null = null) => ({
  accountId,
  name,
  value,
  items: value === 0 ? [] : [{ accountId: '86000', name: 'Petty Cash', value, items: [] }],
});

const month = (id: string) => ({
  id,
  currency: 'CAD',
  madeFrom: 'FreshBooksReport' as const,
  leftOutCurrencies: [],
  metadata: { isDeleted: false },
  modifiedDate: '2026-03-01T00:00:00Z',
});
const dates = (id: string) => ({ fromDate: `${id}-01T00:00:00`, toDate: `${lastDay(id)}T00:00:00` });

export function profitMonth(id: string, earned: number, spent: number): ProfitAndLossMonth {
  return {
    ...month(id),
    ...dates(id),
    reportBasis: 'Accrual',
    income: line('Income', earned),
    costOfSales: line('Cost of Sales', 0),
    grossProfit: earned,
    expenses: line('Expenses', spent),
    netOperatingProfit: earned - spent,
    otherExpenses: line('Other Expenses', 0),
    otherIncome: line('Other Income', 0),
    netOtherIncome: 0,
    netProfit: earned - spent,
  };
}

export function sheetMonth(id: string, assets: number): BalanceSheetMonth {
  return {
    ...month(id),
    date: `${lastDay(id)}T00:00:00`,
    assets: line('Assets', assets),
    liabilities: line('Liabilities', 0),
    netAssets: assets,
    equity: line('Equity', assets),
  };
}

export function flowMonth(id: string, received: number, paid: number): CashFlowMonth {
  return {
    ...month(id),
    ...dates(id),
    madeFrom: 'Ledger',
    cashReceipts: line('Cash Receipts', received, 'CashReceipts'),
    cashPayments: line('Cash Payments', paid, 'CashPayments'),
  };
}
