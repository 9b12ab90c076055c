import * as z from 'zod';
import { dateMillis } from '../domain/query/dates.ts';
import { AgedCreditorReport, AgedDebtorReport } from '../domain/unified/aged-report.ts';
import { BalanceSheet, CashFlowStatement, ProfitAndLoss } from '../domain/unified/statements.ts';
import type { ApiDeps } from './api-deps.ts';
import { apiOperation, CompanyPath } from './api-operation.ts';
import type { Operation } from './operation.ts';
import { neededWholeNumber, StateQuery, wholeNumber } from './paging.ts';

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

const AgedQuery = z.object({
  numberOfPeriods: wholeNumber(1, 120, 4),
  periodLengthDays: wholeNumber(1, 3660, 30),
  reportDate: z
    .string()
    .refine((text) => dateMillis(text) !== undefined, { error: 'is not a date (YYYY-MM-DD or an ISO time).' })
    .meta({
      description:
        'The day that ages are counted back from; today, unless said, and with asOf the day of that.',
      example: '2026-03-01',
    })
    .transform((text) => text.slice(0, 10))
    .optional(),
  asOf: StateQuery.asOf,
});

const agedReports = [
  {
    name: 'agedDebtor',
    reply: AgedDebtorReport,
    summary: 'Shows what customers owe, by how long they have owed it.',
  },
  {
    name: 'agedCreditor',
    reply: AgedCreditorReport,
    summary: 'Shows what is owed to suppliers, by how long.',
  },
] as const;

function agedOperations({ name, reply, summary }: (typeof agedReports)[number]): Operation<ApiDeps>[] {
  const path = `/companies/{companyId}/reports/${name}`;
  const shared = { method: 'GET', role: 'read', params: CompanyPath, success: 200 } as const;
  return [
    apiOperation({
      ...shared,
      path,
      name: `get_${name}`,
      summary,
      query: AgedQuery,
      refusals: [409],
      reply,
      run: ({ deps, params, query }): Promise<unknown> => deps.readAged[name](params, query),
    }),
    apiOperation({
      ...shared,
      path: `${path}/available`,
      name: `is_${name}_available`,
      summary: `Tells whether all is held that the report ${name} is made of.`,
      reply: z.boolean(),
      run: ({ deps, params }) => deps.readAged.available(name, params),
    }),
  ];
}

export const reportOperations: readonly Operation<ApiDeps>[] = [
  ...statements.map(statementOperation),
  ...agedReports.flatMap(agedOperations),
];
