import { describe, expect, it } from '@jest/globals';
import { type FakeList, fakeList } from './fake-freshbooks.ts';
import { books, ids, read, row } from './read-fake.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
const old = '2026-06-01 10:00:00';

/** Where a first read of these rows ended. */
async function firstCursor(list: FakeList, resource: string): Promise<string> {
  const { report } = await read(list, resource);
  return report.cursor ?? '';
}

describe('a comparison of everything', () => {
  it('brings a row that changed without a word, and tells it from one that a later read would have brought', async () => {
    const list = fakeList([row(1), row(2), row(3)]);
    const cursor = await firstCursor(list, 'clients');
    list.rows = [
      row(1),
      row(2, { note: 'quietly' }),
      row(3, { note: 'told', updated: '2026-06-29 10:00:00' }),
    ];

    const { report, rows } = await read(list, 'clients', { cursor, census: true, held: ['1', '2', '3'] });

    const untold = [...rows.values()].filter(({ id, raw }) =>
      report.unannounced?.({ id, raw, wasDeleted: false }),
    );
    expect(report).toMatchObject({ complete: true, compared: true, sourceTotal: 3, vanished: [] });
    expect(rows.get('2')?.raw['note']).toBe('quietly');
    expect(ids(untold.map(({ id }) => id))).toEqual([1, 2]);
  });

  it('finds a row that is in no list any more', async () => {
    const list = fakeList(books(3));
    const cursor = await firstCursor(list, 'invoices');
    list.rows = list.rows.filter(({ id }) => id !== 2);

    const { report } = await read(list, 'invoices', { cursor, census: true, held: ['1', '2', '3'] });

    expect(report.vanished).toEqual(['2']);
  });

  it('takes no archived row for gone although a list without a filter may lack them', async () => {
    const list = fakeList([row(1), row(2, { vis_state: 2 })]);
    list.before = (_, query) => {
      if (!query.has('search[vis_state]')) query.set('search[vis_state]', '0');
    };
    const cursor = await firstCursor(list, 'invoices');

    const { report } = await read(list, 'invoices', { cursor, census: true, held: ['1', '2'] });

    expect(report.vanished).toEqual([]);
  });

  it('is made when another role reads than the last time', async () => {
    const list = fakeList([row(1), row(2)]);
    list.role = 'business_employee';
    const cursor = await firstCursor(list, 'clients');
    list.role = 'owner';

    const { report, rows } = await read(list, 'clients', { cursor, held: ['1'] });

    expect(report.compared).toBe(true);
    expect(ids(rows.keys())).toEqual([1, 2]);
  });

  it('tells after every read how many rows FreshBooks counts', async () => {
    const list = fakeList([row(1, { updated: old }), row(2, { updated: old })]);
    const cursor = await firstCursor(list, 'clients');

    const { report } = await read(list, 'clients', { cursor });

    expect(report).toMatchObject({ complete: true, sourceTotal: 2 });
    expect(report.compared).toBeUndefined();
  });
});

