import { CodatAccounting } from '@codat/accounting';
import { describe, expect, it, jest } from '@jest/globals';
import { ask, makeLinkedWorld, sentenceOf, textAt } from './api-world.ts';
import { serve } from './serve.ts';
import { flowMonth, profitMonth, sheetMonth } from './statement-months.ts';

// Loading the client takes as long as the machine is busy.
jest.setTimeout(300_000);

const financials = '/companies/company-1/data/financials';

async function worldWithMonths() {
  const world = await makeLinkedWorld();
  const held = {
    profitAndLoss: [profitMonth('2026-01', 100, 40), profitMonth('2026-02', 50.5, 10.25)],
    balanceSheet: [sheetMonth('2026-01', 60), sheetMonth('2026-02', 100.25)],
    cashFlowStatement: [flowMonth('2026-01', 90, 40), flowMonth('2026-02', 10, 0)],
  };
  await world.connections.change({ companyId: 'company-1', connectionId: 'connection-1' }, (connection) => {
    const datasets = Object.fromEntries(
      Object.entries(held).map(([type, rows]) => [
        type,
        { status: 'Complete' as const, snapshot: world.books.keep(type, 1, rows) },
      ]),
    );
    return { next: { ...connection, datasets }, result: 0 };
  });
  return world;
}

describe('a financial statement', () => {
  it('comes in periods of months, newest first, with the months that there are', async () => {
    const { status, body } = await ask(
      await worldWithMonths(),
      `GET ${financials}/profitAndLoss?periodLength=1&periodsToCompare=12`,
    );

    expect(status).toBe(200);
    expect(body).toMatchObject({
      reportBasis: 'Accrual',
      currency: 'CAD',
      earliestAvailableMonth: '2026-01-01T00:00:00',
      mostRecentAvailableMonth: '2026-02-01T00:00:00',
      reports: [
        { toDate: '2026-02-28T00:00:00', netProfit: 40.25 },
        { toDate: '2026-01-31T00:00:00', netProfit: 60 },
      ],
    });
  });

  it('reaches back as many months as the settings say, and further at once when they say more', async () => {
    const world = await makeLinkedWorld();
    const months = ['2025-11', '2025-12', '2026-01', '2026-02'].map((month) => profitMonth(month, 100, 40));
    const snapshot = world.books.keep('profitAndLoss', 1, months);
    await world.connections.change(
      { companyId: 'company-1', connectionId: 'connection-1' },
      (connection) => ({
        next: { ...connection, datasets: { profitAndLoss: { status: 'Complete' as const, snapshot } } },
        result: 0,
      }),
    );
    const earliestOf = async (monthsToSync: number) => {
      const setting = { dataType: 'profitAndLoss', fetchOnFirstLink: true, syncSchedule: 1, monthsToSync };
      await ask(world, 'POST /profile/syncSettings', { body: { settings: [setting] } });
      const shown = await ask(world, `GET ${financials}/profitAndLoss?periodLength=1&periodsToCompare=1`);
      return textAt(shown, 'earliestAvailableMonth').slice(0, 7);
    };

    expect([await earliestOf(1), await earliestOf(2), await earliestOf(24)]).toEqual([
      '2026-01',
      '2025-12',
      '2025-11',
    ]);
  });

  it('adds the months of a period up', async () => {
    const { body } = await ask(
      await worldWithMonths(),
      `GET ${financials}/cashFlowStatement?periodLength=2&periodsToCompare=1`,
    );

    expect(body).toMatchObject({
      reports: [{ fromDate: '2026-01-01T00:00:00', cashReceipts: { accountId: 'CashReceipts', value: 100 } }],
    });
  });

  it('ends with the month that startMonth is a day of', async () => {
    const { body } = await ask(
      await worldWithMonths(),
      `GET ${financials}/balanceSheet?periodLength=1&periodsToCompare=1&startMonth=2026-01-17T00:00:00`,
    );

    expect(body).toMatchObject({ reports: [{ date: '2026-01-31T00:00:00', netAssets: 60 }] });
  });

  it.each([
    ['without its periods', 'periodsToCompare=1', 400, /periodLength.* whole number from 1 to 120/],
    ['with a period of nothing', 'periodLength=0&periodsToCompare=1', 400, /whole number from 1 to 120/],
    ['with a month that is none', 'periodLength=1&periodsToCompare=1&startMonth=soon', 400, /not a date/],
    ['of months that nobody has', 'periodLength=3&periodsToCompare=1', 404, /months from 2026-01 to 2026-02/],
  ])('is refused in words %s', async (_, query, status, words) => {
    const answer = await ask(await worldWithMonths(), `GET ${financials}/profitAndLoss?${query}`);

    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toMatch(words);
  });

  it('says why it is not to be had where FreshBooks and the journal both refuse', async () => {
    const message = 'Nothing can be read.';
    const world = await makeLinkedWorld({ profitAndLoss: { status: 'NotSupported', message } });

    const answer = await ask(world, `GET ${financials}/profitAndLoss?periodLength=1&periodsToCompare=1`);

    expect(answer.status).toBe(404);
    expect(sentenceOf(answer)).toBe(
      'Datatype [profitAndLoss] not supported by platform(s) [FreshBooks]. Nothing can be read.',
    );
  });

  it('is read by @codat/accounting', async () => {
    const world = await worldWithMonths();
    const server = await serve(world.handle);
    const { reports } = new CodatAccounting({
      security: { authHeader: `Basic ${Buffer.from(world.adminKey).toString('base64')}` },
      serverURL: server.url,
      retryConfig: { strategy: 'none', retryConnectionErrors: false },
    });
    const wish = { companyId: 'company-1', periodLength: 1, periodsToCompare: 2 };

    const profit = await reports.getProfitAndLoss(wish);
    const sheet = await reports.getBalanceSheet(wish);
    const flow = await reports.getCashFlowStatement(wish);
    await server.close();

    expect(profit.profitAndLossReport?.reports[0]?.netProfit).toBe(40.25);
    expect(sheet.balanceSheet?.reports[0]?.netAssets).toBe(100.25);
    expect(flow.cashFlowStatement?.reports[1]?.cashPayments?.accountId).toBe('CashPayments');
  });
});
