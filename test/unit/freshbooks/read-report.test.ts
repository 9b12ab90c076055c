import { describe, expect, it } from '@jest/globals';
import type { RawRow } from '../../../src/app/ports.ts';
import { makeReadResource } from '../../../src/freshbooks/read-resource.ts';
import { reportsRead, windowsOf } from '../../../src/freshbooks/reports-read.ts';
import type { WireReply } from '../../../src/freshbooks/transport.ts';
import { business, clientOn, reply } from './fake-freshbooks.ts';
import { money } from './rows.ts';

/** FreshBooks answering each report with its own parameters and a currency, which is the one that is asked for. */
async function readOf(
  resource: string,
  more: { cursor?: string; currencies?: string[]; held?: string[]; answer?: WireReply } = {},
) {
  const calls: URLSearchParams[] = [];
  const { client, now } = clientOn(async ({ url }) => {
    const { searchParams } = new URL(url);
    calls.push(searchParams);
    const currency_code = searchParams.get('currency_code') ?? 'CAD';
    const rest = { download_token: 'canary', accounts: [], data: [], taxes: [], total_invoiced: money(0) };
    const lines = { income: [], expenses: [], net_profit: {} };
    const key = resource === 'profitloss_entity' ? 'profitloss' : resource;
    return more.answer ?? reply({ response: { result: { [key]: { currency_code, ...rest, ...lines } } } });
  });
  const rows: RawRow[] = [];
  const { answer: _answer, held, ...asked } = more;
  const report = await makeReadResource({ client, now })({
    resource,
    business,
    runId: 'run-1',
    token: async () => 'token',
    refused: async () => 'token',
    heldIds: async () => new Set(held),
    onRows: async (more) => void rows.push(...more),
    deadline: '2026-06-29T17:00:00Z',
    ...asked,
  });
  return { calls, rows, report };
}

describe('the windows of a report', () => {
  it('are years back from the present one, which ends with the present month', () => {
    expect(
      windowsOf(reportsRead.profitloss_entity, '2026-02-11').map(({ id, start, end }) => [id, start, end]),
    ).toEqual([
      ['2026', '2026-01-01', '2026-02-28'],
      ['2025', '2025-01-01', '2025-12-31'],
      ['2024', '2024-01-01', '2024-12-31'],
    ]);
  });

  it('are months over the turn of a year', () => {
    expect(windowsOf(reportsRead.payments_collected, '2026-01-01').map(({ id }) => id)).toEqual([
      '2026-01',
      '2025-12',
    ]);
  });
});

describe('a report that is read', () => {
  it('has a column for each month of a year in one call', async () => {
    const { calls, rows } = await readOf('profitloss_entity');

    expect(
      calls.map((query) => [query.get('start_date'), query.get('end_date'), query.get('resolution')]),
    ).toEqual([
      ['2026-01-01', '2026-06-30', 'm'],
      ['2025-01-01', '2025-12-31', 'm'],
      ['2024-01-01', '2024-12-31', 'm'],
    ]);
    expect(rows.map(({ id }) => id)).toEqual(['2026', '2025', '2024']);
  });

  it('is of the end of each month where it is of days', async () => {
    const { calls } = await readOf('balance_sheet');

    expect(calls[0]?.getAll('dates[]')).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
      '2026-06-30',
    ]);
    expect(calls[1]?.getAll('dates[]')).toHaveLength(12);
  });

  it('is kept with its parameters and the day it is as of, and without its token', async () => {
    const { rows } = await readOf('profitloss_entity');

    expect(rows[0]?.raw).toMatchObject({
      asOf: '2026-06-30',
      parameters: { start_date: '2026-01-01', end_date: '2026-06-30', resolution: 'm' },
      report: { currency_code: 'CAD', income: [] },
    });
    expect(JSON.stringify(rows)).not.toContain('canary');
  });

  it('is the same row as long as FreshBooks says the same', async () => {
    const [once, again] = [await readOf('profitloss_entity'), await readOf('profitloss_entity')];

    expect(again.rows.map(({ hash }) => hash)).toEqual(once.rows.map(({ hash }) => hash));
  });

  it('of what is open comes in each currency that is known, the business’s own once', async () => {
    const { calls, rows } = await readOf('accounts_aging', { currencies: ['CAD', 'EUR'] });

    expect(calls.map((query) => query.get('currency_code'))).toEqual([null, 'EUR']);
    expect(rows.map(({ id }) => id)).toEqual(['CAD', 'EUR']);
    expect(calls[0]?.get('end_date')).toBe('2026-06-29');
  });

  it('of the profit comes in every window in each currency, of the balances in the present one', async () => {
    const currencies = ['CAD', 'EUR', 'USD'];
    const profit = await readOf('profitloss_entity', { currencies });
    const balances = await readOf('balance_sheet', { currencies });
    const summary = await readOf('taxsummary', { currencies });

    expect(profit.calls.map((query) => query.get('currency_code'))).toEqual(
      [1, 2, 3].flatMap(() => [null, 'EUR', 'USD']),
    );
    expect(profit.rows.map(({ id }) => id)).toEqual(
      ['2026', '2025', '2024'].flatMap((year) => [year, `${year}-EUR`, `${year}-USD`]),
    );
    expect(balances.rows.map(({ id }) => id)).toEqual(['2026', '2026-EUR', '2026-USD', '2025', '2024']);
    expect(summary.rows.map(({ id }) => id)).toEqual(['2026', '2025']);
  });

  it('comes again in each currency that it was asked in before, though nothing else names it now', async () => {
    const profit = await readOf('profitloss_entity', { held: ['2023-EUR', '2026'] });
    const aging = await readOf('accounts_aging', { held: ['CAD', 'USD'], currencies: ['EUR'] });

    expect(profit.rows.map(({ id }) => id)).toEqual(
      ['2026', '2025', '2024'].flatMap((year) => [year, `${year}-EUR`]),
    );
    expect(aging.rows.map(({ id }) => id)).toEqual(['CAD', 'EUR', 'USD']);
  });

  it('asks for past windows that matter less once a day', async () => {
    const first = await readOf('taxsummary');
    const again = await readOf('taxsummary', { cursor: '2026-06-29' });
    const nextDay = await readOf('taxsummary', { cursor: '2026-06-28' });

    expect([first, again, nextDay].map(({ calls }) => calls.length)).toEqual([2, 1, 2]);
    expect(first.report).toMatchObject({ complete: true, cursor: '2026-06-29', vanished: [] });
  });

  it.each([
    ['the scope is missing', 403, { error: 'insufficient_scope' }, 'no-permission'],
    ['the plan lacks it', 404, { response: { errors: [{ errno: 404, message: 'Not found' }] } }, 'not-found'],
    [
      'it is refused in a 200',
      200,
      { response: { errors: [{ errno: 1003, message: 'Unauthorized' }] } },
      undefined,
    ],
    ['it is another report', 200, { response: { result: { other: {} } } }, 'unavailable'],
  ])('gives no rows when %s', async (_, status, body, kind) => {
    const answer = { ...reply(body), status };

    await expect(readOf('profitloss_entity', { answer })).rejects.toMatchObject(
      kind === undefined ? {} : { kind },
    );
  });
});
