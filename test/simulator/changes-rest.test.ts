import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { amountOf, type Row, rowsOf, textOf } from '../../simulator/json.ts';
import { idOf } from '../../simulator/row-index.ts';
import { type Desk, openDesk } from './desk.ts';
import { call, refusalOf, rowWithin } from './harness.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const line = { name: 'Work', qty: 2, unit_cost: { amount: '50.00', code: 'CAD' } };
const refused = async (method: string, path: string, body: Row) =>
  refusalOf(await desk.api(method, path, { body }));

const newEstimate = async (): Promise<Row> => {
  const { id = null } = await desk.newClient();
  const estimate = { customerid: id, create_date: '2026-06-20', lines: [line] };
  return desk.write('POST', 'estimates/estimates', { estimate });
};

describe('§3A.4 estimates', () => {
  it('add up, are numbered on, and show no lines unless asked', async () => {
    const row = await newEstimate();

    expect(row).toMatchObject({ estimate_number: '0000005', status: 1, ui_status: 'draft' });
    expect(amountOf(row, 'amount')).toBe('100.00');
    expect(row).not.toHaveProperty('lines');
  });

  it('are accepted and sent by actions', async () => {
    const path = `estimates/estimates/${idOf(await newEstimate())}`;
    const sent = await desk.write('PUT', path, { estimate: { action_email: true } });
    const accepted = await desk.write('PUT', path, { estimate: { action_accept: true, notes: 'dropped' } });

    expect(sent['display_status']).toBe('sent');
    expect(accepted).toMatchObject({ accepted: true, display_status: 'accepted', notes: '' });
  });

  it.each([
    ['PUT', { estimate: { vis_state: 1 } }],
    ['DELETE', {}],
  ])('§3.8 deleted by %s keep `updated`, and can still be had by id', async (method, body) => {
    const before = await newEstimate();
    const path = `estimates/estimates/${idOf(before)}`;
    desk.later();
    await desk.api(method, path, { body });

    expect(await desk.one(path, 'estimate')).toMatchObject({ vis_state: 1, updated: before['updated'] });
  });
});

describe('§3A.3 recurring profiles', () => {
  it('may not start in the past: errno 16003', async () => {
    const { id = null } = await desk.newClient();
    const profile = { customerid: id, frequency: 'm', lines: [line] };
    const past = { invoice_profile: { ...profile, create_date: '2026-06-28' } };
    const today = { invoice_profile: { ...profile, create_date: '2026-06-29' } };
    const path = 'invoice_profiles/invoice_profiles';

    expect(await refused('POST', path, past)).toEqual({ status: 422, errno: 16_003 });
    expect(amountOf(await desk.write('POST', path, today), 'amount')).toBe('100.00');
  });
});

describe('§3A.5 credit notes', () => {
  it('need a client and a date, have a singular key and no stamp', async () => {
    const { id = null } = await desk.newClient();
    const path = 'credit_notes/credit_notes';
    const row = await desk.write('POST', path, {
      credit_note: { clientid: id, create_date: '2026-06-20', lines: [line] },
    });

    expect(await refused('POST', path, { credit_note: { clientid: id } })).toMatchObject({ errno: 1001 });
    expect(row).toMatchObject({ payment_status: 'unpaid', credit_type: 'goodwill' });
    expect(row).not.toHaveProperty('updated');
  });
});

describe('§3A.9 tasks', () => {
  it('make their service, which does not change with them but goes with them', async () => {
    const task = await desk.write('POST', 'projects/tasks', {
      task: { name: 'Paint', rate: { amount: '40' } },
    });
    const path = `projects/tasks/${idOf(task)}`;
    const service = async () =>
      rowWithin(
        (
          await call('GET', `${desk.url}/comments/business/8104533/service/${idOf(task)}`, {
            token: desk.token,
          })
        ).json,
        'service',
      );

    expect(task).toMatchObject({ tname: 'Paint', taskid: task['id'] ?? null });
    expect(await service()).toMatchObject({ name: 'Paint', vis_state: 0 });
    await desk.write('PUT', path, { task: { name: 'Varnish' } });
    expect(await service()).toMatchObject({ name: 'Paint' });
    await desk.write('PUT', path, { task: { vis_state: 1 } });
    expect(await service()).toMatchObject({ vis_state: 1 });
  });
});

