import { expect } from '@jest/globals';
import * as z from 'zod';
import { makeBooks } from '../../src/books/make-books.ts';
import { makeReadRecord, makeReadRecords } from '../../src/books/read-records.ts';
import { memoryObjects } from '../fakes/objects.ts';
import { ref, target } from '../unit/books/book-world.ts';
import { aRequest, makeLinkedWorld, textOf, type World } from '../unit/http/api-world.ts';
import { invoiceOf, kinds } from './invoices.ts';
import { at, moment, readPlainly } from './plain-reading.ts';

export type Books = { world: World; records: readonly Record<string, unknown>[] };

async function* invoices(count: number) {
  for (let n = 1; n <= count; n += 1) yield invoiceOf(n);
}

/** An API over the real books of so many invoices, and the same invoices as a plain list in id order. */
export async function bigBooks(count: number): Promise<Books> {
  const objects = memoryObjects();
  const readers = { readRecords: makeReadRecords({ objects }), readRecord: makeReadRecord({ objects }) };
  const world = await makeLinkedWorld({}, readers, objects);
  await publish(world, count, 1);
  const changed = (await world.connections.find(ref))?.runs[0]?.requested ?? '2026-03-02T15:00:00.000Z';
  const records = Array.from({ length: count }, (_, n) => {
    const { record, deleted } = invoiceOf(n + 1);
    return { ...record, modifiedDate: changed, metadata: { isDeleted: deleted } };
  });
  return { world, records };
}

/** Publishes the first `count` invoices as the run of that epoch. */
export async function publish(world: World, count: number, epoch: number): Promise<void> {
  const books = makeBooks({ objects: world.objects });
  const previous = (await world.connections.find(ref))?.datasets['invoices']?.snapshot;
  const { snapshot } = await books.mergeProjection(
    target('unified/invoices', epoch, previous),
    invoices(count),
  );
  const datasets = { invoices: { status: 'Complete' as const, snapshot } };
  await world.connections.change(ref, (held) => ({ next: { ...held, datasets }, result: 0 }));
}

const Page = z.object({
  results: z.array(z.looseObject({ id: z.string() })),
  totalResults: z.number(),
  _links: z.object({ next: z.object({ href: z.string() }).optional() }),
});
export type Page = z.infer<typeof Page>;

/** One page of the API by its address. */
export async function page(world: World, address: string): Promise<{ status: number; page?: Page }> {
  const request = aRequest({ path: address, headers: { authorization: `Bearer ${world.adminKey}` } });
  const reply = await world.handle(request);
  return reply.status === 200
    ? { status: 200, page: Page.parse(JSON.parse(textOf(reply))) }
    : { status: reply.status };
}

export const listPath = '/companies/company-1/data/invoices';

/** The API's answer to a query and an order is that of the plain reading: refused, or the same ids in the same order. */
export async function expectAgreement(
  { world, records }: Books,
  query: string,
  orderBy?: string,
): Promise<void> {
  const search = new URLSearchParams({
    query,
    pageSize: '200',
    ...(orderBy === undefined ? {} : { orderBy }),
  });
  const answered = await page(world, `${listPath}?${search}`);
  const blank = query.trim() === '';
  const holds = blank ? () => true : readPlainly(query, kinds);
  if (holds === 'refused') {
    expect({ query, status: answered.status }).toEqual({ query, status: 400 });
    return;
  }
  const matching = records.filter(holds);
  const expected = (orderBy === undefined ? matching : matching.toSorted(plainOrder(orderBy))).slice(0, 200);
  expect({
    query,
    total: answered.page?.totalResults,
    ids: answered.page?.results.map(({ id }) => id),
  }).toEqual({ query, total: matching.length, ids: expected.map(({ id }) => id) });
}

/** Missing first, dates by moment, numbers by size, ids by length, other texts by their characters; stable. */
function plainOrder(orderBy: string): (a: unknown, b: unknown) => number {
  const name = orderBy.replace(/^-/, '');
  const keyOf = (record: unknown): readonly (number | string)[] => {
    const held = at(record, name.split('.'));
    if (held === undefined) return [0];
    if (name === 'id' && typeof held === 'string') return [1, held.length, held];
    const time = kinds[name] === 'date' ? moment(held) : undefined;
    return [
      1,
      time ?? (typeof held === 'boolean' ? Number(held) : typeof held === 'number' ? held : String(held)),
    ];
  };
  const compare = (a: unknown, b: unknown): number => {
    const [left, right] = [keyOf(a), keyOf(b)];
    for (const [index, one] of left.entries()) {
      const other = right[index];
      if (other === undefined) return 1;
      if (one !== other) return one < other ? -1 : 1;
    }
    return left.length - right.length;
  };
  return orderBy.startsWith('-') ? (a, b) => compare(b, a) : compare;
}
