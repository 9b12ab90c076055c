import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { RawRow, RawRows } from '../../../src/app/ports.ts';
import { makeBooks } from '../../../src/books/make-books.ts';
import { makeReadRecord, makeReadRecords } from '../../../src/books/read-records.ts';
import type { DataType } from '../../../src/domain/data-types.ts';
import { orderIds } from '../../../src/domain/query/values.ts';
import { catalog, isResource } from '../../../src/freshbooks/catalog.ts';
import { project } from '../../../src/freshbooks/project/projections.ts';
import { toRawRow } from '../../../src/freshbooks/raw-row.ts';
import type { Resource } from '../../../src/freshbooks/resource.ts';
import { start } from '../../fakes/builders.ts';
import { memoryObjects } from '../../fakes/objects.ts';
import { ask, makeLinkedWorld } from './api-world.ts';

// What FreshBooks was recorded saying, all the way: raw rows, mapping, books, API. `ask` holds every answer to the
// schema that its operation declares, which knows every property, enum and null that clients accept.

const recordings = `${import.meta.dirname}/../../../../shared/fixtures/freshbooks`;
const ifRecorded = existsSync(recordings) ? it : it.skip;
const ref = { companyId: 'company-1', connectionId: 'connection-1' };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Names = { plural: string; singular: string };

/** Rows of a list or a single reply, wherever they are in the body. */
function rowsIn(body: unknown, names: Names): Record<string, unknown>[] {
  if (!isObject(body)) return [];
  const [list, one] = [body[names.plural], body[names.singular]];
  if (Array.isArray(list)) return list.filter(isObject);
  if (isObject(one)) return [one];
  return Object.values(body).flatMap((part) => rowsIn(part, names));
}

function recordedRows(name: string): RawRow[] {
  if (!isResource(name)) return [];
  const resource: Resource = catalog[name];
  const rows = new Map<string, RawRow>();
  for (const file of readdirSync(recordings).filter((one) => one.startsWith(`${name}__`))) {
    const body: unknown = JSON.parse(readFileSync(`${recordings}/${file}`, 'utf8'));
    for (const raw of rowsIn(body, resource)) {
      const row = toRawRow(resource, raw);
      if (row) rows.set(row.id, row);
    }
  }
  return [...rows.values()].sort((a, b) => orderIds(a.id, b.id));
}

const recorded: RawRows = async function* (name) {
  yield* recordedRows(name);
};

/** A world whose books hold the recorded rows of one data type; `count` says how many records came of them. */
async function makeRecordedWorld(dataType: DataType) {
  const objects = memoryObjects();
  const target = {
    ref,
    name: `unified/${dataType}`,
    previous: undefined,
    run: { id: 'run', epoch: 1, started: start },
  };
  const { snapshot } = await makeBooks({ objects }).mergeProjection(
    target,
    project(
      dataType,
      recorded,
      ({ id, reason }) => {
        throw new Error(`${dataType} ${id}: ${reason}`);
      },
      start,
    ),
  );
  const readers = { readRecords: makeReadRecords({ objects }), readRecord: makeReadRecord({ objects }) };
  const world = await makeLinkedWorld({ [dataType]: { status: 'Complete', snapshot } }, readers);
  return { world, count: snapshot.count };
}

describe('recorded books', () => {
  ifRecorded.each([
    ['customers', '/companies/company-1/data/customers'],
    ['invoices', '/companies/company-1/data/invoices'],
    ['payments', '/companies/company-1/data/payments'],
    ['taxRates', '/companies/company-1/data/taxRates'],
    ['directCosts', '/companies/company-1/connections/connection-1/data/directCosts'],
    ['trackingCategories', '/companies/company-1/data/trackingCategories'],
  ] as const)('of %s are served in the shape that clients accept', async (dataType, path) => {
    const { world, count } = await makeRecordedWorld(dataType);

    const listed = await ask(world, `GET ${path}?pageSize=5000`);
    const queried = await ask(world, `GET ${path}?query=modifiedDate>=2020-01-01&orderBy=-id&pageSize=1`);

    expect(count).toBeGreaterThan(1);
    expect(listed.body).toMatchObject({ totalResults: count });
    expect(queried.body).toMatchObject({ totalResults: count, pageSize: 1 });
  });
});