describe('§3A.12 other income', () => {
  const path = 'other_incomes/other_incomes';
  const income = { amount: { amount: '25.00', code: 'CAD' }, date: '2026-06-20', note: 'n', source: 'Etsy' };

  it('a PUT is the full record: what is left out is lost, and amount and date are needed', async () => {
    const { incomeid } = await desk.write('POST', path, { other_income: income });
    const { note: _note, ...rest } = income;
    const after = await desk.write('PUT', `${path}/${incomeid}`, { other_income: rest });

    expect(after).toMatchObject({ incomeid, note: '', source: 'Etsy' });
    expect(await refused('PUT', `${path}/${incomeid}`, { other_income: { note: 'x' } })).toMatchObject({
      errno: 1001,
    });
  });

  it('DELETE is for good', async () => {
    const { incomeid } = await desk.write('POST', path, { other_income: income });
    await desk.api('DELETE', `${path}/${incomeid}`);

    expect((await desk.api('GET', `${path}/${incomeid}`)).status).toBe(404);
  });
});

describe('§3A.13 to §3A.15 bills', () => {
  const newBill = async (): Promise<Row> => {
    const { vendorid = null } = await desk.write('POST', 'bill_vendors/bill_vendors', {
      bill_vendor: { vendor_name: 'Planks & Co' },
    });
    const lines = [
      {
        categoryid: 219_002,
        quantity: 3,
        unit_cost: { amount: '10.00' },
        tax_name1: 'HST',
        tax_percent1: '13',
      },
    ];
    const bill = { vendorid, issue_date: '2026-06-20', due_offset_days: 3, lines };
    return desk.write('POST', 'bills/bills', { bill });
  };
  const pay = (billid: number, amount: string) =>
    desk.write('POST', 'bill_payments/bill_payments', {
      bill_payment: { billid, amount: { amount }, paid_date: '2026-06-21', payment_type: 'Check' },
    });

  it('add up, with UTC stamps (§3.7), a due date that is read only, and the vendor’s balance', async () => {
    const bill = await newBill();
    const vendor = await desk.one(`bill_vendors/bill_vendors/${bill['vendorid']}`, 'bill_vendor');

    expect(amountOf(bill, 'amount')).toBe('30.00');
    expect(amountOf(bill, 'tax_amount')).toBe('3.90');
    expect(amountOf(bill, 'outstanding')).toBe('33.90');
    expect(bill).toMatchObject({
      due_date: '2026-06-23',
      status: 'overdue',
      created_at: '2026-06-29 16:48:49',
    });
    expect(rowsOf(vendor, 'outstanding_balance')).toEqual([{ amount: { amount: '33.90', code: 'CAD' } }]);
    expect(await refused('PUT', `bills/bills/${idOf(bill)}`, { bill: { due_date: '2026-07-01' } })).toEqual({
      status: 403,
      errno: 1038,
    });
  });

  it('are paid by payments, and owed again when one is deleted', async () => {
    const id = idOf(await newBill());
    const read = () => desk.one(`bills/bills/${id}`, 'bill');
    const payment = await pay(id, '33.90');
    const paid = await read();
    await desk.write('PUT', `bill_payments/bill_payments/${idOf(payment)}`, {
      bill_payment: { vis_state: 1 },
    });

    expect(paid['status']).toBe('paid');
    expect(textOf(await read(), 'status')).toBe('overdue');
    expect(amountOf(await read(), 'outstanding')).toBe('33.90');
  });

  it('want a vendor, a category and a bill that exist', async () => {
    const bill = { vendorid: 1, issue_date: '2026-06-20' };
    const bill_payment = {
      billid: 1,
      amount: { amount: '1' },
      paid_date: '2026-06-21',
      payment_type: 'Check',
    };

    expect(await refused('POST', 'bills/bills', { bill })).toEqual({ status: 404, errno: 1012 });
    expect(await refused('POST', 'bill_payments/bill_payments', { bill_payment })).toMatchObject({
      errno: 1012,
    });
  });
});
