import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeApiClient } from '../../../bin/api/api-client.ts';
import { type ImportRow, importCompanies } from '../../../bin/api/import-companies.ts';
import { type ImportMap, openImportMap } from '../../../bin/api/import-map.ts';
import { patient } from '../../../bin/api/patient.ts';
import { keyOf, makeWorld, type World } from '../http/api-world.ts';
import { serve } from '../http/serve.ts';
import { runCommand } from './run-command.ts';

// The account to import from is a server of this test, written to the documented shape of the API: Basic base64(key),
// pages along `_links.next`, nulls where a field has no value.

const accountKey = 'account-key-canary';
const freshBooks = (id: string, status = 'Linked') => ({ id, integrationKey: 'vxvy', status });
const aCompanyThere = (number: number, with_: Record<string, unknown> = {}) => ({
  id: `there-${number}`,
  name: `Customer ${number}`,
  description: null,
  platform: '',
  redirect: `https://link.example/company/there-${number}`,
  created: '2025-01-01T00:00:00Z',
  tags: { region: 'QC' },
  dataConnections: [freshBooks(`there-connection-${number}`)],
  ...with_,
});

let companies: unknown[];
/** Statuses that the account answers before it answers. */
let moods: number[];
let asked: string[];
const pageSize = 2;

function answerAs(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://account');
  asked.push(`${url.pathname}${url.search}`);
  const mood = moods.shift();
  const basic = `Basic ${Buffer.from(accountKey).toString('base64')}`;
  if (mood !== undefined) {
    response.writeHead(mood, { 'retry-after': '7' }).end('{"error":"Not now."}');
  } else if (request.headers.authorization !== basic) {
    response.writeHead(401).end('{"error":"No such key."}');
  } else {
    const page = Number(url.searchParams.get('page'));
    const results = companies.slice((page - 1) * pageSize, page * pageSize);
    const next = { href: `/companies?page=${page + 1}&pageSize=${pageSize}` };
    const links = { ...(page * pageSize < companies.length ? { next } : {}), self: { href: url.pathname } };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ results, pageNumber: page, pageSize, _links: links }));
  }
}

let folder: string;
let world: World;
let here: Awaited<ReturnType<typeof serve>>;
let account: ReturnType<typeof createServer>;
let accountUrl: string;
let waited: number[];

beforeEach(async () => {
  [companies, moods, asked, waited] = [[1, 2, 3, 4, 5].map((n) => aCompanyThere(n)), [], [], []];
  folder = await mkdtemp(join(tmpdir(), 'ledgerlink-import-'));
  world = await makeWorld();
  here = await serve(world.handle);
  account = createServer(answerAs);
  await new Promise<void>((listening) => account.listen(0, '127.0.0.1', listening));
  const address = account.address();
  accountUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});

afterEach(async () => {
  await here.close();
  account.closeAllConnections();
  await new Promise((closed) => account.close(closed));
  await rm(folder, { recursive: true });
});

const mapFile = () => join(folder, 'map.json');
const openMap = () => openImportMap(mapFile(), { from: accountUrl, to: here.url });

async function imported(wish: { dryRun?: boolean; map?: ImportMap } = {}) {
  const rows: ImportRow[] = [];
  const wait = async (millis: number) => waited.push(millis);
  const basic = Buffer.from(accountKey).toString('base64');
  const good = await importCompanies(
    {
      source: patient(makeApiClient(accountUrl, `Basic ${basic}`), wait),
      target: patient(makeApiClient(here.url, `Bearer ${world.adminKey}`), wait),
      map: wish.map ?? (await openMap()),
      tell: (row) => rows.push(row),
    },
    { platform: 'vxvy', dryRun: wish.dryRun ?? false },
  );
  return { good, rows, outcomes: rows.map(({ outcome }) => outcome) };
}

const companiesHere = async () =>
  (await world.companies.all()).toSorted((a, b) => (a.name < b.name ? -1 : 1));

