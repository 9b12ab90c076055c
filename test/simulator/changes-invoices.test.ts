import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Desk, openDesk, workLine } from './desk.ts';
import { refusalOf, rowWithin } from './harness.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

describe('§3A.2 invoices', () => {
  it('a created invoice is a draft with its money worked out, without lines in the reply', async () => {
    const invoice = await desk.newInvoice({ due_offset_days: 10 });

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
    const invoice = await desk.newInvoice({}, '?include[]=lines');

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
    const compound = { ...workLine, taxName2: 'QST', taxAmount2: '10', compounded_tax: true };

    const invoice = await desk.newInvoice({ discount_value: 10, lines: [compound] });

    // 100 − 10 = 90; 13 % = 11.70; 10 % of 101.70 = 10.17
    expect(invoice['amount']).toEqual({ amount: '111.87', code: 'CAD' });
    expect(invoice['discount_total']).toEqual({ amount: '-10.00', code: 'CAD' });
  });

  it('creating one bumps the updated of its client (§3.8)', async () => {
    const { id } = await desk.newClient();
    desk.later();
    await desk.write('POST', 'invoices/invoices', {
      invoice: { customerid: id ?? null, create_date: '2026-06-20', lines: [] },
    });

    expect((await desk.one(`users/clients/${id}`, 'client'))['updated']).toBe('2026-06-29 13:48:49');
  });

  it('lines on a PUT are the whole new set', async () => {
    const { id } = await desk.newInvoice({ lines: [workLine, workLine] });

    const changed = await desk.write('PUT', `invoices/invoices/${id}?include[]=lines`, {
      invoice: { lines: [{ ...workLine, qty: 1 }] },
    });

    expect(changed['lines']).toHaveLength(1);
    expect(changed['amount']).toEqual({ amount: '56.50', code: 'CAD' });
  });

  it('a PUT without lines keeps them', async () => {
    const { id } = await desk.newInvoice();

    const changed = await desk.write('PUT', `invoices/invoices/${id}?include[]=lines`, {
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
    const { id } = await desk.newInvoice();

    expect(refusalOf(await desk.api('PUT', `invoices/invoices/${id}`, { body: { invoice } }))).toEqual({
      status,
      errno,
    });
  });

  it('an unknown customer is 404 errno 1012 of the client', async () => {
    const got = await desk.api('POST', 'invoices/invoices', {
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
    const { id, updated } = await desk.newInvoice();
    desk.later();

    const send = method === 'PUT' ? { body: { invoice: { vis_state: 1 } } } : {};
    expect((await desk.api(method, `invoices/invoices/${id}`, send)).status).toBe(200);

    expect(await desk.one(`invoices/invoices/${id}`, 'invoice')).toMatchObject({
      vis_state: 1,
      updated: updated ?? '',
    });
  });

  it('share_link of a sent invoice is told, of a draft refused', async () => {
    const { id, customerid } = await desk.newInvoice();
    const draft = await desk.api('GET', `invoices/invoices/${id}/share_link?share_method=share_link`);
    await desk.write('PUT', `invoices/invoices/${id}`, { invoice: { status: 2 } });
    const sent = await desk.api('GET', `invoices/invoices/${id}/share_link?share_method=share_link`);

    expect(draft.status).toBe(422);
    expect(rowWithin(sent.json, 'response', 'result', 'share_link')).toMatchObject({
      clientid: customerid ?? 0,
      resource_type: 'invoice',
      resourceid: String(id),
    });
  });
});
