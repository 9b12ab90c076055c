import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Json, Row } from '../../simulator/json.ts';
import { type Bench, refusalOf, rowWithin, startBench, within } from './harness.ts';

// Noon in New York, so that Eastern and UTC stamps differ by four hours on the same day.
const noon = Date.UTC(2026, 5, 29, 16, 48, 49);
let now = noon;
let bench: Bench;
beforeEach(async () => {
  now = noon;
  bench = await startBench({ now: () => now });
});
afterEach(() => bench.close());

const write = async (method: string, path: string, body: Json): Promise<Row> => {
  const got = await bench.api(method, path, { body });
  return rowWithin(
    got.json,
    'response',
    'result',
    path.split('?')[0]?.split('/')[1]?.replace(/s$/, '') ?? '',
  );
};
const newClient = () =>
  write('POST', 'users/clients', { client: { fname: 'Ann', lname: 'Lee', email: 'ann@lee.example' } });
const line = {
  name: 'Work',
  qty: 2,
  unit_cost: { amount: '50.00', code: 'CAD' },
  taxName1: 'HST',
  taxAmount1: 13,
};
const newInvoice = async (extra: Row = {}, query = ''): Promise<Row> => {
  const { id } = await newClient();
  const invoice = { customerid: id ?? null, create_date: '2026-06-20', lines: [line], ...extra };
  return write('POST', `invoices/invoices${query}`, { invoice });
};
const pay = (invoiceid: Json | undefined, amount: string, extra: Row = {}): Promise<Row> =>
  write('POST', 'payments/payments', {
    payment: {
      invoiceid: invoiceid ?? null,
      amount: { amount },
      date: '2026-06-21',
      type: 'Check',
      ...extra,
    },
  });
const later = (): void => {
  now += 3_600_000;
};

describe('§3A.1 clients', () => {
  it('a created client has a UTC signup_date, an Eastern updated (§3.7) and a generated username', async () => {
    const client = await newClient();

    expect(client).toMatchObject({
      signup_date: '2026-06-29 16:48:49',
      updated: '2026-06-29 12:48:49',
      username: 'annlee',
      vis_state: 0,
      currency_code: 'CAD',
    });
    expect(client['id']).toBe(client['userid']);
  });

  it('the same email twice is accepted and the username gets a number (§4.4)', async () => {
    await newClient();

    expect((await newClient())['username']).toBe('annlee2');
  });

  it('a client without any name is errno 7012', async () => {
    expect(refusalOf(await bench.api('POST', 'users/clients', { body: { client: { note: 'x' } } }))).toEqual({
      status: 422,
      errno: 7012,
    });
  });

  it('a PUT changes the fields that were sent and bumps updated', async () => {
    const { id } = await newClient();
    later();

    const changed = await write('PUT', `users/clients/${id}`, { client: { note: 'Hello', unknown_key: 1 } });

    expect(changed).toMatchObject({ fname: 'Ann', note: 'Hello', updated: '2026-06-29 13:48:49' });
    expect(changed).not.toHaveProperty('unknown_key');
  });

  it('deleting a client bumps its updated (§3.8) and takes it off the default list', async () => {
    const { id } = await newClient();
    later();

    const deleted = await write('PUT', `users/clients/${id}`, { client: { vis_state: 1 } });

    expect(deleted).toMatchObject({ vis_state: 1, updated: '2026-06-29 13:48:49' });
    expect((await bench.list('users/clients?per_page=100', 'clients')).map((row) => row['id'])).not.toContain(
      id,
    );
  });
});

describe('§3.8 phases of a PUT', () => {
  it('vis_state beats every other field, even when it changes nothing', async () => {
    const { id } = await newClient();

    await write('PUT', `users/clients/${id}`, { client: { vis_state: 0, fname: 'Lost' } });

    expect((await bench.one(`users/clients/${id}`, 'client'))['fname']).toBe('Ann');
  });

  it('ext_vis_state beats vis_state', async () => {
    const { id } = await newClient();

    const changed = await write('PUT', `users/clients/${id}`, { client: { vis_state: 1, ext_vis_state: 2 } });

    expect(changed['vis_state']).toBe(2);
  });

  it('an action beats ordinary fields', async () => {
    const { id } = await newInvoice();

    const marked = await write('PUT', `invoices/invoices/${id}`, {
      invoice: { action_mark_as_sent: true, notes: 'lost' },
    });

    expect(marked).toMatchObject({ status: 2, v3_status: 'overdue', notes: '' });
  });

  it('a deleted row can be restored', async () => {
    const { id } = await newClient();
    await write('PUT', `users/clients/${id}`, { client: { vis_state: 1 } });

    expect((await write('PUT', `users/clients/${id}`, { client: { vis_state: 0 } }))['vis_state']).toBe(0);
  });
});