describe('importing companies', () => {
  it('makes each of every page, with its name, description, tags and a connection that waits', async () => {
    companies[1] = aCompanyThere(2, { description: 'The second', tags: null });

    const { good, outcomes } = await imported();

    expect({ good, outcomes }).toEqual({ good: true, outcomes: Array(5).fill('made') });
    expect(await companiesHere()).toMatchObject([
      { name: 'Customer 1', tags: { region: 'QC' } },
      { name: 'Customer 2', description: 'The second', tags: {} },
      { name: 'Customer 3' },
      { name: 'Customer 4' },
      { name: 'Customer 5' },
    ]);
    for (const { id } of await companiesHere()) {
      expect(await world.connections.ofCompany(id)).toMatchObject([{ state: 'PendingAuth' }]);
    }
    expect(asked).toHaveLength(3);
  });

  it('says for each connection how it is given its consent', async () => {
    const { rows } = await imported();

    expect(rows[0]?.next).toMatch(
      /^PUT \/companies\/[^/]+\/connections\/[^/]+\/authorization with its tokens, or send https:\/\/books\.example\.com\/link\//,
    );
  });

  it('repeated, makes nothing a second time', async () => {
    await imported();

    const { good, outcomes } = await imported();

    expect({ good, outcomes }).toEqual({ good: true, outcomes: Array(5).fill('there') });
    expect(await companiesHere()).toHaveLength(5);
  });

  it.each([1, 2, 3, 4])('interrupted before write %i of the map, goes on where it stopped', async (nth) => {
    const map = await openMap();
    let writes = 0;
    const dying: ImportMap = {
      ...map,
      keep: async (id, mapped) => {
        writes += 1;
        if (writes === nth) throw new Error('pulled the plug');
        await map.keep(id, mapped);
      },
    };
    await expect(imported({ map: dying })).rejects.toThrow('pulled the plug');

    const { good } = await imported();

    expect(good).toBe(true);
    expect(await companiesHere()).toHaveLength(5);
    for (const { id } of await companiesHere()) {
      expect(await world.connections.ofCompany(id)).toHaveLength(1);
    }
  });

  it('picks up the companies that came since', async () => {
    await imported();
    companies.push(aCompanyThere(6));

    const { outcomes } = await imported();

    expect(outcomes.at(-1)).toBe('made');
  });

  it('only looks in a dry run', async () => {
    const { good, outcomes } = await imported({ dryRun: true });

    expect({ good, outcomes }).toEqual({ good: true, outcomes: Array(5).fill('to make') });
    expect(await companiesHere()).toEqual([]);
    await expect(readFile(mapFile())).rejects.toThrow(/ENOENT/);
  });

  it('passes over what has no live connection of FreshBooks, and says why', async () => {
    companies = [
      aCompanyThere(1, { dataConnections: [{ id: 'x', integrationKey: 'gbol', status: 'Linked' }] }),
      aCompanyThere(2, { dataConnections: [freshBooks('y', 'Unlinked')] }),
      aCompanyThere(3, { dataConnections: null }),
    ];

    const { good, rows } = await imported();

    expect(good).toBe(true);
    expect(rows.map(({ outcome, what }) => `${outcome}: ${what}`)).toEqual([
      'skipped: no connection of vxvy',
      'skipped: all its connections are unlinked',
      'skipped: no connection of vxvy',
    ]);
  });

  it('tells of a second connection that has no place, and of a company that is refused', async () => {
    companies = [
      aCompanyThere(1, { dataConnections: [freshBooks('one'), freshBooks('two')] }),
      aCompanyThere(2, { name: 'x'.repeat(300) }),
      aCompanyThere(3),
    ];

    const { good, rows } = await imported();

    expect(good).toBe(false);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['made', 'FAILED', 'FAILED', 'made']);
    expect(rows[1]?.what).toContain('connection two');
    expect(rows[2]?.what).toContain('"name" in the body');
  });

  it('does not make anew what was deleted here', async () => {
    await imported();
    const [first] = await companiesHere();
    await world.companies.remove(first?.id ?? '');

    const { outcomes } = await imported();

    expect(outcomes[0]).toBe('skipped');
    expect(await companiesHere()).toHaveLength(4);
  });

  it('waits as long as it is asked to, and not for ever', async () => {
    moods = [429, 503];
    expect((await imported()).good).toBe(true);
    expect(waited).toEqual([7000, 7000]);

    moods = Array(6).fill(429);
    await expect(imported()).rejects.toThrow('Not now.');
  });

  it('keeps where customers linked before, and where they link now', async () => {
    await imported();

    const kept = JSON.parse(await readFile(mapFile(), 'utf8'));

    expect(kept.companies['there-1']).toMatchObject({
      wasRedirect: 'https://link.example/company/there-1',
      redirect: expect.stringMatching(/^https:\/\/books\.example\.com\/link\/company\//),
    });
  });

  it('takes no map of another account', async () => {
    await imported();

    await expect(openImportMap(mapFile(), { from: 'https://other', to: here.url })).rejects.toThrow(
      /is of an import from/,
    );
  });
});

describe('npm run import', () => {
  const words = () => ['--from', accountUrl, '--to', here.url, '--map', mapFile()];

  it('takes the account’s key from a pipe, prints what was made and ends with 0', async () => {
    const { code, out, err } = await runCommand('import', words(), {
      env: { LEDGERLINK_API_KEY: world.adminKey },
      input: `${accountKey}\n`,
    });

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('made     Customer 1 (there-1): company ');
    expect(out).toContain('\n5 made\n');
    expect(out).not.toContain(accountKey);
    expect(out).not.toContain(world.adminKey);
  }, 300_000);

  it('ends with 1 when a key is refused, in words and without it', async () => {
    const { code, out, err } = await runCommand('import', words(), {
      env: { LEDGERLINK_API_KEY: world.adminKey, IMPORT_FROM_KEY: 'wrong-canary' },
    });

    expect({ code, err }).toEqual({
      code: 1,
      err: 'import: GET /companies?page=1&pageSize=100 → 401: No such key.\n',
    });
    expect(out + err).not.toContain('wrong-canary');
  }, 300_000);

  it('reads as an operator may: the role read is refused for each company', async () => {
    const key = (await keyOf(world, 'read')).replace('Bearer ', '');

    const { code, out } = await runCommand('import', words(), {
      env: { LEDGERLINK_API_KEY: key, IMPORT_FROM_KEY: accountKey },
    });

    expect(code).toBe(1);
    expect(out).toContain('FAILED   Customer 1 (there-1): This API key has the role "read"');
  }, 300_000);

  it.each([
    { given: ['--to', 'http://127.0.0.1:9'], says: 'IMPORT_FROM_URL' },
    { given: ['--from', 'nowhere', '--to', 'http://127.0.0.1:9'], says: 'nowhere is no address' },
    { given: ['--key', 'secret'], says: '--key' },
  ])(
    'ends with 2 for $given, and says what is missing',
    async ({ given, says }) => {
      const { code, err } = await runCommand('import', given, { env: { LEDGERLINK_API_KEY: 'k' } });

      expect(code).toBe(2);
      expect(err).toContain(says);
    },
    300_000,
  );
});