describe('rows that are missing', () => {
  const tax = (id: number) => ({ id, taxid: id, vis_state: 0, name: `T${id}` });

  it('are kept when the person who reads has another role than who saw them', async () => {
    const list = fakeList([tax(1), tax(2)]);
    const cursor = await firstCursor(list, 'taxes');
    list.role = 'business_employee';
    list.rows = [tax(1)];

    const { report } = await read(list, 'taxes', { cursor, held: ['1', '2'] });
    const again = await read(list, 'taxes', { cursor: report.cursor ?? '', held: ['1', '2'] });

    expect([report.vanished, again.report.vanished]).toEqual([[], []]);
    expect(again.report.warnings).toEqual([
      'taxes: 1 rows are missing, and the person who reads has another role than before; they are kept',
    ]);
  });

  it('are kept when the role changes while they are looked for', async () => {
    const list = fakeList([tax(1), tax(2)]);
    const cursor = await firstCursor(list, 'taxes');
    list.rows = [tax(1)];
    list.before = () => {
      list.role = 'business_employee';
    };

    const { report } = await read(list, 'taxes', { cursor, held: ['1', '2'] });

    expect(report.vanished).toEqual([]);
  });

  it('are gone when the same lesser role no longer sees what it saw', async () => {
    const list = fakeList([tax(1), tax(2)]);
    list.role = 'business_manager';
    const first = await read(list, 'taxes');
    const second = await read(list, 'taxes', { cursor: first.report.cursor ?? '', held: ['1', '2'] });
    list.rows = [tax(1)];

    const third = await read(list, 'taxes', { cursor: second.report.cursor ?? '', held: ['1', '2'] });

    expect(third.report.vanished).toEqual(['2']);
  });

  it('are kept when a lesser role read only the end of what another one had begun to read', async () => {
    const list = fakeList([tax(1), tax(2)]);
    list.role = 'business_manager';
    const first = await read(list, 'taxes');
    const resumed = await read(list, 'taxes', {
      cursor: first.report.cursor ?? '',
      held: ['1', '2'],
      resume: 'again',
    });
    list.rows = [tax(1)];

    const { report } = await read(list, 'taxes', { cursor: resumed.report.cursor ?? '', held: ['1', '2'] });

    expect(report.vanished).toEqual([]);
  });

  it('are gone when very many are missing in two reads', async () => {
    const list = fakeList(many(60).map((id) => tax(Number(id))));
    const cursor = await firstCursor(list, 'taxes');
    list.rows = [tax(1)];

    const { report } = await read(list, 'taxes', { cursor, held: many(60) });
    const again = await read(list, 'taxes', { cursor: report.cursor ?? '', held: many(60) });

    expect(report.vanished).toEqual([]);
    expect(again.report.vanished).toHaveLength(59);
  });

  it('are kept when each time others of very many are missing', async () => {
    const list = fakeList(many(60).map((id) => tax(Number(id))));
    const cursor = await firstCursor(list, 'taxes');
    list.rows = [tax(1)];
    const { report } = await read(list, 'taxes', { cursor, held: many(60) });
    list.rows = [tax(2)];

    const again = await read(list, 'taxes', { cursor: report.cursor ?? '', held: many(60) });

    expect(again.report.vanished).toEqual([]);
  });
});

describe('invoices, whose payments change them', () => {
  const payment = (id: number, more = {}) => ({
    id,
    logid: id,
    vis_state: 0,
    updated: old,
    invoiceid: 7,
    ...more,
  });

  it('are read again when a payment was deleted, although the invoice says nothing', async () => {
    const list = fakeList([row(7, { paid: '10' })]);
    list.payments = [payment(1)];
    const cursor = await firstCursor(list, 'invoices');
    list.payments = [payment(1, { vis_state: 1 })];
    list.rows = [row(7, { paid: '0' })];

    const later = await read(list, 'invoices', { cursor });
    const last = await read(list, 'invoices', { cursor: later.report.cursor ?? '' });

    expect(later.rows.get('7')?.raw['paid']).toBe('0');
    expect(last.rows.size).toBe(0);
  });

  it('are asked for by id when a payment of theirs changed', async () => {
    const list = fakeList([row(7), row(8)]);
    const cursor = await firstCursor(list, 'invoices');
    list.payments = [payment(1, { updated: '2026-06-29 09:00:00' })];
    list.rows = [row(7, { paid: '10' }), row(8)];

    const { rows } = await read(list, 'invoices', { cursor });

    expect([...rows.keys()]).toEqual(['7']);
    expect(rows.get('7')?.raw['paid']).toBe('10');
  });

  it('are read although payments may not be', async () => {
    const list = fakeList([row(7, { updated: '2026-06-29 09:00:00' })]);
    const cursor = await firstCursor(list, 'invoices');
    const good = list.transport;
    list.transport = async (request) =>
      request.url.includes('/payments/')
        ? { status: 403, headers: {}, text: '{"message":"scope"}' }
        : good(request);

    const { report, rows } = await read(list, 'invoices', { cursor });

    expect(report.complete).toBe(true);
    expect([...rows.keys()]).toEqual(['7']);
  });
});