describe('§3A.2 invoices', () => {
  it('a created invoice is a draft with its money worked out, without lines in the reply', async () => {
    const invoice = await newInvoice({ due_offset_days: 10 });

    expect(invoice).toMatchObject({
      amount: { amount: '113.00', code: 'CAD' },
      outstanding: { amount: '113.00', code: 'CAD' },
      paid: { amount: '0.00', code: 'CAD' },
      due_date: '2026-06-30',
      status: 1,
      v3_status: 'draft',
      display_status: 'draft',
      payment_status: 'unpaid',
      created_at: '2026-06-29 12:48:49',
      invoice_number: '0000013',
      fname: 'Ann',
    });
    expect(invoice['version']).toMatch(/^2026-06-29 12:48:49\.\d{6}$/);
    expect(invoice).not.toHaveProperty('lines');
  });

  it('includes work on a POST', async () => {
    const invoice = await newInvoice({}, '?include[]=lines');

    expect(rowWithin(invoice, 'lines', 0)).toMatchObject({
      lineid: 1,
      qty: '2',
      taxAmount1: '13',
      taxName1: 'HST',
      amount: { amount: '100.00', code: 'CAD' },
      unit_cost: { amount: '50.00', code: 'CAD' },
    });
  });

  it('discount comes off before tax, and a compound tax stands on the first', async () => {
    const compound = { ...line, taxName2: 'QST', taxAmount2: '10', compounded_tax: true };

    const invoice = await newInvoice({ discount_value: 10, lines: [compound] });

    // 100 − 10 = 90; 13 % = 11.70; 10 % of 101.70 = 10.17
    expect(invoice['amount']).toEqual({ amount: '111.87', code: 'CAD' });
    expect(invoice['discount_total']).toEqual({ amount: '-10.00', code: 'CAD' });
  });

  it('creating one bumps the updated of its client (§3.8)', async () => {
    const { id } = await newClient();
    later();
    await write('POST', 'invoices/invoices', {
      invoice: { customerid: id ?? null, create_date: '2026-06-20', lines: [] },
    });

    expect((await bench.one(`users/clients/${id}`, 'client'))['updated']).toBe('2026-06-29 13:48:49');
  });

  it('lines on a PUT are the whole new set', async () => {
    const { id } = await newInvoice({ lines: [line, line] });

    const changed = await write('PUT', `invoices/invoices/${id}?include[]=lines`, {
      invoice: { lines: [{ ...line, qty: 1 }] },
    });

    expect(changed['lines']).toHaveLength(1);
    expect(changed['amount']).toEqual({ amount: '56.50', code: 'CAD' });
  });

  it('a PUT without lines keeps them', async () => {
    const { id } = await newInvoice();

    const changed = await write('PUT', `invoices/invoices/${id}?include[]=lines`, {
      invoice: { notes: 'kept' },
    });

    expect(changed['lines']).toHaveLength(1);
    expect(changed['notes']).toBe('kept');
  });

  it.each([
    ['due_date is read only', { due_date: '2026-12-24' }, 403, 1038],
    ['status must be a number', { status: '2' }, 422, 1015],
    ['status 4 cannot be written', { status: 4 }, 422, 1015],
    ['auto_bill must be a boolean', { auto_bill: 'yes' }, 422, 1031],
    ['create_date must be a date', { create_date: 'soon' }, 422, 1033],
    ['a discount cannot be negative', { discount_value: '-1' }, 422, 1018],
    ['vis_state is 0, 1 or 2', { vis_state: 7 }, 422, 1004],
  ])('%s', async (_name, invoice, status, errno) => {
    const { id } = await newInvoice();

    expect(refusalOf(await bench.api('PUT', `invoices/invoices/${id}`, { body: { invoice } }))).toEqual({
      status,
      errno,
    });
  });

  it('an unknown customer is 404 errno 1012 of the client', async () => {
    const got = await bench.api('POST', 'invoices/invoices', {
      body: { invoice: { customerid: 4, create_date: '2026-06-20' } },
    });

    expect(got.status).toBe(404);
    expect(got.json).toEqual({
      response: {
        errors: [
          { errno: 1012, field: 'userid', message: 'Client not found.', object: 'client', value: '4' },
        ],
      },
    });
  });

  it.each(['PUT', 'DELETE'])('%s deletes softly and keeps updated', async (method) => {
    const { id, updated } = await newInvoice();
    later();

    const send = method === 'PUT' ? { body: { invoice: { vis_state: 1 } } } : {};
    expect((await bench.api(method, `invoices/invoices/${id}`, send)).status).toBe(200);

    expect(await bench.one(`invoices/invoices/${id}`, 'invoice')).toMatchObject({
      vis_state: 1,
      updated: updated ?? '',
    });
  });

  it('share_link of a sent invoice is told, of a draft refused', async () => {
    const { id, customerid } = await newInvoice();
    const draft = await bench.api('GET', `invoices/invoices/${id}/share_link?share_method=share_link`);
    await write('PUT', `invoices/invoices/${id}`, { invoice: { status: 2 } });
    const sent = await bench.api('GET', `invoices/invoices/${id}/share_link?share_method=share_link`);

    expect(draft.status).toBe(422);
    expect(rowWithin(sent.json, 'response', 'result', 'share_link')).toMatchObject({
      clientid: customerid ?? 0,
      resource_type: 'invoice',
      resourceid: String(id),
    });
  });
});

