import { expect } from '@jest/globals';
import type { Clients, Method } from './clients.ts';
import { type SourceRow, sourceRows } from './source-rows.ts';

/** What the accounting client answers for a list: its models, which check nothing. */
type List = { results?: Rec[]; totalResults?: number; links?: { next?: { href?: string } } } | undefined;
type Rec = { id?: string; metadata?: { isDeleted?: boolean | undefined } };
type Wish = { companyId: string; connectionId: string; page: number; pageSize: number; query?: string };

/** A data type that is listed and read one by one, and what its records are held to. */
export type Listed<R extends Rec> = {
  name: string;
  list: (clients: Clients, wish: Wish) => Promise<{ results?: R[]; totalResults?: number } | undefined>;
  get: (clients: Clients, wish: Wish, id: string) => Promise<unknown>;
  /** FreshBooks' own list of the same things. */
  source: { path: string; key: string; id: (row: SourceRow) => string; value: (row: SourceRow) => unknown };
  /** The same value of a record. */
  value: (record: R) => unknown;
  /** Whether there are no other records than FreshBooks' rows; some data types are made of several lists. */
  only: boolean;
};

const everything = { page: 1, pageSize: 5000 };
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

/** Two rows of the table: the list and the single record. */
export function listedMethods<R extends Rec>(listed: Listed<R>): readonly Method[] {
  const wishOf = ({ company }: Clients, wish: Partial<Wish> = {}): Wish => ({
    companyId: company.id,
    connectionId: company.connectionId,
    ...everything,
    ...wish,
  });
  const liveRecords = async (clients: Clients): Promise<R[]> => {
    const { results = [] } = (await listed.list(clients, wishOf(clients))) ?? {};
    return results.filter(({ metadata }) => metadata?.isDeleted !== true);
  };
  return [
    {
      method: `${listed.name}.list`,
      asserts: `${listed.only ? 'exactly' : 'among others'} FreshBooks' own rows with their values; pages; a query by id`,
      run: async (clients) => {
        const rows = await sourceRows(clients.ready, listed.source.path, listed.source.key);
        const expected = Object.fromEntries(
          rows.map((row) => [listed.source.id(row), listed.source.value(row)]),
        );
        const records = await liveRecords(clients);
        const held = Object.fromEntries(records.map((record) => [record.id, listed.value(record)]));

        expect(rows.length).toBeGreaterThan(0);
        if (listed.only) expect(held).toEqual(expected);
        else expect(held).toMatchObject(expected);
        await expectPages(listed, clients, wishOf(clients));
      },
    },
    {
      method: `${listed.name}.get`,
      asserts: 'the same record as in the list',
      run: async (clients) => {
        const [first] = await liveRecords(clients);
        const one = await listed.get(clients, wishOf(clients), first?.id ?? '');

        expect(first?.id).toEqual(expect.any(String));
        expect(json(one)).toMatchObject(json(first) ?? {});
      },
    },
  ];
}

async function expectPages<R extends Rec>(listed: Listed<R>, clients: Clients, wish: Wish): Promise<void> {
  const read = (change: Partial<Wish>): Promise<List> => listed.list(clients, { ...wish, ...change });
  const first = await read({ pageSize: 1 });
  const second = await read({ pageSize: 1, page: 2 });
  const id = second?.results?.[0]?.id ?? '';
  const found = await read({ query: `id=${id}` });

  expect(first?.results).toHaveLength(1);
  expect(first?.totalResults).toBeGreaterThan(1);
  expect(first?.links?.next?.href).toContain('page=2');
  expect(second?.results?.[0]?.id).not.toBe(first?.results?.[0]?.id);
  expect(found).toMatchObject({ results: [{ id }], totalResults: 1 });
}
