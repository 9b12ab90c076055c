import * as z from 'zod';
import { recordDates } from './parts.ts';
import { ReportLine } from './report-line.ts';
import { Currency, DateTime } from './scalars.ts';

const reportBasis = z.enum(['Unknown', 'Accrual', 'Cash']);

/** Who added it up: FreshBooks' own report, or we, out of the journal. */
const MadeFrom = z.enum(['FreshBooksReport', 'Ledger']);

/** What all statements say of the whole, and the months that there are. */
const head = {
  currency: Currency,
  mostRecentAvailableMonth: DateTime,
  earliestAvailableMonth: DateTime,
  madeFrom: MadeFrom,
  /** Currencies that the books have and this statement leaves out: nothing says at which rate they would count. */
  leftOutCurrencies: z.array(Currency),
};

const profitAndLoss = {
  fromDate: DateTime,
  toDate: DateTime,
  income: ReportLine,
  costOfSales: ReportLine,
  grossProfit: z.number(),
  expenses: ReportLine,
  netOperatingProfit: z.number(),
  otherExpenses: ReportLine,
  otherIncome: ReportLine,
  netOtherIncome: z.number(),
  netProfit: z.number(),
};

const balanceSheet = {
  date: DateTime,
  assets: ReportLine,
  liabilities: ReportLine,
  netAssets: z.number(),
  equity: ReportLine,
};

const cashFlowStatement = {
  fromDate: DateTime,
  toDate: DateTime,
  cashReceipts: ReportLine,
  cashPayments: ReportLine,
};

/** What each record of a statement's data type has beside its figures: it is of one month, `2026-10`. */
const month = {
  id: z.string().regex(/^\d{4}-\d{2}$/),
  currency: Currency,
  madeFrom: MadeFrom,
  leftOutCurrencies: z.array(Currency),
  ...recordDates,
};

/** One month as it is kept. Any period of whole months is made of these. */
export const ProfitAndLossMonth = z.strictObject({ ...month, ...profitAndLoss, reportBasis });
export type ProfitAndLossMonth = z.infer<typeof ProfitAndLossMonth>;
export const BalanceSheetMonth = z.strictObject({ ...month, ...balanceSheet });
export type BalanceSheetMonth = z.infer<typeof BalanceSheetMonth>;
export const CashFlowMonth = z.strictObject({ ...month, ...cashFlowStatement });
export type CashFlowMonth = z.infer<typeof CashFlowMonth>;

/** Income and expenses of periods, newest first. */
export const ProfitAndLoss = z.strictObject({
  ...head,
  reportBasis,
  reports: z.array(z.strictObject(profitAndLoss)),
});
export type ProfitAndLoss = z.infer<typeof ProfitAndLoss>;

/** What is owned and owed at the ends of periods, newest first. */
export const BalanceSheet = z.strictObject({ ...head, reports: z.array(z.strictObject(balanceSheet)) });
export type BalanceSheet = z.infer<typeof BalanceSheet>;

/** What came into the cash accounts and went out of them in periods, newest first. */
export const CashFlowStatement = z.strictObject({
  ...head,
  reportBasis,
  reportInput: z.enum(['Unknown', 'Indirect', 'Direct']),
  reports: z.array(z.strictObject(cashFlowStatement)),
});
export type CashFlowStatement = z.infer<typeof CashFlowStatement>;
