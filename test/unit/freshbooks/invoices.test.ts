import { describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import fc from 'fast-check';
import { sum } from '../../../src/domain/money.ts';
import { invoiceAmounts } from '../../../src/freshbooks/types/invoice-amounts.ts';
import { invoice, line, money, only, payment, projected, tax } from './rows.ts';

const taxes = [tax(3, 'HST', '13'), tax(12, 'GST', '5'), tax(7, 'QST', '9.975')];

describe('an invoice', () => {
  it('is the unified shape, nothing left out and nothing null', async () => {
    const book = { invoices: [invoice(1)], taxes, payments: [payment(9)] };

    await expect(only('invoices', book)).resolves.toEqual({
      id: '1',
      invoiceNumber: '0001',
      customerRef: { id: '17', companyName: 'Lake Tools' },
      salesOrderRefs: [],
      issueDate: '2026-06-01T00:00:00',
      dueDate: '2026-07-01T00:00:00',
      currency: 'CAD',
      lineItems: [
        {
          description: 'Bowls: Of stone',
          unitAmount: 5,
          quantity: 4,
          discountAmount: 0,
          subTotal: 20,
          taxAmount: 2.6,
          totalAmount: 22.6,
          taxRateRef: { id: '3', name: 'HST', effectiveTaxRate: 13 },
          trackingCategoryRefs: [],
          isDirectIncome: false,
        },
      ],
      paymentAllocations: [
        {
          payment: {
            id: '9',
            note: 'Thanks',
            currency: 'CAD',
            paidOnDate: '2026-06-10T00:00:00',
            totalAmount: 10,
          },
          allocation: {
            currency: 'CAD',
            currencyRate: 1,
            allocatedOnDate: '2026-06-10T00:00:00',
            totalAmount: -10,
          },
        },
      ],
      withholdingTax: [],
      totalDiscount: 0,
      subTotal: 20,
      additionalTaxAmount: 0,
      additionalTaxPercentage: 0,
      totalTaxAmount: 2.6,
      totalAmount: 22.6,
      amountDue: 22.6,
      status: 'Submitted',
      metadata: { isDeleted: false },
      sourceModifiedDate: '2026-06-29T16:49:16Z',
    });
  });

  it('shares a discount over its lines before tax, to the cent', async () => {
    const lines = [
      line(),
      line({
        name: 'Mugs',
        qty: '6',
        unit_cost: money('4.00'),
        amount: money('24.00'),
        taxName1: '',
        taxAmount1: '0',
      }),
    ];
    const discounted = invoice(1, {
      lines,
      amount: money('41.94'),
      discount_value: '10',
      discount_total: money('-4.40'),
    });

    await expect(only('invoices', { invoices: [discounted], taxes })).resolves.toMatchObject({
      totalDiscount: 4.4,
      discountPercentage: 10,
      subTotal: 39.6,
      totalTaxAmount: 2.34,
      totalAmount: 41.94,
      lineItems: [
        { discountAmount: 2, discountPercentage: 10, subTotal: 18, taxAmount: 2.34, totalAmount: 20.34 },
        { discountAmount: 2.4, discountPercentage: 10, subTotal: 21.6, taxAmount: 0, totalAmount: 21.6 },
      ],
    });
  });

  it.each([
    [false, '14.98', 14.975],
    [true, '15.47', 15.47375],
  ])('with two taxes, compounded %s, refers to the one rate of both', async (compounded, taxed, rate) => {
    const two = line({
      qty: '1',
      unit_cost: money('100.00'),
      amount: money('100.00'),
      taxName1: 'GST',
      taxAmount1: '5',
      taxName2: 'QST',
      taxAmount2: '9.975',
      compounded_tax: compounded,
    });
    const total = new Big(100).plus(taxed).toFixed(2);

    const record = await only('invoices', {
      invoices: [invoice(1, { lines: [two], amount: money(total) })],
      taxes,
    });

    expect(record).toMatchObject({
      totalTaxAmount: Number(taxed),
      lineItems: [{ taxRateRef: { id: '7-12', name: 'QST and GST', effectiveTaxRate: rate } }],
    });
  });

  it('refers to no tax rate that does not exist', async () => {
    const record = await only('invoices', { invoices: [invoice(1)], taxes: [tax(3, 'HST', '15')] });

    expect(record).toMatchObject({ lineItems: [{ taxRateRef: { name: 'HST', effectiveTaxRate: 13 } }] });
    expect(JSON.stringify(record['lineItems'])).not.toContain('"id"');
  });

  it('keeps a line without content, and three decimals', async () => {
    const lines = [
      line({
        name: '',
        description: null,
        qty: '0',
        unit_cost: money('0.00'),
        amount: money('0.00'),
        taxName1: '',
      }),
      line({
        qty: '1.5',
        unit_cost: money('10.001'),
        amount: money('15.0015'),
        taxName1: '',
        taxAmount1: '0',
      }),
    ];

    const record = await only('invoices', { invoices: [invoice(1, { lines, amount: money('15.0015') })] });

    expect(record).toMatchObject({
      lineItems: [{ totalAmount: 0 }, { quantity: 1.5, totalAmount: 15.0015 }],
    });
  });

  it('shows only payments that were not deleted', async () => {
    const payments = [payment(8, { vis_state: 1 }), payment(9), payment(10, { invoiceid: 2 })];

    const { paymentAllocations } = await only('invoices', { invoices: [invoice(1)], payments });

    expect(paymentAllocations).toMatchObject([{ payment: { id: '9' } }]);
  });

  it.each([
    ['Draft', { status: 1, v3_status: 'draft' }],
    ['Draft', { status: null, v3_status: 'created' }],
    ['Submitted', { status: 3, v3_status: 'overdue' }],
    ['Submitted', { status: 2, v3_status: 'something-new' }],
    ['PartiallyPaid', { status: 8, v3_status: 'partial', paid: money('2.60'), outstanding: money('20.00') }],
    [
      'PartiallyPaid',
      { status: 1, v3_status: 'deposit-paid', paid: money('2.60'), outstanding: money('20.00') },
    ],
    ['Paid', { status: 4, v3_status: 'paid', paid: money('22.60'), outstanding: money('0.00') }],
    ['Paid', { status: 4, v3_status: 'paid', paid: money('25.00'), outstanding: money('-2.40') }],
    ['Paid', { status: 4, v3_status: 'paid', amount: money('0.00'), outstanding: money('0.00') }],
    ['Unknown', { status: null, v3_status: null }],
  ])('is %s with %j', async (status, more) => {
    await expect(only('invoices', { invoices: [invoice(1, more)] })).resolves.toMatchObject({ status });
  });

  it('that was deleted keeps its status and says that it is gone', async () => {
    const deleted = invoice(1, { vis_state: 1, paid: money('22.60'), outstanding: money('0.00') });

    const { records } = await projected('invoices', { invoices: [deleted] });

    expect(records).toMatchObject([
      { deleted: true, record: { status: 'Paid', metadata: { isDeleted: true } } },
    ]);
  });

  it('was paid on the day FreshBooks says, or on that of its last payment', async () => {
    const paid = { paid: money('22.60'), outstanding: money('0.00') };
    const payments = [payment(9, { date: '2026-06-20' }), payment(10, { date: '2026-06-12' })];
    const book = {
      invoices: [
        invoice(1, { ...paid, date_paid: '2026-06-19' }),
        invoice(2, paid),
        invoice(3, { date_paid: '2026-06-19' }),
      ],
      payments: [...payments, payment(11, { invoiceid: 2, date: '2026-06-22' })],
    };

    const { records } = await projected('invoices', book);

    expect(records.map(({ record }) => record['paidOnDate'])).toEqual([
      '2026-06-19T00:00:00',
      '2026-06-22T00:00:00',
      undefined,
    ]);
  });

  it.each([
    ['numbers in place of text', { amount: money(22.6), lines: [line({ qty: 4, taxAmount1: 13 })] }],
    ['ids as text', { id: '1', customerid: '17' }],
    ['a bare amount', { amount: '22.60' }],
    [
      'most fields absent',
      { due_date: undefined, paid: undefined, discount_total: undefined, notes: undefined },
    ],
  ])('may come with %s', async (_, more) => {
    await expect(only('invoices', { invoices: [invoice(1, more)], taxes })).resolves.toMatchObject({
      id: '1',
      currency: 'CAD',
      customerRef: { id: '17' },
      totalAmount: 22.6,
      totalTaxAmount: 2.6,
      amountDue: 22.6,
      status: 'Submitted',
    });
  });

  it('without its amount is put aside and not counted as zero, and the others go on', async () => {
    const { records, quarantined } = await projected('invoices', {
      invoices: [invoice(1, { amount: undefined }), invoice(2), invoice(3, { amount: money('ten') })],
    });

    expect(records.map(({ id }) => id)).toEqual(['2']);
    expect(quarantined).toEqual([
      { resource: 'invoices', id: '1', reason: 'amount is missing' },
      { resource: 'invoices', id: '3', reason: expect.stringMatching(/^unexpected amount/) },
    ]);
  });

  it('comes in the order of ids, and the order of the money is kept: sums per currency are exact', async () => {
    const rows = [101, 9, 10].map((id) => invoice(id, { amount: money('0.10'), lines: undefined }));

    const { records } = await projected('invoices', { invoices: rows });

    expect(records.map(({ id }) => id)).toEqual(['9', '10', '101']);
  });
});

describe('the lines of an invoice', () => {
  const cents = fc.integer({ min: 0, max: 5_000_000 }).map((value) => new Big(value).div(100));
  const percent = fc.constantFrom('0', '5', '9.975', '13', '15').map((value) => new Big(value));
  const lines = fc.array(
    fc.record({ amount: cents, percents: fc.array(percent, { maxLength: 2 }), compounded: fc.boolean() }),
    { minLength: 1, maxLength: 15 },
  );

  it('add up to the invoice exactly, however FreshBooks rounded', () => {
    fc.assert(
      fc.property(
        lines,
        fc.constantFrom('0', '10', '33.33'),
        fc.constantFrom(1, 0, 3),
        (inputs, off, rounding) => {
          const gross = sum(inputs.map(({ amount }) => amount));
          const discount = gross.times(off).div(100).round(2, 1);
          const keep = gross.eq(0) ? new Big(0) : gross.minus(discount).div(gross);
          const exact = inputs.map(({ amount, percents: [a = new Big(0), b = new Big(0)], compounded }) => {
            const both = compounded ? a.plus(b).plus(a.times(b).div(100)) : a.plus(b);
            return amount.times(keep).times(both).div(100);
          });
          const tax = sum(exact).round(2, asRounding(rounding));
          const total = gross.minus(discount).plus(tax);

          const amounts = invoiceAmounts(inputs, total, discount);

          expect(sum(amounts.lines.map((one) => one.total)).eq(total)).toBe(true);
          expect(sum(amounts.lines.map((one) => one.tax)).eq(tax)).toBe(true);
          expect(sum(amounts.lines.map((one) => one.discount)).eq(discount)).toBe(true);
          expect(amounts.subTotal.plus(amounts.tax).eq(total)).toBe(true);
          for (const one of amounts.lines) expect(one.subTotal.plus(one.tax).eq(one.total)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are left as they are when the invoice’s total is another by more than rounding', () => {
    const inputs = [{ amount: new Big(100), percents: [new Big(13)], compounded: false }];

    const { lines: own, subTotal, tax } = invoiceAmounts(inputs, new Big(150), new Big(0));

    expect([own[0]?.total.toFixed(), subTotal.toFixed(), tax.toFixed()]).toEqual(['113', '137', '13']);
  });
});

function asRounding(value: number): 0 | 1 | 3 {
  return value === 1 ? 1 : value === 3 ? 3 : 0;
}
