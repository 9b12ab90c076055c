import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Row } from '../../simulator/json.ts';
import { type Desk, openDesk } from './desk.ts';
import { refusalOf, within } from './harness.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

describe('§3A.8 payments and what they do to the invoice (§3.8)', () => {
  it('a part payment makes the invoice partial and bumps it', async () => {
    const { id, customerid } = await desk.newInvoice({ status: 2, due_offset_days: 30 });
    desk.later();
    const payment = await desk.pay(id, '13.00');
    const invoice = await desk.one(`invoices/invoices/${id}`, 'invoice');

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
    const { id } = await desk.newInvoice({ status: 2 });
    await desk.pay(id, '113.00');

    expect(await desk.one(`invoices/invoices/${id}`, 'invoice')).toMatchObject({
      status: 4,
      v3_status: 'paid',
      payment_status: 'paid',
      date_paid: '2026-06-21',
      outstanding: { amount: '0.00', code: 'CAD' },
    });
  });

  it('deleting a payment keeps its own updated and opens the invoice again', async () => {
    const { id } = await desk.newInvoice({ status: 2, due_offset_days: 30 });
    const payment = await desk.pay(id, '113.00');
    desk.later();
    const deleted = await desk.write('PUT', `payments/payments/${payment['id']}`, {
      payment: { vis_state: 1 },
    });

    expect(deleted).toMatchObject({ vis_state: 1, updated: payment['updated'] ?? '' });
    expect(await desk.one(`invoices/invoices/${id}`, 'invoice')).toMatchObject({
      status: 2,
      v3_status: 'sent',
      outstanding: { amount: '113.00', code: 'CAD' },
      date_paid: null,
    });
  });

  it('what exceeds the invoice is marked as a credit', async () => {
    const { id } = await desk.newInvoice({ status: 2 });

    expect((await desk.pay(id, '200.00'))['overpaymentid']).not.toBeNull();
  });

  it('a changed amount moves the invoice', async () => {
    const { id } = await desk.newInvoice({ status: 2, due_offset_days: 30 });
    const payment = await desk.pay(id, '10.00');
    await desk.write('PUT', `payments/payments/${payment['id']}`, {
      payment: { amount: { amount: '20.00', code: 'CAD' } },
    });

    expect((await desk.one(`invoices/invoices/${id}`, 'invoice'))['paid']).toEqual({
      amount: '20.00',
      code: 'CAD',
    });
  });

  it.each(['invoiceid', 'amount', 'date', 'type'])('%s is required (errno 1001)', async (field) => {
    const { id } = await desk.newInvoice();
    const whole: Row = {
      invoiceid: id ?? null,
      amount: { amount: '1.00' },
      date: '2026-06-21',
      type: 'Cash',
    };
    const payment = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field));
    const got = await desk.api('POST', 'payments/payments', { body: { payment } });

    expect(refusalOf(got)).toEqual({ status: 422, errno: 1001 });
    expect(within(got.json, 'response', 'errors', 0, 'field')).toBe(field);
  });

  it('an unknown type is errno 1004, an unknown invoice 1012', async () => {
    const { id } = await desk.newInvoice();
    const odd = { invoiceid: id ?? null, amount: { amount: '1.00' }, date: '2026-06-21', type: 'Gold' };

    expect(refusalOf(await desk.api('POST', 'payments/payments', { body: { payment: odd } })).errno).toBe(
      1004,
    );
    expect(
      refusalOf(
        await desk.api('POST', 'payments/payments', {
          body: { payment: { ...odd, type: 'Cash', invoiceid: 1 } },
        }),
      ).errno,
    ).toBe(1012);
  });
});
