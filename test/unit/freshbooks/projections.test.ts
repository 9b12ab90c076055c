import { describe, expect, it } from '@jest/globals';
import { dataTypes } from '../../../src/domain/data-types.ts';
import { catalog } from '../../../src/freshbooks/catalog.ts';
import { project, resourcesOf } from '../../../src/freshbooks/project/projections.ts';
import { reportsRead } from '../../../src/freshbooks/reports-read.ts';
import { supplierId } from '../../../src/freshbooks/types/supplier-id.ts';
import {
  category,
  client,
  expense,
  invoice,
  line,
  money,
  only,
  payment,
  projected,
  rawRows,
  someTime,
  tax,
} from './rows.ts';

describe('a customer', () => {
  it('is the unified shape with both addresses, phones and its own person as the last contact', async () => {
    const full = client(17, {
      bus_phone: '416-555-0001',
      mob_phone: '416-555-0002',
      fax: '416-555-0003',
      p_street: '1 Lake St',
      p_city: 'Toronto',
      p_province: 'ON',
      p_country: 'Canada',
      p_code: 'M5V 1A1',
      s_city: 'Québec',
      vat_number: 'RT 1',
      contacts: [
        { contactid: 1, fname: 'Bo', lname: '', email: 'bo@lake.example', phone1: '1', phone2: '2' },
      ],
    });

    await expect(only('customers', { clients: [full] })).resolves.toEqual({
      id: '17',
      customerName: 'Lake Tools',
      contactName: 'Ada Roy',
      emailAddress: 'ada@lake.example',
      defaultCurrency: 'CAD',
      phone: '416-555-0001',
      addresses: [
        {
          type: 'Billing',
          line1: '1 Lake St',
          city: 'Toronto',
          region: 'ON',
          country: 'Canada',
          postalCode: 'M5V 1A1',
        },
        { type: 'Delivery', city: 'Québec' },
      ],
      contacts: [
        {
          name: 'Bo',
          email: 'bo@lake.example',
          phone: [
            { number: '1', type: 'Primary' },
            { number: '2', type: 'Unknown' },
          ],
          status: 'Active',
        },
        {
          name: 'Ada Roy',
          email: 'ada@lake.example',
          phone: [
            { number: '416-555-0001', type: 'Primary' },
            { number: '416-555-0002', type: 'Mobile' },
            { number: '416-555-0003', type: 'Fax' },
          ],
          status: 'Active',
        },
      ],
      taxNumber: 'RT 1',
      status: 'Active',
      metadata: { isDeleted: false },
      sourceModifiedDate: '2026-06-29T16:49:16Z',
    });
  });

  it.each([
    ['its person', { organization: '' }, 'Ada Roy'],
    ['its mail', { organization: '', fname: '', lname: null }, 'ada@lake.example'],
  ])('without a company is called after %s', async (_, more, name) => {
    await expect(only('customers', { clients: [client(1, more)] })).resolves.toMatchObject({
      customerName: name,
    });
  });

  it.each([
    [0, 'Active', false],
    [1, 'Archived', true],
    [2, 'Archived', false],
    [7, 'Unknown', false],
    [undefined, 'Active', false],
  ])('with vis_state %s is %s, deleted: %s', async (vis_state, status, isDeleted) => {
    await expect(only('customers', { clients: [client(1, { vis_state })] })).resolves.toMatchObject({
      status,
      metadata: { isDeleted },
    });
  });

  it('with a field of a kind nobody expects is mapped without that field', async () => {
    const odd = client(1, { vat_number: { de: 1 }, contacts: 'none', fax: ['x'] });

    const record = await only('customers', { clients: [odd] });

    expect(record).toMatchObject({ customerName: 'Lake Tools' });
    expect(record).not.toHaveProperty('taxNumber');
  });
});

describe('a payment', () => {
  it('is the unified shape, with a line that cancels out with its link', async () => {
    await expect(only('payments', { payments: [payment(9, { transactionid: 'ch_1' })] })).resolves.toEqual({
      id: '9',
      customerRef: { id: '17' },
      paymentMethodRef: { id: 'check', name: 'Check' },
      totalAmount: 10,
      currency: 'CAD',
      date: '2026-06-10T00:00:00',
      note: 'Thanks',
      lines: [
        {
          amount: 10,
          links: [{ type: 'Invoice', id: '1', amount: -10, currencyRate: 1 }],
          allocatedOnDate: '2026-06-10T00:00:00',
        },
      ],
      reference: 'ch_1',
      metadata: { isDeleted: false },
      sourceModifiedDate: '2026-06-29T16:49:16Z',
    });
  });

  it('out of a credit note has a line of zero and two links that cancel out', async () => {
    const credit = payment(9, { type: 'Credit', creditid: 44, from_credit: true });

    await expect(only('payments', { payments: [credit] })).resolves.toMatchObject({
      lines: [
        {
          amount: 0,
          links: [
            { type: 'Invoice', id: '1', amount: -10 },
            { type: 'CreditNote', id: '44', amount: 10 },
          ],
        },
      ],
    });
  });

  it('on no invoice is on the client’s account', async () => {
    await expect(only('payments', { payments: [payment(9, { invoiceid: 0 })] })).resolves.toMatchObject({
      lines: [{ amount: 10, links: [{ type: 'PaymentOnAccount', id: '17', amount: -10 }] }],
    });
  });
});

