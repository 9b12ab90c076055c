import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ageItems } from '../../../src/domain/aged/age-items.ts';
import { openDocument, openInvoice, openPayment } from '../../../src/domain/aged/open-items.ts';
import { asNumber, decimal, sum } from '../../../src/domain/money.ts';

const invoice = (more: Record<string, unknown> = {}) => ({
  id: '1',
  customerRef: { id: '7', companyName: 'Lake Tools' },
  issueDate: '2026-01-10T00:00:00',
  currency: 'CAD',
  status: 'PartiallyPaid',
  totalAmount: 100,
  amountDue: 40,
  paymentAllocations: [
    { allocation: { allocatedOnDate: '2026-02-01T00:00:00', totalAmount: -25.5 } },
    { allocation: { allocatedOnDate: '2026-03-01T00:00:00', totalAmount: -34.5 } },
  ],
  ...more,
});
const amountOn = (record: unknown, day: string) => {
  const open = openDocument(record, day, 'Invoices');
  return open && asNumber(open.amount);
};

describe('what is open of an invoice', () => {
  it.each([
    ['before it was issued', '2026-01-09', undefined],
    ['before anything was paid', '2026-01-31', 100],
    ['on the day of the first payment', '2026-02-01', 74.5],
    ['now', '2026-04-01', 40],
  ])('%s', (_, day, amount) => {
    expect(amountOn(invoice(), day)).toBe(amount);
  });

  it.each([
    ['a draft', { status: 'Draft' }],
    ['void', { status: 'Void' }],
    ['deleted', { metadata: { isDeleted: true } }],
    ['paid', { amountDue: 0 }],
  ])('is nothing of one that is %s', (_, more) => {
    expect(openDocument(invoice(more), '2026-04-01', 'Invoices')).toBeUndefined();
  });
});

describe('an invoice that was overpaid', () => {
  it('has nothing open: what was too much is a credit note', () => {
    expect(openInvoice(invoice({ amountDue: -20 }), '2026-04-01')).toBeUndefined();
    expect(openInvoice(invoice({ amountDue: -20 }), '2026-02-01')?.amount.toFixed()).toBe('14.5');
    expect(openInvoice(invoice({ totalAmount: -20, amountDue: -20 }), '2026-04-01')?.amount.toFixed()).toBe(
      '-20',
    );
  });
});

describe('what somebody has in advance', () => {
  it('is what is left of a credit note, and what was spent of it since', () => {
    const note = invoice({
      amountDue: undefined,
      remainingCredit: 15,
      paymentAllocations: [{ allocation: { allocatedOnDate: '2026-03-01T00:00:00', totalAmount: 5 } }],
    });

    expect(amountOn(note, '2026-04-01')).toBe(-15);
    expect(amountOn(note, '2026-02-01')).toBe(-20);
  });

  it('is a payment on no invoice', () => {
    const payment = (type: string) => ({
      date: '2026-02-01T00:00:00',
      currency: 'CAD',
      customerRef: { id: '7' },
      lines: [{ amount: 12, links: [{ type }] }],
    });

    expect(openPayment(payment('Invoice'), '2026-04-01', 'Invoice')).toBeUndefined();
    expect(
      asNumber(openPayment(payment('PaymentOnAccount'), '2026-04-01', 'Invoice')?.amount ?? decimal(0)),
    ).toBe(-12);
  });
});

describe('an aged report', () => {
  it('has periods back from its day, the oldest without a beginning', () => {
    const open = openDocument(invoice(), '2026-04-01', 'Invoices');
    const [aged] = ageItems(open === undefined ? [] : [open], {
      reportDate: '2026-04-01',
      numberOfPeriods: 3,
      periodLengthDays: 30,
    });

    expect(aged?.contact).toEqual({ id: '7', name: 'Lake Tools' });
    expect(aged?.agedCurrencyOutstanding).toEqual([
      {
        currency: 'CAD',
        agedOutstandingAmounts: [
          { fromDate: '2026-03-03T00:00:00', toDate: '2026-04-01T00:00:00', amount: 0, details: [] },
          { fromDate: '2026-02-01T00:00:00', toDate: '2026-03-02T00:00:00', amount: 0, details: [] },
          {
            fromDate: '0001-01-01T00:00:00',
            toDate: '2026-01-31T00:00:00',
            amount: 40,
            details: [{ name: 'Invoices', amount: 40 }],
          },
        ],
      },
    ]);
  });

  it('shows every open item once, whatever the periods', () => {
    const item = fc.record({
      contact: fc.constantFrom({ id: '1', name: 'A' }, { id: '2', name: undefined }, undefined),
      currency: fc.constantFrom('CAD', 'EUR'),
      since: fc
        .date({ min: new Date('2020-01-01'), max: new Date('2026-04-01'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
      amount: fc.integer({ min: -100_000, max: 100_000 }).map((cents) => decimal(cents).div(100)),
      kind: fc.constantFrom('Invoices', 'Payments'),
    });
    const wish = fc.record({
      reportDate: fc.constant('2026-04-01'),
      numberOfPeriods: fc.integer({ min: 1, max: 12 }),
      periodLengthDays: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(fc.array(item), wish, (items, asked) => {
        const amounts = ageItems(items, asked).flatMap(({ agedCurrencyOutstanding }) =>
          agedCurrencyOutstanding.flatMap(({ agedOutstandingAmounts }) => agedOutstandingAmounts),
        );

        expect(asNumber(sum(amounts.map(({ amount }) => decimal(amount))))).toBe(
          asNumber(sum(items.map(({ amount }) => amount))),
        );
        for (const { amount, details } of amounts)
          expect(asNumber(sum(details.map((detail) => decimal(detail.amount))))).toBe(amount);
      }),
    );
  });
});
