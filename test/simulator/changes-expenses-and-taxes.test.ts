import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Row } from '../../simulator/json.ts';
import { type Desk, openDesk } from './desk.ts';
import { refusalOf } from './harness.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

describe('§3A.11 taxes', () => {
  const tax = { name: 'NST', amount: '15' };

  it('are created, changed and really deleted', async () => {
    const created = await desk.write('POST', 'taxes/taxes', { tax });
    const path = `taxes/taxes/${created['taxid']}`;
    const changed = await desk.write('PUT', path, { tax: { amount: '16' } });
    const deleted = await desk.api('DELETE', path);

    expect(created).toMatchObject({ name: 'NST', amount: '15', compound: false, number: null });
    expect(changed).toMatchObject({ name: 'NST', amount: '16' });
    expect(deleted.json).toEqual({ response: {} });
    expect(refusalOf(await desk.api('GET', path))).toEqual({ status: 404, errno: 1012 });
  });

  it('a deleted id is not used again', async () => {
    const first = await desk.write('POST', 'taxes/taxes', { tax });
    await desk.api('DELETE', `taxes/taxes/${first['id']}`);
    const second = await desk.write('POST', 'taxes/taxes', { tax });

    expect(Number(second['id'])).toBeGreaterThan(Number(first['id']));
  });

  it('a second tax of one name is errno 1026', async () => {
    expect(refusalOf(await desk.api('POST', 'taxes/taxes', { body: { tax: { name: 'HST' } } }))).toEqual({
      status: 422,
      errno: 1026,
    });
  });
});

describe('§3A.6 expenses', () => {
  const make = async (extra: Row = {}): Promise<Row> => {
    const [category] = await desk.list('expenses/categories', 'categories');
    const expense = {
      amount: { amount: '39.991' },
      categoryid: category?.['id'] ?? null,
      staffid: 1,
      date: '2026-06-28',
      notes: 'Tea',
      ...extra,
    };
    return desk.write('POST', 'expenses/expenses', { expense });
  };

  it('keep three decimals (§3.6)', async () => {
    expect((await make())['amount']).toEqual({ amount: '39.991', code: 'CAD' });
  });

  it('mark their category and bump its updated_at (§3.8)', async () => {
    const { categoryid } = await make();

    expect(await desk.one(`expenses/categories/${categoryid}`, 'category')).toMatchObject({
      transaction_posted: true,
      updated_at: '2026-06-29 12:48:49',
    });
  });

  it('two equal ones are both accepted and both are duplicates (§4.4)', async () => {
    const first = await make();
    const second = await make();

    expect(first['isduplicate']).toBe(false);
    expect(second['isduplicate']).toBe(true);
    expect((await desk.one(`expenses/expenses/${first['id']}`, 'expense'))['isduplicate']).toBe(true);
  });

  it('a delete keeps updated and version', async () => {
    const made = await make();
    desk.later();

    const deleted = await desk.write('PUT', `expenses/expenses/${made['id']}`, { expense: { vis_state: 1 } });

    expect(deleted).toMatchObject({
      vis_state: 1,
      updated: made['updated'] ?? '',
      version: made['version'] ?? '',
    });
  });

  it('an ordinary change bumps both', async () => {
    const made = await make();
    desk.later();

    const changed = await desk.write('PUT', `expenses/expenses/${made['id']}`, {
      expense: { vendor: 'Tea House' },
    });

    expect(changed).toMatchObject({ vendor: 'Tea House', updated: '2026-06-29 13:48:49' });
    expect(changed['version']).toMatch(/^2026-06-29 13:48:49\.\d{6}$/);
  });
});
