import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { makeBooks } from '../../../src/books/make-books.ts';
import { makeReadRecord, makeReadRecords } from '../../../src/books/read-records.ts';
import type { DataType } from '../../../src/domain/data-types.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { start } from '../../fakes/builders.ts';
import { memoryObjects } from '../../fakes/objects.ts';
import { each, ref, target, tinySizes } from '../books/book-world.ts';
import { ask, makeLinkedWorld, sentenceOf, textAt } from './api-world.ts';
import { anInvoice } from './records.ts';
import { flowMonth, profitMonth, sheetMonth } from './statement-months.ts';

const path = 'GET /companies/company-1/data/invoices';
const Numbers = z.object({ results: z.array(z.object({ id: z.string(), totalAmount: z.number() })) });
const amounts = ({ body }: { body: unknown }) =>
  Object.fromEntries(Numbers.parse(body).results.map(({ id, totalAmount }) => [id, totalAmount]));

type Rows = Record<string, Record<string, unknown>>;

/** A world whose books are published anew each hour; `states` is what each hour had, by data type and id. */
async function makeHourlyWorld(states: readonly Partial<Record<DataType, Rows>>[]) {
  const objects = memoryObjects();
  const readers = { readRecords: makeReadRecords({ objects }), readRecord: makeReadRecord({ objects }) };
  const world = await makeLinkedWorld({}, readers, objects);
  const books = makeBooks({ objects }, tinySizes);
  for (const [n, state] of states.entries()) {
    const held = (await world.connections.find(ref))?.datasets ?? {};
    const datasets = { ...held };
    for (const [type, rows] of Object.entries(state)) {
      const records = Object.entries(rows).map(([id, record]) => ({
        id,
        deleted: false,
        record: { ...record, id },
      }));
      const previous = held[type]?.snapshot;
      const next = target(`unified/${type}`, n + 1, previous);
      const { snapshot } = await books.mergeProjection(next, each(records));
      const since = plusSeconds(start, n * 3600);
      // What did not change stays the state that it was, and as old.
      const shown = previous?.manifest === snapshot.manifest ? previous : { ...snapshot, since };
      datasets[type] = { status: 'Complete' as const, snapshot: shown };
    }
    await world.connections.change(ref, (connection) => ({ next: { ...connection, datasets }, result: 0 }));
  }
  return { world, objects };
}

/** The books of an hour whose invoices come to these amounts. */
function invoicesOf(amounts: Record<string, number>) {
  const { modifiedDate: _, ...invoice } = anInvoice();
  const rows = Object.entries(amounts).map(([id, totalAmount]) => [id, { ...invoice, totalAmount }]);
  return { invoices: Object.fromEntries(rows) };
}

const states = [{ '1': 10 }, { '1': 10, '2': 20 }, { '1': 11, '2': 20 }, { '1': 12, '2': 20, '3': 30 }];

describe('a list as of an instant', () => {
  it.each(states.map((state, n) => [plusSeconds(start, n * 3600 + 1800), state] as const))(
    'at %s shows what was served then',
    async (asOf, state) => {
      const { world } = await makeHourlyWorld(states.map(invoicesOf));

      expect(amounts(await ask(world, `${path}?asOf=${asOf}`))).toEqual(state);
    },
  );

  it('is filtered and ordered like any other, and stays on its state from page to page', async () => {
    const { world } = await makeHourlyWorld(states.map(invoicesOf));
    const asOf = plusSeconds(start, 7200);

    const first = await ask(world, `${path}?asOf=${asOf}&orderBy=-id&pageSize=1&query=totalAmount>10`);
    const second = await ask(world, `GET ${textAt(first, '_links', 'next', 'href')}`);

    expect([amounts(first), amounts(second)]).toEqual([{ '2': 20 }, { '1': 11 }]);
  });

  it('is refused when it is no longer kept, and while there was none', async () => {
    const { world, objects } = await makeHourlyWorld(states.map(invoicesOf));
    const manifests = objects.names().filter((name) => name.includes('/manifest/'));
    await objects.remove(manifests.slice(0, 2));

    const swept = await ask(world, `${path}?asOf=${start}`);
    const before = await ask(
      await makeHourlyWorld(states.map(invoicesOf)).then((one) => one.world),
      `${path}?asOf=2020-01-01`,
    );

    expect([swept.status, sentenceOf(swept)]).toEqual([
      400,
      `The state of the books at ${start}, which "asOf" names, is no longer kept. Ask for a later instant.`,
    ]);
    expect([before.status, sentenceOf(before)]).toEqual([
      400,
      'Nothing had been read by 2020-01-01T00:00:00.000Z, which "asOf" names. Ask for a later instant.',
    ]);
  });
});

