import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { start } from '../../fakes/builders.ts';
import { rawRow, ref } from '../books/book-world.ts';
import { ask, sentenceOf, textAt, type World } from './api-world.ts';
import { aCategory, aCustomer, aTaxRate } from './records.ts';
import { makeBookedWorld, publishRecords, readRows } from './run-books.ts';

const customers = 'GET /companies/company-1/data/customers';
const Page = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      supplementalData: z.object({ content: z.record(z.string(), z.unknown()) }).optional(),
    }),
  ),
});
const contents = ({ body }: { body: unknown }) =>
  Page.parse(body).results.map(({ id, supplementalData }) => [id, supplementalData?.content]);

/** Clients of these values are read and served as customers. */
async function sync(world: World, values: Record<string, string>): Promise<void> {
  const { modifiedDate: _, ...customer } = aCustomer;
  const entries = Object.entries(values).sort(([a], [b]) => Number(a) - Number(b));
  await readRows(
    world,
    'clients',
    entries.map(([id, value]) => rawRow(id, value)),
  );
  const records = entries.map(([id]) => ({ id, deleted: false, record: { ...customer, id } }));
  await publishRecords(world, 'customers', ['clients', 'systems'], records);
}

const ten = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [String(n + 1), `v${n + 1}`]));
const content = (id: string, value: string) => [id, { clients: { id, value } }];

describe('include=raw', () => {
  it('gives each record of a list the row that FreshBooks gave for it', async () => {
    const world = await makeBookedWorld();
    await sync(world, ten);

    const listed = await ask(world, `${customers}?include=raw&pageSize=3&orderBy=-id`);
    const plain = await ask(world, `${customers}?pageSize=1`);

    expect(contents(listed)).toEqual([content('10', 'v10'), content('9', 'v9'), content('8', 'v8')]);
    expect(contents(plain)).toEqual([['1', undefined]]);
  });

  it('gives the rows of the state that the pages stay on, though the records did not change since', async () => {
    const world = await makeBookedWorld();
    await sync(world, ten);
    const first = await ask(world, `${customers}?include=raw&pageSize=9`);
    await sync(world, { ...ten, '10': 'edited' });

    const second = await ask(world, `GET ${textAt(first, '_links', 'next', 'href')}`);

    expect(contents(second)).toEqual([content('10', 'v10')]);
    expect(contents(await ask(world, `${customers}?include=raw`))).toContainEqual(content('10', 'edited'));
  });

  it('gives the rows of the instant that is asked for', async () => {
    const world = await makeBookedWorld();
    await sync(world, ten);
    world.time.advance(3600);
    await sync(world, { ...ten, '2': 'edited' });

    const then = await ask(world, `${customers}?include=raw&asOf=${start}`);

    expect(contents(then)[1]).toEqual(content('2', 'v2'));
  });

  it('says so when the rows of an earlier state are no longer kept', async () => {
    const world = await makeBookedWorld();
    await sync(world, ten);
    const first = await ask(world, `${customers}?include=raw&pageSize=9`);
    await sync(world, { ...ten, '1': 'edited' });
    await world.objects.remove(
      world.objects.names().filter((name) => /raw\/clients\/manifest\/1\./.test(name)),
    );

    // Another one has nothing of it in memory.
    const fresh = await makeBookedWorld(world.objects);
    const held = await world.connections.find(ref);
    await fresh.connections.change(ref, (one) => ({ next: { ...one, ...held }, result: 0 }));

    const refused = await ask(fresh, `GET ${textAt(first, '_links', 'next', 'href')}`);

    expect([refused.status, sentenceOf(refused)]).toEqual([
      400,
      'The state of the books that "snapshot" in the query string names is no longer kept. Start again from the first page.',
    ]);
  });

  it('works for one record, and for a category with everything below it', async () => {
    const world = await makeBookedWorld();
    await sync(world, ten);
    await readRows(world, 'expense_categories', [rawRow('3', 'travel'), rawRow('4', 'taxi')]);
    const categories = [aCategory('3'), aCategory('4', '3')];
    const records = categories.map((record) => ({ id: record.id, deleted: false, record }));
    await publishRecords(world, 'trackingCategories', ['expense_categories'], records);

    const one = await ask(world, `${customers}/7?include=raw`);
    const tree = await ask(world, 'GET /companies/company-1/data/trackingCategories/3?include=raw');

    expect(one.body).toMatchObject({
      id: '7',
      supplementalData: { content: { clients: { value: 'v7' } } },
    });
    expect(tree.body).toMatchObject({
      supplementalData: { content: { expense_categories: { value: 'travel' } } },
      subCategories: [{ supplementalData: { content: { expense_categories: { value: 'taxi' } } } }],
    });
  });

  it('gives nothing where no single row stands for a record', async () => {
    const world = await makeBookedWorld();
    const { modifiedDate: _, ...rate } = aTaxRate;
    await readRows(world, 'taxes', [rawRow('5', 'GST'), rawRow('6', 'QST')]);
    await publishRecords(world, 'taxRates', ['taxes'], [{ id: '5-6', deleted: false, record: rate }]);

    const listed = await ask(world, 'GET /companies/company-1/data/taxRates?include=raw');

    expect(contents(listed)).toEqual([['5-6', undefined]]);
  });

  it('is refused for anything else', async () => {
    const refused = await ask(await makeBookedWorld(), `${customers}?include=everything`);

    expect([refused.status, sentenceOf(refused)]).toEqual([
      400,
      '"include" in the query string must be one of "raw".',
    ]);
  });
});