describe('an expense', () => {
  const book = (more: Record<string, unknown> = {}) => ({
    expenses: [expense(1, more)],
    expense_categories: [category(5, 'Meals')],
    taxes: [tax(3, 'HST', '13')],
  });

  it('is a direct cost with one line, net and tax adding up to what was paid', async () => {
    await expect(only('directCosts', book())).resolves.toEqual({
      id: '1',
      reference: 'For lunch',
      note: 'For lunch',
      contactRef: { id: supplierId('Serano Bakery'), dataType: 'suppliers' },
      issueDate: '2026-06-02T00:00:00',
      currency: 'CAD',
      lineItems: [
        {
          description: 'For lunch',
          unitAmount: 47.79,
          quantity: 1,
          subTotal: 47.79,
          taxAmount: 6.21,
          totalAmount: 54,
          taxRateRef: { id: '3', name: 'HST', effectiveTaxRate: 13 },
          trackingCategoryRefs: [{ id: '5', name: 'Meals' }],
        },
      ],
      paymentAllocations: [],
      subTotal: 47.79,
      taxAmount: 6.21,
      totalAmount: 54,
      metadata: { isDeleted: false },
      sourceModifiedDate: '2026-06-29T16:49:16Z',
    });
  });

  it('made for a client says whom it can be invoiced to', async () => {
    await expect(only('directCosts', book({ clientid: 17 }))).resolves.toMatchObject({
      lineItems: [{ tracking: { invoiceTo: { id: '17', dataType: 'customers' } } }],
    });
  });

  it('that names a tax without its percentage finds it by name', async () => {
    await expect(only('directCosts', book({ taxPercent1: null }))).resolves.toMatchObject({
      lineItems: [{ taxAmount: 6.21, taxRateRef: { id: '3', effectiveTaxRate: 13 } }],
    });
  });

  it('that gives percentages only has the tax that is in its amount', async () => {
    await expect(
      only('directCosts', book({ taxAmount1: null, amount: money('113.00') })),
    ).resolves.toMatchObject({
      subTotal: 100,
      taxAmount: 13,
    });
  });

  it('that is a refund stays negative, and three decimals stay', async () => {
    const refund = book({ amount: money('-39.991'), taxAmount1: null, taxPercent1: null, taxName1: null });

    await expect(only('directCosts', refund)).resolves.toMatchObject({
      subTotal: -39.991,
      totalAmount: -39.991,
    });
  });

  it('names its vendor by an id that is safe in a URL and the same however the name is written', () => {
    expect(supplierId('Épicerie  / Café?')).toMatch(/^name-[A-Za-z0-9_-]{22}$/);
    expect(supplierId(' serano BAKERY ')).toBe(supplierId('Serano  Bakery'));
    expect(supplierId('Serano')).not.toBe(supplierId('Serano Bakery'));
  });
});

