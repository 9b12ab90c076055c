import { describe, expect, it } from '@jest/globals';
import { supplierId } from '../../../src/freshbooks/types/supplier-id.ts';
import {
  bill,
  billLine,
  billPayment,
  creditNote,
  income,
  item,
  service,
  task,
  vendor,
} from './purchase-rows.ts';
import { expense, money, only, payment, projected, tax } from './rows.ts';

/** The id of a reference, if it is one. */
function idIn(reference: unknown): unknown[] {
  return typeof reference === 'object' && reference !== null && 'id' in reference ? [reference.id] : [];
}

const taxes = [tax(3, 'HST', '13'), tax(12, 'GST', '5')];

describe('a bill', () => {
  it('names its vendor, its lines with tax and category, and UTC as the zone of its stamp', async () => {
    const record = await only('bills', { bills: [bill(1)], bill_vendors: [vendor(1563, 'IKEA')], taxes });

    expect(record).toMatchObject({
      id: '1',
      reference: 'B1',
      supplierRef: { id: '1563', supplierName: 'IKEA' },
      issueDate: '2026-06-01T00:00:00',
      dueDate: '2026-06-26T00:00:00',
      currency: 'CAD',
      subTotal: 100,
      taxAmount: 13,
      totalAmount: 113,
      amountDue: 113,
      status: 'Open',
      paymentAllocations: [],
      lineItems: [
        {
          lineNumber: '1',
          unitAmount: 10,
          quantity: 10,
          subTotal: 100,
          taxAmount: 13,
          totalAmount: 113,
          taxRateRef: { id: '3', name: 'HST', effectiveTaxRate: 13 },
          trackingCategoryRefs: [{ id: '3696445', name: 'Equipment' }],
          isDirectCost: false,
        },
      ],
      sourceModifiedDate: '2026-06-01T15:30:29Z',
    });
  });

  it.each([
    ['0.00', '113.00', 'overdue', 'Open'],
    ['50.00', '63.00', 'overdue', 'PartiallyPaid'],
    ['113.00', '0.00', 'unpaid', 'Paid'],
  ])(
    'of which %s is paid and %s is left is %s to FreshBooks, and here %s',
    async (paid, left, word, status) => {
      const row = bill(1, { paid: money(paid), outstanding: money(left), status: word });

      await expect(only('bills', { bills: [row] })).resolves.toMatchObject({ status });
    },
  );

  it('carries the payments made on it, and not the deleted ones', async () => {
    const record = await only('bills', {
      bills: [bill(1)],
      bill_payments: [billPayment(8), billPayment(9, { vis_state: 1 }), billPayment(10, { billid: 2 })],
    });

    expect(record['paymentAllocations']).toEqual([
      {
        payment: {
          id: '8',
          note: 'Half of it',
          currency: 'CAD',
          paidOnDate: '2026-06-10T00:00:00',
          totalAmount: 50,
        },
        allocation: {
          currency: 'CAD',
          currencyRate: 1,
          allocatedOnDate: '2026-06-10T00:00:00',
          totalAmount: -50,
        },
      },
    ]);
  });

  it('is left out with its reason when an amount is no number', async () => {
    const { records, quarantined } = await projected('bills', {
      bills: [bill(1), bill(2, { total_amount: money('a lot') })],
    });

    expect(records.map(({ id }) => id)).toEqual(['1']);
    expect(quarantined).toMatchObject([{ resource: 'bills', id: '2' }]);
  });

  it('with two taxes on a line refers to a tax rate that exists', async () => {
    const book = { taxes, bills: [bill(1, { lines: [billLine({ tax_name2: 'GST', tax_percent2: '5' })] })] };
    const record = await only('bills', book);
    const rates = await projected('taxRates', book);

    expect(record).toMatchObject({ lineItems: [{ taxRateRef: { id: '3-12', effectiveTaxRate: 18 } }] });
    expect(rates.records.map(({ id }) => id)).toContain('3-12');
  });
});

describe('a bill payment', () => {
  it('links to its bill and to the vendor of that bill, and adds up to zero', async () => {
    const record = await only('billPayments', {
      bill_payments: [billPayment(8)],
      bills: [bill(1)],
      bill_vendors: [vendor(1563, 'IKEA')],
    });

    expect(record).toMatchObject({
      id: '8',
      supplierRef: { id: '1563', supplierName: 'IKEA' },
      totalAmount: 50,
      currency: 'CAD',
      date: '2026-06-10T00:00:00',
      paymentMethodRef: { id: 'check', name: 'Check' },
      lines: [{ amount: 50, links: [{ type: 'Bill', id: '1', amount: -50, currencyRate: 1 }] }],
    });
  });
});

