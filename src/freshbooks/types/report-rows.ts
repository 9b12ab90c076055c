import * as z from 'zod';
import { Flag, Money, Text } from './wire.ts';

/** A line of the profit and loss: `data` has an amount for each month in `labels`, freshbooks-api §3A.23. */
export type ProfitLossLine = {
  description?: z.infer<typeof Text>;
  data: z.infer<typeof Money>[];
  children: ProfitLossLine[];
};
const ProfitLossLine: z.ZodType<ProfitLossLine> = z.object({
  description: Text,
  data: z.array(Money),
  get children(): z.ZodType<ProfitLossLine[]> {
    return z.array(ProfitLossLine);
  },
});

/** What a raw row of `profitloss_entity` holds. */
export const ProfitLossRow = z.object({
  report: z.object({
    cash_based: Flag,
    currency_code: Text,
    labels: z.array(z.string()),
    income: z.array(ProfitLossLine),
    expenses: z.array(ProfitLossLine),
    total_income: ProfitLossLine,
    total_expenses: ProfitLossLine,
    net_profit: ProfitLossLine,
  }),
});
export type ProfitLossRow = z.infer<typeof ProfitLossRow>;
export type ProfitLossReport = ProfitLossRow['report'];

const Balance = z.object({ date: z.string(), balance: Money });
const BalanceSubAccount = z.object({
  sub_account_name: Text,
  sub_account_number: Text,
  balances: z.array(Balance),
});
const BalanceAccount = z.object({
  account_name: Text,
  account_number: Text,
  balances: z.array(Balance),
  sub_accounts: z.array(BalanceSubAccount).nullish(),
});
export type BalanceAccount = z.infer<typeof BalanceAccount>;
export type Balances = z.infer<typeof Balance>[];

/** What a raw row of `balance_sheet` holds: each account at each of the days in `dates`. */
export const BalanceSheetRow = z.object({
  report: z.object({
    currency_code: Text,
    dates: z.array(z.string()),
    data: z.array(
      z.object({ account_type: z.string(), accounts: z.array(BalanceAccount), balances: z.array(Balance) }),
    ),
  }),
});
export type BalanceSheetRow = z.infer<typeof BalanceSheetRow>;
export type BalanceSheetReport = BalanceSheetRow['report'];
