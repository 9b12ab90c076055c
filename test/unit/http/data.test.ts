import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { SnapshotPointer } from '../../../src/domain/dataset.ts';
import { aCompany, aConnection, aLinkedConnection } from '../../fakes/builders.ts';
import { aRequest, ask, makeLinkedWorld, makeWorld, sentenceOf, textAt, textOf } from './api-world.ts';
import { aCategory, aCustomer, aDirectCost, anInvoice, aPayment, aTaxRate, companyFacts } from './records.ts';

const ref = { companyId: 'company-1', connectionId: 'connection-1' };
const Ids = z.object({ results: z.array(z.object({ id: z.string() })) });
const ids = ({ body }: { body: unknown }) => Ids.parse(body).results.map(({ id }) => id);

/** A linked world that holds these records of one data type; `publish` puts a newer state in their place. */
async function makeWorldWith(
  dataType: string,
  records: readonly (Record<string, unknown> & { id: string })[],
) {
  const world = await makeLinkedWorld();
  let number = 0;
  const publish = async (rows: typeof records): Promise<SnapshotPointer> => {
    number += 1;
    const snapshot = world.books.keep(dataType, number, rows);
    await world.connections.change(ref, (connection) => ({
      next: { ...connection, datasets: { [dataType]: { status: 'Complete', snapshot } } },
      result: undefined,
    }));
    return snapshot;
  };
  return { world, publish, first: await publish(records) };
}

const invoices = [
  anInvoice({ id: '9', totalAmount: 10, status: 'Paid', issueDate: '2026-01-01T00:00:00' }),
  anInvoice({ id: '10', totalAmount: 5.5, status: 'Draft', issueDate: '2026-02-01T00:00:00' }),
  anInvoice({ id: '11', totalAmount: 100, status: 'Paid', metadata: { isDeleted: true } }),
];
const company = '/companies/company-1';

describe('lists and single records of each data type', () => {
  it.each([
    ['customers', `${company}/data/customers`, aCustomer],
    ['invoices', `${company}/data/invoices`, anInvoice()],
    ['payments', `${company}/data/payments`, aPayment],
    ['taxRates', `${company}/data/taxRates`, aTaxRate],
    ['directCosts', `${company}/connections/connection-1/data/directCosts`, aDirectCost],
    ['trackingCategories', `${company}/data/trackingCategories`, aCategory('3')],
  ])('serves %s', async (dataType, path, record) => {
    const { world } = await makeWorldWith(dataType, [record]);

    const list = await ask(world, `GET ${path}`);
    const single = await ask(world, `GET ${path}/${record.id}`);

    expect(list.body).toMatchObject({ results: [record], totalResults: 1 });
    expect(single.body).toMatchObject(record);
  });

  it.each([
    ['encoded', encodeURIComponent('a/b c%é?#')],
    ['decoded on its way, slashes aside', 'a%2Fb c%é?#'],
  ])('finds a record of a strange id when its path comes %s', async (_case, segment) => {
    const { world } = await makeWorldWith('customers', [{ ...aCustomer, id: 'a/b c%é?#' }]);
    const headers = { authorization: `Bearer ${world.adminKey}` };

    const reply = await world.handle({
      ...aRequest({ path: '/', headers }),
      path: `${company}/data/customers/${segment}`,
    });

    expect(JSON.parse(textOf(reply))).toMatchObject({ id: 'a/b c%é?#' });
  });

  it('says that there is no such record', async () => {
    const { world } = await makeWorldWith('invoices', invoices);

    const missing = await ask(world, `GET ${company}/data/invoices/999`);

    expect([missing.status, sentenceOf(missing)]).toEqual([
      404,
      'There is no record with the id 999 in invoices. Check the id.',
    ]);
  });

  it('serves a category with everything below it, and comes out of a circle of parents', async () => {
    const { world } = await makeWorldWith('trackingCategories', [
      aCategory('1', '3'),
      aCategory('2', '1'),
      aCategory('3', '2'),
      aCategory('4', '2'),
    ]);

    const tree = await ask(world, `GET ${company}/data/trackingCategories/1`);

    expect(tree.body).toMatchObject({
      id: '1',
      subCategories: [
        {
          id: '2',
          subCategories: [
            { id: '3', subCategories: [] },
            { id: '4', subCategories: [] },
          ],
        },
      ],
    });
  });

  it('serves the facts of the business as a single object, without id and dates', async () => {
    const { world } = await makeWorldWith('company', [
      {
        id: '4200',
        ...companyFacts,
        modifiedDate: '2026-03-02T15:00:00.000Z',
        metadata: { isDeleted: false },
      },
    ]);

    const info = await ask(world, `GET ${company}/data/info`);

    expect(info.body).toEqual(companyFacts);
  });
});