describe('tax rates', () => {
  const two = (more: Record<string, unknown> = {}) =>
    line({ taxName1: 'QST', taxAmount1: '9.975', taxName2: 'GST', taxAmount2: '5', ...more });

  it('are the taxes, and of the pairs only those in use, in the order of ids', async () => {
    const { records } = await projected('taxRates', {
      taxes: [tax(19, 'GST', '5'), tax(7, 'QST', '9.975'), tax(20, 'HST', '13')],
      invoices: [invoice(1, { lines: [two()] })],
    });

    expect(records.map(({ id }) => id)).toEqual(['7', '19', '20', '7-19']);
    expect(records.at(-1)?.record).toEqual({
      id: '7-19',
      name: 'QST and GST',
      status: 'Active',
      effectiveTaxRate: 14.975,
      totalTaxRate: 14.975,
      components: [
        { name: 'QST', rate: 9.975, isCompound: false },
        { name: 'GST', rate: 5, isCompound: false },
      ],
      validDatatypeLinks: [],
      metadata: { isDeleted: false },
    });
  });

  it('of a pair are compounded when a tax of it is, and say which one', async () => {
    const { records } = await projected('taxRates', {
      taxes: [tax(19, 'GST', '5'), tax(7, 'QST', '9.975', { compound: true })],
      expenses: [expense(1, { taxName1: 'GST', taxPercent1: '5', taxName2: 'QST', taxPercent2: '9.975' })],
    });

    expect(records.at(-1)?.record).toMatchObject({
      id: '7-19',
      effectiveTaxRate: 15.47375,
      totalTaxRate: 14.975,
      components: [{ isCompound: true }, { isCompound: false }],
    });
  });

  it('that vanished are archived and marked, with what they were', async () => {
    const { records } = await projected('taxRates', { taxes: [tax(7, 'QST', '9.975')] }, ['7']);

    expect(records).toMatchObject([
      {
        deleted: true,
        record: { status: 'Archived', effectiveTaxRate: 9.975, metadata: { isDeleted: true } },
      },
    ]);
  });

  it('are what the lines of invoices refer to', async () => {
    const book = {
      taxes: [tax(19, 'GST', '5'), tax(7, 'QST', '9.975')],
      invoices: [
        invoice(1, { lines: [two(), line({ taxName1: 'GST', taxAmount1: '5.0' })], amount: money('43.99') }),
      ],
    };

    const ids = (await projected('taxRates', book)).records.map(({ id }) => id);
    const { lineItems } = await only('invoices', book);

    expect(lineItems).toMatchObject([{ taxRateRef: { id: '7-19' } }, { taxRateRef: { id: '19' } }]);
    expect(ids).toEqual(['7', '19', '7-19']);
  });
});

describe('tracking categories', () => {
  it('know their parents and whether they have children', async () => {
    const rows = [category(1, 'Cars'), category(2, 'Fuel', 1), category(3, 'Tolls', 1, { vis_state: 2 })];

    const { records } = await projected('trackingCategories', { expense_categories: rows });

    expect(records.map(({ record }) => record)).toMatchObject([
      { id: '1', name: 'Cars', hasChildren: true, status: 'Active' },
      { id: '2', name: 'Fuel', parentId: '1', hasChildren: false },
      { id: '3', name: 'Tolls', parentId: '1', status: 'Archived', metadata: { isDeleted: false } },
    ]);
    expect(records[0]?.record).not.toHaveProperty('parentId');
  });
});

describe('the company', () => {
  const member = {
    id: 7001,
    role: 'owner',
    business: {
      id: 7001,
      name: 'Busy',
      account_id: 'AAA111',
      address: {
        street: '1 Lake St',
        city: 'Toronto',
        country: 'Canada',
        province: 'ON',
        postal_code: 'M5V',
      },
      phone_number: { phone_number: '416-555-0001' },
    },
  };
  const system = {
    id: 9001,
    currency_code: 'CAD',
    vat_number: 'RT 1',
    date: '2019-04-18 09:14:53',
    country: 'Canada',
  };

  it('is its business with the currency and numbers of its system', async () => {
    await expect(only('company', { users_me: [member], systems: [system] })).resolves.toMatchObject({
      companyName: 'Busy',
      accountingPlatformRef: 'AAA111',
      addresses: [{ type: 'Unknown', line1: '1 Lake St', region: 'ON', postalCode: 'M5V' }],
      phoneNumbers: [{ number: '416-555-0001', type: 'Primary' }],
      taxNumber: 'RT 1',
      baseCurrency: 'CAD',
      sourceUrls: { main: 'https://my.freshbooks.com' },
      createdDate: '2019-04-18T13:14:53Z',
    });
  });

  it('is known without its system as well', async () => {
    await expect(only('company', { users_me: [member] })).resolves.toMatchObject({ companyName: 'Busy' });
  });
});

describe('every data type', () => {
  it.each(dataTypes)('%s is made of resources and reports that are read', (dataType) => {
    expect(resourcesOf(dataType).length).toBeGreaterThan(0);
    const read = [...Object.keys(catalog), ...Object.keys(reportsRead)];
    for (const resource of resourcesOf(dataType)) expect(read).toContain(resource);
  });

  it('tells once what is new to us, and how often it was seen', async () => {
    const rows = rawRows('clients', [
      client(1, { colour: 'red' }),
      client(2, { colour: 'blue', vis_state: 9 }),
    ]);
    const seen: unknown[] = [];
    const only = async function* () {
      yield* rows;
    };

    for await (const { id } of project(
      'customers',
      only,
      () => {},
      someTime,
      (drift) => seen.push(drift),
    ))
      expect(id).toBeTruthy();

    expect(seen).toEqual([
      { resource: 'clients', field: 'colour', rows: 2 },
      { resource: 'clients', field: 'vis_state=9', rows: 1 },
    ]);
  });
});