describe('§3A.8 payments and what they do to the invoice (§3.8)', () => {
  it('a part payment makes the invoice partial and bumps it', async () => {
    const { id, customerid } = await newInvoice({ status: 2, due_offset_days: 30 });
    later();
    const payment = await pay(id, '13.00');
    const invoice = await bench.one(`invoices/invoices/${id}`, 'invoice');

    expect(payment).toMatchObject({
      clientid: customerid ?? 0,
      updated: '2026-06-29 13:48:49',
      overpaymentid: null,
    });
    expect(payment['logid']).toBe(payment['id']);
    expect(invoice).toMatchObject({
      paid: { amount: '13.00', code: 'CAD' },
      outstanding: { amount: '100.00', code: 'CAD' },
      v3_status: 'partial',
      payment_status: 'partial',
      status: 2,
      updated: '2026-06-29 13:48:49',
    });
  });

  it('a full payment makes it paid', async () => {
    const { id } = await newInvoice({ status: 2 });
    await pay(id, '113.00');

    expect(await bench.one(`invoices/invoices/${id}`, 'invoice')).toMatchObject({
      status: 4,
      v3_status: 'paid',
      payment_status: 'paid',
      date_paid: '2026-06-21',
      outstanding: { amount: '0.00', code: 'CAD' },
    });
  });

  it('deleting a payment keeps its own updated and opens the invoice again', async () => {
    const { id } = await newInvoice({ status: 2, due_offset_days: 30 });
    const payment = await pay(id, '113.00');
    later();
    const deleted = await write('PUT', `payments/payments/${payment['id']}`, { payment: { vis_state: 1 } });

    expect(deleted).toMatchObject({ vis_state: 1, updated: payment['updated'] ?? '' });
    expect(await bench.one(`invoices/invoices/${id}`, 'invoice')).toMatchObject({
      status: 2,
      v3_status: 'sent',
      outstanding: { amount: '113.00', code: 'CAD' },
      date_paid: null,
    });
  });

  it('what exceeds the invoice is marked as a credit', async () => {
    const { id } = await newInvoice({ status: 2 });

    expect((await pay(id, '200.00'))['overpaymentid']).not.toBeNull();
  });

  it('a changed amount moves the invoice', async () => {
    const { id } = await newInvoice({ status: 2, due_offset_days: 30 });
    const payment = await pay(id, '10.00');
    await write('PUT', `payments/payments/${payment['id']}`, {
      payment: { amount: { amount: '20.00', code: 'CAD' } },
    });

    expect((await bench.one(`invoices/invoices/${id}`, 'invoice'))['paid']).toEqual({
      amount: '20.00',
      code: 'CAD',
    });
  });

  it.each(['invoiceid', 'amount', 'date', 'type'])('%s is required (errno 1001)', async (field) => {
    const { id } = await newInvoice();
    const whole: Row = {
      invoiceid: id ?? null,
      amount: { amount: '1.00' },
      date: '2026-06-21',
      type: 'Cash',
    };
    const payment = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field));
    const got = await bench.api('POST', 'payments/payments', { body: { payment } });

    expect(refusalOf(got)).toEqual({ status: 422, errno: 1001 });
    expect(within(got.json, 'response', 'errors', 0, 'field')).toBe(field);
  });

  it('an unknown type is errno 1004, an unknown invoice 1012', async () => {
    const { id } = await newInvoice();
    const odd = { invoiceid: id ?? null, amount: { amount: '1.00' }, date: '2026-06-21', type: 'Gold' };

    expect(refusalOf(await bench.api('POST', 'payments/payments', { body: { payment: odd } })).errno).toBe(
      1004,
    );
    expect(
      refusalOf(
        await bench.api('POST', 'payments/payments', {
          body: { payment: { ...odd, type: 'Cash', invoiceid: 1 } },
        }),
      ).errno,
    ).toBe(1012);
  });
});

