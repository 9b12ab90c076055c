import { CodatAccounting } from '@codat/accounting';
import { describe, expect, it, jest } from '@jest/globals';
import { aCompany } from '../../fakes/builders.ts';
import { ask, makeLinkedWorld, makeWorld, sentenceOf } from './api-world.ts';
import { serve } from './serve.ts';

// Loading the client takes as long as the machine is busy.
jest.setTimeout(300_000);

const reports = '/companies/company-1/reports';
const owed = (id: string, issueDate: string, amountDue: number, more: Record<string, unknown> = {}) => ({
  id,
  issueDate: `${issueDate}T00:00:00`,
  amountDue,
  status: 'Submitted',
  currency: 'CAD',
  ...more,
});

async function worldWithDebts() {
  const world = await makeLinkedWorld();
  const customerRef = { id: '7', companyName: 'Lake Tools' };
  const held = {
    customers: [{ id: '8', customerName: 'Nordvik' }],
    invoices: [
      owed('1', '2026-02-20', 50, { customerRef }),
      owed('2', '2025-06-01', 25.5, { customerRef }),
      owed('3', '2026-02-20', 10, { customerRef: { id: '8' }, currency: 'EUR' }),
    ],
    creditNotes: [owed('4', '2026-02-25', 0, { customerRef, remainingCredit: 5 })],
    payments: [],
    bills: [owed('5', '2026-02-20', 70, { supplierRef: { id: '9', supplierName: 'Paper Ltd' } })],
    billPayments: [],
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

describe('an aged report', () => {
  it('shows who owes what, in each currency, by age', async () => {
    const { status, body } = await ask(
      await worldWithDebts(),
      `GET ${reports}/agedDebtor?reportDate=2026-03-01&numberOfPeriods=2&periodLengthDays=30`,
    );

    expect(status).toBe(200);
    expect(body).toMatchObject({
      reportDate: '2026-03-01T00:00:00',
      data: [
        {
          customerId: '7',
          customerName: 'Lake Tools',
          agedCurrencyOutstanding: [
            {
              currency: 'CAD',
              agedOutstandingAmounts: [
                {
                  fromDate: '2026-01-31T00:00:00',
                  amount: 45,
                  details: [
                    { name: 'Invoices', amount: 50 },
                    { name: 'Credit Notes', amount: -5 },
                  ],
                },
                { fromDate: '0001-01-01T00:00:00', toDate: '2026-01-30T00:00:00', amount: 25.5 },
              ],
            },
          ],
        },
        { customerId: '8', customerName: 'Nordvik', agedCurrencyOutstanding: [{ currency: 'EUR' }] },
      ],
    });
  });

  it('has four periods of thirty days up to today, unless said', async () => {
    const { body } = await ask(await worldWithDebts(), `GET ${reports}/agedCreditor`);

    expect(body).toMatchObject({
      reportDate: '2026-03-02T00:00:00',
      data: [{ supplierId: '9', supplierName: 'Paper Ltd' }],
    });
    expect(JSON.stringify(body).match(/fromDate/g)).toHaveLength(4);
  });

  it.each([
    ['numberOfPeriods=0', /numberOfPeriods.*whole number from 1 to 120/],
    ['periodLengthDays=x', /periodLengthDays.*whole number/],
    ['reportDate=soon', /reportDate.*not a date/],
  ])('is refused in words with %s', async (query, words) => {
    const answer = await ask(await worldWithDebts(), `GET ${reports}/agedDebtor?${query}`);

    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toMatch(words);
  });

  it('is available once all it is made of is held', async () => {
    const bare = await makeWorld();
    await bare.companies.insert(aCompany());

    expect((await ask(await worldWithDebts(), `GET ${reports}/agedDebtor/available`)).body).toBe(true);
    expect((await ask(await makeLinkedWorld(), `GET ${reports}/agedCreditor/available`)).body).toBe(false);
    expect((await ask(bare, `GET ${reports}/agedDebtor/available`)).body).toBe(false);
  });

  it('says what is missing before that', async () => {
    const answer = await ask(await makeLinkedWorld(), `GET ${reports}/agedDebtor`);

    expect(answer.status).toBe(409);
    expect(sentenceOf(answer)).toContain('has not been requested');
  });

  it('is read by @codat/accounting', async () => {
    const world = await worldWithDebts();
    const server = await serve(world.handle);
    const client = new CodatAccounting({
      security: { authHeader: `Basic ${Buffer.from(world.adminKey).toString('base64')}` },
      serverURL: server.url,
      retryConfig: { strategy: 'none', retryConnectionErrors: false },
    });

    const debtors = await client.reports.getAgedDebtorsReport({ companyId: 'company-1' });
    const creditors = await client.reports.getAgedCreditorsReport({ companyId: 'company-1' });
    const available = await client.reports.isAgedDebtorReportAvailable({ companyId: 'company-1' });
    await server.close();

    expect(debtors.agedDebtorReport?.data?.map(({ customerId }) => customerId)).toEqual(['7', '8']);
    expect(creditors.agedCreditorReport?.data?.[0]?.supplierName).toBe('Paper Ltd');
    expect(available.statusCode).toBe(200);
  });
});
