import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { everyOperation } from '../../../src/http/public-api.ts';
import { makeJourneyScene } from '../link/journey-scene.ts';
import { aRequest } from './api-world.ts';
import { type Issuers, twoIssuers } from './issuers.ts';
import { bodies, matrix, otherIds, queries } from './role-matrix.ts';
import { type CallerName, callers, type MatrixWorld, matrixWorld, own } from './role-matrix-world.ts';

const operations = everyOperation();
const places = operations.map(({ method, path }) => `${method} ${path}`);

let issuers: Issuers;

beforeAll(async () => {
  issuers = await twoIssuers();
});

afterAll(() => issuers.close());

const filled = (path: string, ids: Readonly<Record<string, string>>) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`"${name}" needs a value in \`own\` of role-matrix-world.ts`);
    return id;
  });

/** The status that a caller is answered at a place. */
async function ask(
  world: MatrixWorld,
  place: string,
  caller: CallerName,
  ids: Readonly<Record<string, string>>,
): Promise<number> {
  const [method = '', path = ''] = place.split(' ');
  const body = bodies[place];
  if (path.startsWith('/setup/')) {
    const said = await world.setup.call(method, path.replace('/setup/', ''), body, world.credentials[caller]);
    return said.status;
  }
  const reply = await world.handle(
    aRequest({
      method,
      path: `${filled(path, ids)}?${queries[place] ?? ''}`,
      headers: { authorization: world.credentials[caller] },
      body: body === undefined ? '' : JSON.stringify(body),
    }),
  );
  return reply.status;
}

describe('who may do what', () => {
  it('has a row for every operation, and for no other', () => {
    const missing = places.filter((place) => !matrix.has(place));
    const gone = [...matrix.keys()].filter((place) => !places.includes(place));

    // A new operation: write its row by hand in test/unit/http/role-matrix.ts.
    expect({ rowsToWriteInRoleMatrix: missing, rowsOfNoOperation: gone }).toEqual({
      rowsToWriteInRoleMatrix: [],
      rowsOfNoOperation: [],
    });
  });

  it.each([...matrix])('%s', async (place, expected) => {
    const answered: Record<string, number> = {};
    for (const caller of callers) {
      // What one caller changed is not to be in the way of the next.
      const ids = { ...own, ...otherIds[place] };
      const world = await matrixWorld(issuers, ids['companyId']);
      answered[caller] = await ask(world, place, caller, ids);
    }

    expect(answered).toEqual(Object.fromEntries(callers.map((caller, index) => [caller, expected[index]])));
  });
});

describe("the customer's pages ask nobody who he is", () => {
  it.each([
    ['GET /link/link-1', 303],
    ['GET /link/company/company-link-1', 303],
    ['GET /link/nothing', 404],
    ['GET /oauth/callback', 410],
    ['GET /oauth/done', 410],
    ['POST /oauth/choose', 410],
  ])('%s answers %s to everybody', async (place, expected) => {
    const { credentials } = await matrixWorld(issuers);
    const [method = '', path = ''] = place.split(' ');
    const answered: Record<string, number> = {};
    for (const caller of callers) {
      const handle = (await makeJourneyScene()).handleWith();
      const headers = { authorization: credentials[caller] };
      answered[caller] = (await handle(aRequest({ method, path, headers }))).status;
    }

    expect(answered).toEqual(Object.fromEntries(callers.map((caller) => [caller, expected])));
  });
});

/** Names in a path that are ids of somebody's, not names of ours. */
const ownedIds = ['connectionId', 'datasetId', 'recordId', 'rowId'];
const withTwoIds = places.filter(
  (place) => place.includes('{companyId}') && ownedIds.some((name) => place.includes(`{${name}}`)),
);

describe("what is one company's, asked for under another", () => {
  it.each(withTwoIds)('is not there: %s', async (place) => {
    const world = await matrixWorld(issuers);

    const crossed = await ask(world, place, 'admin', { ...own, companyId: 'company-2' });
    const unknown = await ask(world, place, 'admin', { ...own, companyId: 'company-9' });

    expect([crossed, unknown]).toEqual([404, 404]);
  });

  it.each(places.filter((place) => place.includes('{companyId}')))(
    'is refused to the access token of the other, be it there or not: %s',
    async (place) => {
      const world = await matrixWorld(issuers, 'company-2');

      const crossed = await ask(world, place, "company's token", own);
      const unknown = await ask(world, place, "company's token", { ...own, companyId: 'company-9' });

      const refused = matrix.get(place)?.at(-1) === 401 ? 401 : 403;
      expect([crossed, unknown]).toEqual([refused, refused]);
    },
  );

  it('is not there as a parameter of the query either', async () => {
    const world = await matrixWorld(issuers);

    const crossed = await ask(
      world,
      'POST /companies/{companyId}/data/queue/{dataType}?connectionId=connection-1',
      'admin',
      { ...own, companyId: 'company-2' },
    );

    expect(crossed).toBe(404);
  });
});