describe('suppliers', () => {
  const book = {
    bill_vendors: [vendor(87, 'Paper  House'), vendor(89, 'IKEA', { vis_state: 1 })],
    expenses: [
      expense(1, { vendor: 'paper house' }),
      expense(2, { vendor: 'Serano Bakery' }),
      expense(3, { vendor: 'Old Shop', vis_state: 1 }),
      expense(4, { vendor: '' }),
    ],
    bills: [
      bill(1, { vendorid: 87 }),
      bill(2, { vendorid: 4242, vendor: { vendorid: 4242, vendor_name: 'Unseen' } }),
    ],
  };

  it('are the vendors of bills and those that expenses name, a name that both have being one', async () => {
    const { records } = await projected('suppliers', book);

    const told = Object.fromEntries(
      records.map(({ id, deleted, record }) => [id, [record['supplierName'], record['status'], deleted]]),
    );
    expect(told).toEqual({
      '87': ['Paper  House', 'Active', false],
      '89': ['IKEA', 'Archived', true],
      '4242': ['Unseen', 'Unknown', false],
      [supplierId('Serano Bakery')]: ['Serano Bakery', 'Active', false],
      [supplierId('Old Shop')]: ['Old Shop', 'Archived', true],
    });
  });

  it('are all there that bills and direct costs refer to', async () => {
    const suppliers = new Set((await projected('suppliers', book)).records.map(({ id }) => id));
    const bills = (await projected('bills', book)).records.map(({ record }) => record['supplierRef']);
    const costs = (await projected('directCosts', book)).records.map(({ record }) => record['contactRef']);

    const references = [...bills, ...costs].flatMap(idIn);
    expect(references).toHaveLength(5);
    for (const id of references) expect([...suppliers]).toContain(id);
  });

  it('come in the order of their ids', async () => {
    const { records } = await projected('suppliers', book);
    const ids = records.map(({ id }) => id);

    expect(ids).toEqual([...ids].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)));
  });
});

describe('a credit note', () => {
  it('shows what was spent of it on invoices, and what is left', async () => {
    const record = await only('creditNotes', {
      credit_notes: [creditNote(5, { paid: money('10.00') })],
      payments: [
        payment(1, { creditid: 5, type: 'Credit', invoiceid: 7 }),
        payment(2, { creditid: 5, type: 'Credit', invoiceid: 7, vis_state: 1 }),
        payment(3),
      ],
      taxes,
    });

    expect(record).toMatchObject({
      creditNoteNumber: 'C5',
      customerRef: { id: '17', companyName: 'Lake Tools' },
      subTotal: 20,
      totalTaxAmount: 2.6,
      totalAmount: 22.6,
      remainingCredit: 12.6,
      status: 'PartiallyPaid',
      lineItems: [{ subTotal: 20, taxAmount: 2.6, totalAmount: 22.6, taxRateRef: { id: '3' } }],
      paymentAllocations: [{ payment: { id: '1', totalAmount: 10 }, allocation: { totalAmount: 10 } }],
    });
  });

  it.each([
    ['0.00', 'created', 'Submitted'],
    ['0.00', 'draft', 'Draft'],
    ['22.60', 'created', 'Paid'],
  ])('of which %s is spent is %s to FreshBooks, and here %s', async (paid, word, status) => {
    const note = creditNote(5, { paid: money(paid), display_status: word });

    await expect(only('creditNotes', { credit_notes: [note] })).resolves.toMatchObject({ status });
  });
});

describe('items', () => {
  it('have their price and the tax rate of their one or two taxes', async () => {
    const book = { items: [item(1, { tax1: 3, tax2: 12 }), item(2, { tax1: 3, inventory: '4' })], taxes };
    const { records } = await projected('items', book);
    const rates = await projected('taxRates', book);

    expect(records.map(({ record }) => record)).toMatchObject([
      { type: 'NonInventory', code: 'SQ1', invoiceItem: { unitPrice: 15, taxRateRef: { id: '3-12' } } },
      { type: 'Inventory', invoiceItem: { taxRateRef: { id: '3', effectiveTaxRate: 13 } } },
    ]);
    expect(rates.records.map(({ id }) => id)).toContain('3-12');
  });

  it('are services too, with the rate of the service or else of its task, and tasks without a service', async () => {
    const { records } = await projected('items', {
      items: [item(9)],
      services: [service(1, 'Design'), service(2, 'Review'), service(3, 'Travel', { vis_state: 1 })],
      service_rates: [{ service_id: 1, rate: '80.00', business_id: 7001 }],
      tasks: [task(1, 'Design'), task(2, 'Review', { tax1: 3 }), task(4, 'Old task')],
      taxes,
    });

    const told = records.map(({ id, record }) => [id, record['invoiceItem'], record['itemStatus']]);
    expect(told).toEqual([
      ['9', { description: 'Of stone', unitPrice: 15 }, 'Active'],
      ['task-4', { description: 'By the hour', unitPrice: 45 }, 'Active'],
      ['service-1', { description: 'By the hour', unitPrice: 80 }, 'Active'],
      [
        'service-2',
        {
          description: 'By the hour',
          unitPrice: 45,
          taxRateRef: { id: '3', name: 'HST', effectiveTaxRate: 13 },
        },
        'Active',
      ],
      ['service-3', { description: 'Travel' }, 'Archived'],
    ]);
  });
});

describe('a direct income', () => {
  it('includes its taxes', async () => {
    await expect(only('directIncomes', { other_income: [income(7)], taxes })).resolves.toMatchObject({
      id: '7',
      reference: 'A shop',
      note: 'By post',
      issueDate: '2026-06-11T00:00:00',
      currency: 'CAD',
      subTotal: 100,
      taxAmount: 13,
      totalAmount: 113,
      paymentAllocations: [],
      lineItems: [{ quantity: 1, unitAmount: 100, taxRateRef: { id: '3' } }],
      sourceModifiedDate: '2026-06-11T10:53:22Z',
    });
  });
});