describe('queries and orders', () => {
  it.each([
    ['query=status=Paid', ['9', '11']],
    ['query=status=Paid%26%26metadata.isDeleted!=true', ['9']],
    ['query=totalAmount>=10', ['9', '11']],
    ['query=issueDate<2026-02-01', ['9']],
    ['query={totalAmount<6||totalAmount>99}%26%26customerRef.companyName~Étoile', ['10', '11']],
    ['orderBy=totalAmount', ['10', '9', '11']],
    ['orderBy=-issueDate', ['10', '11', '9']],
    ['orderBy=-id', ['11', '10', '9']],
  ])('answers %s', async (search, expected) => {
    const { world } = await makeWorldWith('invoices', invoices);

    const listed = await ask(world, `GET ${company}/data/invoices?${search}`);

    expect(ids(listed)).toEqual(expected);
    expect(listed.body).toMatchObject({ totalResults: expected.length });
  });

  it.each([
    [
      'query=lineItems.quantity>1',
      'Error parsing query - Malformed query. "lineItems.quantity" is a list, and a query cannot look into lists.',
    ],
    [
      'query=customerRef=7',
      'Error parsing query - Malformed query. "customerRef" is an object; name one of its properties.',
    ],
    [
      'query=totalAmount=lots',
      'Error parsing query - Malformed query. "totalAmount" is compared with "lots", which is not a number.',
    ],
    [
      'query=status>Paid',
      'Error parsing query - Malformed query. "status" can be compared with = != ~, not with >.',
    ],
    [
      'query=note=null',
      'Error parsing query - Malformed query. "note" is compared with null, which a query cannot ask for. Leave it out.',
    ],
    [
      `query=note=${'x'.repeat(2048)}`,
      'Error parsing query - Malformed query. It has 2053 characters and must be shorter than 2048.',
    ],
    [
      'orderBy=lineItems',
      'Error parsing query - Malformed query. "lineItems" is a list, and a query cannot look into lists.',
    ],
    ['orderBy=,', '"," is not an order. Name one property, with - before it for descending order.'],
  ])('refuses %s in words', async (search, sentence) => {
    const { world } = await makeWorldWith('invoices', invoices);

    const refused = await ask(world, `GET ${company}/data/invoices?${search}`);

    expect([refused.status, sentenceOf(refused)]).toEqual([400, sentence]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'metadata.constructor'])(
    'knows no property %s',
    async (name) => {
      const { world } = await makeWorldWith('invoices', invoices);

      const refused = await ask(world, `GET ${company}/data/invoices?query=${name}=x`);

      expect(refused.status).toBe(400);
      expect(sentenceOf(refused)).toContain(`Could not resolve property ${name}`);
    },
  );
});

describe('paging', () => {
  it('stays on one state of the books by following next, whatever is published meanwhile', async () => {
    const { world, publish } = await makeWorldWith('invoices', invoices);
    const first = await ask(world, `GET ${company}/data/invoices?pageSize=2`);
    await publish([anInvoice({ id: '1' }), anInvoice({ id: '2' }), anInvoice({ id: '3' })]);

    const second = await ask(world, `GET ${textAt(first, '_links', 'next', 'href')}`);

    expect([ids(first), ids(second)]).toEqual([['9', '10'], ['11']]);
    expect(second.body).not.toHaveProperty('_links.next');
    const back = await ask(world, `GET ${textAt(second, '_links', 'previous', 'href')}`);
    expect(ids(back)).toEqual(['9', '10']);
  });

  it('begins on the current state, with a self link that has no query', async () => {
    const { world, publish } = await makeWorldWith('invoices', invoices);
    await publish([anInvoice({ id: '1' })]);

    const listed = await ask(world, `GET ${company}/data/invoices`);

    expect(listed.body).toMatchObject({
      results: [{ id: '1' }],
      _links: {
        self: { href: `${company}/data/invoices` },
        current: { href: `${company}/data/invoices?page=1&pageSize=100` },
      },
    });
    expect(listed.body).not.toHaveProperty('_links.previous');
  });

  it('says what to do when the state of the books was swept', async () => {
    const { world, publish, first } = await makeWorldWith('invoices', invoices);
    const page = await ask(world, `GET ${company}/data/invoices?pageSize=2`);
    await publish([anInvoice({ id: '1' })]);
    world.books.sweep(first);

    const refused = await ask(world, `GET ${textAt(page, '_links', 'next', 'href')}`);

    expect(refused.status).toBe(400);
    expect(sentenceOf(refused)).toContain('no longer kept. Start again from the first page.');
  });

  it.each([
    ['nonsense', 'nonsense'],
    ['a way out of the folder', Buffer.from('["../../../x.json",1,"d"]').toString('base64url')],
    ['another type', Buffer.from('{"a":1}').toString('base64url')],
  ])('refuses a snapshot that is %s', async (_case, snapshot) => {
    const { world } = await makeWorldWith('invoices', invoices);

    const refused = await ask(world, `GET ${company}/data/invoices?snapshot=${snapshot}`);

    expect(refused.status).toBe(400);
  });

  it('answers an empty page beyond the end, with the way back', async () => {
    const { world } = await makeWorldWith('invoices', invoices);

    const listed = await ask(world, `GET ${company}/data/invoices?page=7&pageSize=2`);

    expect(listed.body).toMatchObject({ results: [], pageNumber: 7, totalResults: 3 });
    expect(textAt(listed, '_links', 'previous', 'href')).toContain('page=2&pageSize=2');
  });
});

describe('data that is not there', () => {
  it('is 404 for a company that never linked', async () => {
    const world = await makeWorld();
    await world.companies.insert(aCompany());
    await world.connections.insert(aConnection());

    const missing = await ask(world, `GET ${company}/data/invoices`);

    expect(missing.status).toBe(404);
    expect(sentenceOf(missing)).toBe(
      'No data available for invoices for ID company-1. Its customer has not linked FreshBooks yet.',
    );
  });

  it('is 404 for a company without a connection, and for no such company', async () => {
    const world = await makeWorld();
    await world.companies.insert(aCompany());

    const answers = await Promise.all([
      ask(world, `GET ${company}/data/invoices`),
      ask(world, 'GET /companies/nobody/data/invoices'),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });

  it.each([
    ['was not asked for', {}, 'The data set has not been requested. Ask for it with "refresh data" first.'],
    [
      'waits for a worker',
      { wanted: { invoices: { operationId: 'o', requested: 'now', reason: 'refresh' as const } } },
      'The data set is still syncing. Try again in a moment.',
    ],
    [
      'is being read',
      { serving: { invoices: { operationId: 'o', requested: 'now', reason: 'refresh' as const } } },
      'The data set is still syncing. Try again in a moment.',
    ],
    [
      'could not be read',
      {
        datasets: { invoices: { status: 'PermissionsError' as const, message: 'The plan has no invoices.' } },
      },
      'The data set could not be read yet (PermissionsError). The plan has no invoices.',
    ],
  ])('is 409 when it %s', async (_case, held, sentence) => {
    const world = await makeWorld();
    await world.companies.insert(aCompany());
    await world.connections.insert(aLinkedConnection(held));

    const refused = await ask(world, `GET ${company}/data/invoices`);

    expect([refused.status, sentenceOf(refused)]).toEqual([409, sentence]);
  });

  it('is 404 when the plan of this business does not have it', async () => {
    const world = await makeLinkedWorld({
      payments: { status: 'NotSupported', message: 'Not in this plan.' },
    });

    const missing = await ask(world, `GET ${company}/data/payments`);

    expect(missing.status).toBe(404);
    expect(sentenceOf(missing)).toContain('Datatype [payments] not supported');
  });

  it.each([
    [`${company}/data/journals`, 'journals'],
    [`${company}/data/purchaseOrders/12`, 'purchaseOrders'],
    [`${company}/connections/connection-1/data/bankAccounts`, 'bankAccounts'],
  ])('is 404 at %s, which FreshBooks does not have', async (path, dataType) => {
    const missing = await ask(await makeLinkedWorld(), `GET ${path}`);

    expect(missing.status).toBe(404);
    expect(sentenceOf(missing)).toBe(`Datatype [${dataType}] not supported by platform(s) [FreshBooks].`);
  });

  it.each(['Deauthorized', 'Unlinked'] as const)(
    'is served still when the connection is %s',
    async (state) => {
      const { world } = await makeWorldWith('invoices', invoices);
      await world.connections.change(ref, (connection) => ({
        next: { ...connection, state },
        result: undefined,
      }));

      expect(ids(await ask(world, `GET ${company}/data/invoices`))).toEqual(['9', '10', '11']);
    },
  );

  it('is 404 through a connection of another company', async () => {
    const { world } = await makeWorldWith('directCosts', [aDirectCost]);
    await world.companies.insert(aCompany({ id: 'company-2', linkToken: 'other' }));

    const missing = await ask(world, 'GET /companies/company-2/connections/connection-1/data/directCosts');

    expect(missing.status).toBe(404);
  });
});
