import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { RawRow } from '../../../src/app/ports.ts';
import { BalanceSheetMonth, ProfitAndLossMonth } from '../../../src/domain/unified/statements.ts';
import { type MappedType, project } from '../../../src/freshbooks/project/projections.ts';
import { reportIn, reports } from '../../../src/freshbooks/reports.ts';
import { someTime } from './rows.ts';

// What FreshBooks really answered, where the recordings are at hand.

const folder = fileURLToPath(new URL('../../../../shared/fixtures/freshbooks/', import.meta.url));
const there = existsSync(folder);

async function statementsOf(type: MappedType, resource: 'profitloss_entity' | 'balance_sheet', file: string) {
  const body: unknown = JSON.parse(readFileSync(`${folder}report_${file}.json`, 'utf8'));
  const raw = { report: reportIn(body, reports[resource], resource) };
  const rows = async function* (name: string): AsyncGenerator<RawRow> {
    if (name === resource) yield { id: '2021', hash: '', deleted: false, raw };
  };
  const faults: unknown[] = [];
  const records: unknown[] = [];
  for await (const { record } of project(type, rows, (fault) => faults.push(fault), someTime))
    records.push(record);
  expect(faults).toEqual([]);
  return records;
}

(there ? describe : describe.skip)('a recorded report', () => {
  it('becomes a profit and loss for each of its months', async () => {
    const [first, second] = (
      await statementsOf('profitAndLoss', 'profitloss_entity', 'profitloss_entity__nodesdk__1')
    ).map((record) => ProfitAndLossMonth.parse(record));

    expect(first).toMatchObject({ id: '2021-09', netProfit: 0, income: { items: [] } });
    expect(second).toMatchObject({
      id: '2021-10',
      currency: 'CAD',
      grossProfit: 1227.43,
      expenses: {
        value: 108.85,
        items: [{ name: 'Office Expenses & Postage', value: 100 }, { value: 8.85 }],
      },
      costOfSales: { value: 0 },
      netProfit: 1118.58,
    });
  });

  it('becomes a balance sheet for each of its days', async () => {
    const sheets = (await statementsOf('balanceSheet', 'balance_sheet', 'balance_sheet__postman__1')).map(
      (record) => BalanceSheetMonth.parse(record),
    );

    expect(sheets.map(({ date, netAssets }) => [date, netAssets])).toEqual([
      ['2019-04-19T00:00:00', -4705.98],
      ['2019-04-25T00:00:00', 7014.56],
    ]);
    expect(sheets[1]?.equity.items).toEqual([
      { accountId: '', name: 'Net Income', value: 7014.56, items: [] },
    ]);
  });
});