describe('a financial statement as of an instant', () => {
  const month = ({ id, modifiedDate: _, ...rest }: { id: string; modifiedDate?: string | undefined }) => ({
    [id]: rest,
  });
  const worldOfTwoHours = () =>
    makeHourlyWorld(
      [40, 70].map((figure) => ({
        profitAndLoss: month(profitMonth('2026-02', figure, 0)),
        balanceSheet: month(sheetMonth('2026-02', figure)),
        cashFlowStatement: month(flowMonth('2026-02', figure, 0)),
      })),
    );

  it.each([
    ['profitAndLoss', { netProfit: 40 }, { netProfit: 70 }],
    ['balanceSheet', { netAssets: 40 }, { netAssets: 70 }],
    ['cashFlowStatement', { cashReceipts: { value: 40 } }, { cashReceipts: { value: 70 } }],
  ])('shows the %s that was served then', async (statement, then, now) => {
    const { world } = await worldOfTwoHours();
    const shown = `GET /companies/company-1/data/financials/${statement}?periodLength=1&periodsToCompare=1`;

    const past = await ask(world, `${shown}&asOf=${plusSeconds(start, 1800)}`);
    const present = await ask(world, shown);

    expect([past.body, present.body]).toMatchObject([{ reports: [then] }, { reports: [now] }]);
  });
});

describe('an aged report as of an instant', () => {
  const owed = (amountDue: number) => ({
    issueDate: '2026-02-20T00:00:00',
    amountDue,
    status: 'Submitted',
    currency: 'CAD',
    customerRef: { id: '7' },
    supplierRef: { id: '7' },
  });
  const booksOwing = (amount: number) => ({
    customers: { '7': { customerName: 'Lake Tools' } },
    suppliers: { '7': { supplierName: 'Lake Tools' } },
    invoices: { '1': owed(amount) },
    bills: { '1': owed(amount) },
    creditNotes: {},
    payments: {},
    billPayments: {},
  });
  const Aged = z.object({
    reportDate: z.string(),
    data: z.array(
      z.looseObject({
        agedCurrencyOutstanding: z.array(
          z.object({ agedOutstandingAmounts: z.array(z.object({ amount: z.number() })) }),
        ),
      }),
    ),
  });
  const shownBy = ({ body }: { body: unknown }) => {
    const { reportDate, data } = Aged.parse(body);
    const amounts = data.flatMap(({ agedCurrencyOutstanding }) =>
      agedCurrencyOutstanding.flatMap(({ agedOutstandingAmounts }) =>
        agedOutstandingAmounts.map(({ amount }) => amount),
      ),
    );
    return [reportDate.slice(0, 10), amounts.reduce((sum, amount) => sum + amount, 0)];
  };
  const reports = ['agedDebtor', 'agedCreditor'] as const;

  it.each(reports)('shows in %s what was owed by the books of then, on the day of then', async (name) => {
    const { world } = await makeHourlyWorld([booksOwing(40), booksOwing(70)]);
    world.time.advance(86_400);
    const path = `GET /companies/company-1/reports/${name}`;

    const past = await ask(world, `${path}?asOf=${plusSeconds(start, 1800)}`);
    const onADay = await ask(world, `${path}?asOf=${plusSeconds(start, 1800)}&reportDate=2026-02-25`);
    const present = await ask(world, `${path}?asOf=2999-01-01`);

    expect([past, onADay, present].map(shownBy)).toEqual([
      ['2026-03-02', 40],
      ['2026-02-25', 40],
      ['2026-03-03', 70],
    ]);
    expect(JSON.stringify(past.body)).toContain('Lake Tools');
  });

  it.each(reports)('is refused by %s while nothing had been read', async (name) => {
    const { world } = await makeHourlyWorld([booksOwing(40)]);

    const answer = await ask(world, `GET /companies/company-1/reports/${name}?asOf=2020-01-01`);

    expect([answer.status, sentenceOf(answer)]).toEqual([
      400,
      'Nothing had been read by 2020-01-01T00:00:00.000Z, which "asOf" names. Ask for a later instant.',
    ]);
  });
});