describe('§3A.11 taxes', () => {
  const tax = { name: 'NST', amount: '15' };

  it('are created, changed and really deleted', async () => {
    const made = await write('POST', 'taxes/taxes', { tax });
    const path = `taxes/taxes/${made['taxid']}`;
    // the singular of taxes is tax
    const created = (await bench.list('taxes/taxes?per_page=100', 'taxes')).at(-1);
    const changed = await bench.api('PUT', `taxes/taxes/${created?.['taxid']}`, {
      body: { tax: { amount: '16' } },
    });
    const deleted = await bench.api('DELETE', `taxes/taxes/${created?.['taxid']}`);
    const gone = await bench.api('GET', `taxes/taxes/${created?.['taxid']}`);

    expect(path).toContain('taxes/taxes/');
    expect(created).toMatchObject({ name: 'NST', amount: '15', compound: false, number: null });
    expect(rowWithin(changed.json, 'response', 'result', 'tax')).toMatchObject({ amount: '16' });
    expect(deleted.json).toEqual({ response: {} });
    expect(refusalOf(gone)).toEqual({ status: 404, errno: 1012 });
  });

  it('a deleted id is not used again', async () => {
    const first = rowWithin(
      (await bench.api('POST', 'taxes/taxes', { body: { tax } })).json,
      'response',
      'result',
      'tax',
    );
    await bench.api('DELETE', `taxes/taxes/${first['id']}`);
    const second = rowWithin(
      (await bench.api('POST', 'taxes/taxes', { body: { tax } })).json,
      'response',
      'result',
      'tax',
    );

    expect(Number(second['id'])).toBeGreaterThan(Number(first['id']));
  });

  it('a second tax of one name is errno 1026', async () => {
    expect(refusalOf(await bench.api('POST', 'taxes/taxes', { body: { tax: { name: 'HST' } } }))).toEqual({
      status: 422,
      errno: 1026,
    });
  });
});

describe('§3A.6 expenses', () => {
  const make = async (extra: Row = {}): Promise<Row> => {
    const [category] = await bench.list('expenses/categories', 'categories');
    const expense = {
      amount: { amount: '39.991' },
      categoryid: category?.['id'] ?? null,
      staffid: 1,
      date: '2026-06-28',
      notes: 'Tea',
      ...extra,
    };
    return write('POST', 'expenses/expenses', { expense });
  };

  it('keep three decimals (§3.6)', async () => {
    expect((await make())['amount']).toEqual({ amount: '39.991', code: 'CAD' });
  });

  it('mark their category and bump its updated_at (§3.8)', async () => {
    const { categoryid } = await make();

    expect(await bench.one(`expenses/categories/${categoryid}`, 'category')).toMatchObject({
      transaction_posted: true,
      updated_at: '2026-06-29 12:48:49',
    });
  });

  it('two equal ones are both accepted and both are duplicates (§4.4)', async () => {
    const first = await make();
    const second = await make();

    expect(first['isduplicate']).toBe(false);
    expect(second['isduplicate']).toBe(true);
    expect((await bench.one(`expenses/expenses/${first['id']}`, 'expense'))['isduplicate']).toBe(true);
  });

  it('a delete keeps updated and version', async () => {
    const made = await make();
    later();

    const deleted = await write('PUT', `expenses/expenses/${made['id']}`, { expense: { vis_state: 1 } });

    expect(deleted).toMatchObject({
      vis_state: 1,
      updated: made['updated'] ?? '',
      version: made['version'] ?? '',
    });
  });

  it('an ordinary change bumps both', async () => {
    const made = await make();
    later();

    const changed = await write('PUT', `expenses/expenses/${made['id']}`, {
      expense: { vendor: 'Tea House' },
    });

    expect(changed).toMatchObject({ vendor: 'Tea House', updated: '2026-06-29 13:48:49' });
    expect(changed['version']).toMatch(/^2026-06-29 13:48:49\.\d{6}$/);
  });
});
