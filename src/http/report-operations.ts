import * as z from 'zod';
import { dateMillis } from '../domain/query/dates.ts';
import { BalanceSheet, CashFlowStatement, ProfitAndLoss } from '../domain/unified/statements.ts';
import type { ApiDeps } from './api-deps.ts';
import { apiOperation, CompanyPath } from './api-operation.ts';
import type { Operation } from './operation.ts';
import { neededWholeNumber, StateQuery } from './paging.ts';

/** A month is meant by any day of it. */
const StartMonth = z
  .string()
  .refine((text) => dateMillis(text) !== undefined, { error: 'is not a date (YYYY-MM-DD or an ISO time).' })
  .meta({
    description:
      'A day of the month that the newest period ends with; the newest month there is, unless said.',
    example: '2026-03-01',
  })
  .transform((text) => text.slice(0, 7))
  .optional();

const StatementQuery = z.object({
  periodLength: neededWholeNumber(1, 120, 'Months a period has.'),
  periodsToCompare: neededWholeNumber(1, 120, 'How many periods, back from the newest.'),
  startMonth: StartMonth,
  asOf: StateQuery.asOf,
});

const statements = [
  {
    dataType: 'balanceSheet',
    reply: BalanceSheet,
    summary: 'Shows what is owned and owed at the ends of periods, newest first.',
  },
  {
    dataType: 'profitAndLoss',
    reply: ProfitAndLoss,
    summary: 'Shows income and expenses of periods, newest first.',
  },
  {
    dataType: 'cashFlowStatement',
    reply: CashFlowStatement,
    summary: 'Shows what came into the cash accounts and went out of them in periods, newest first.',
  },
] as const;

function statementOperation({ dataType, reply, summary }: (typeof statements)[number]): Operation<ApiDeps> {
  return apiOperation({
    method: 'GET',
    path: `/companies/{companyId}/data/financials/${dataType}`,
    name: `get_${dataType}`,
    summary,
    role: 'read',
    params: CompanyPath,
    query: StatementQuery,
    success: 200,
    refusals: [409],
    reply,
    run: ({ deps, params, query: { startMonth, ...wish } }): Promise<unknown> =>
      deps.readStatements[dataType](params, { ...wish, last: startMonth }),
  });
}

export const reportOperations: readonly Operation<ApiDeps>[] = statements.map(statementOperation);
