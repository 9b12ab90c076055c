import type { RawRow } from '../../src/app/ports.ts';
import { makeRunSync } from '../../src/app/sync/run-sync.ts';
import { makeBooks } from '../../src/books/make-books.ts';
import { makeReadRecords } from '../../src/books/read-records.ts';
import { makeRunFiles } from '../../src/books/run-files.ts';
import { dataTypes } from '../../src/domain/data-types.ts';
import { instantAt, plusSeconds } from '../../src/domain/instant.ts';
import type { SyncSettings } from '../../src/domain/sync-settings.ts';
import { makeSource } from '../../src/freshbooks/source.ts';
import { makeTransport, type Transport } from '../../src/freshbooks/transport.ts';
import { aBusiness, aLinkedConnection } from '../fakes/builders.ts';
import { makeIds, makeTimer } from '../fakes/clock.ts';
import { memoryConnections } from '../fakes/connections.ts';
import { memoryCount, memoryLog } from '../fakes/log.ts';
import { memoryObjects } from '../fakes/objects.ts';
import { everyType } from '../fakes/sync-settings.ts';
import { memoryWaker } from '../fakes/waker.ts';
import { all } from '../unit/books/book-world.ts';

const ref = { companyId: 'company-1', connectionId: 'connection-1' };

/** The rows of a raw snapshot and the records of a unified one, as readers are shown them. */
export type Held = { raw: Map<string, RawRow[]>; unified: Map<string, Record<string, unknown>[]> };

/** These data types every hour, and no other; with them what no data type is made of. */
function hourly(types: readonly string[]): SyncSettings {
  const some = dataTypes.filter((type) => types.includes(type));
  return everyType({ syncSchedule: 0 }, Object.fromEntries(some.map((type) => [type, { syncSchedule: 1 }])));
}

/**
 * The worker's own code over stores in memory and the vendor's real HTTP. `through` lets each request go when it is
 * time; `now` is FreshBooks' clock, from which the worker's stands `skew` seconds off.
 */
export async function openWorker(vendor: {
  url: string;
  business: {
    accountId: string;
    businessId: string;
    businessUuid?: string;
    systemId: string;
    identityId: string;
  };
  now: () => number;
  signIn: () => Promise<string>;
  through: (send: () => ReturnType<Transport>) => ReturnType<Transport>;
  perPage: number;
  /** Data types that are read; every hour. */
  types: readonly string[];
  /** Of the resources that no data type is made of, those that there are; all of them unless told. */
  rawOnly?: readonly string[];
}) {
  let skew = 0;
  let token: string | undefined;
  const objects = memoryObjects();
  const connections = memoryConnections();
  const books = makeBooks({ objects });
  const timer = makeTimer();
  const clock = () => instantAt(vendor.now() + skew * 1000);
  const log = memoryLog();
  const wire = makeTransport();
  const transport: Transport = (request) => {
    const url = new URL(request.url);
    if (url.searchParams.has('per_page')) url.searchParams.set('per_page', String(vendor.perPage));
    return vendor.through(() => wire({ ...request, url: url.href }));
  };
  const signIn = async (): Promise<string> => (token = await vendor.signIn());
  const source = makeSource({
    apiUrl: vendor.url,
    transport,
    tools: { sleep: async () => undefined, random: () => 0.5, now: () => vendor.now() + skew * 1000 },
  });
  const runSync = makeRunSync({
    connections,
    books,
    runFiles: makeRunFiles({ objects }),
    source: { ...source, rawOnly: vendor.rawOnly ?? source.rawOnly },
    grantToken: () => ({
      token: async () => token ?? signIn(),
      refused: signIn,
      facts: async () => undefined,
    }),
    oauth: { whoIs: () => Promise.reject(new Error('nobody is asked here')) },
    waker: memoryWaker().waker,
    clock,
    newId: makeIds(),
    every: timer.every,
    syncSettings: { find: async () => hourly(vendor.types) },
    typesOf: () => [],
    mapping: 'v1',
    log: log.log,
    count: memoryCount().count,
  });
  const { business } = vendor;
  await connections.insert(aLinkedConnection({ business: aBusiness(business) }));
  const connection = async () => {
    const found = await connections.find(ref);
    if (found === undefined) throw new Error('the connection is gone');
    return found;
  };
  return {
    /** Renews the lease, as a timer would while time passes. */
    tick: timer.tick,
    log: log.lines,
    objects,
    connection,
    signIn,
    /** What the connection last saw of the scopes of its consent. */
    knowScopes: async (scopes: readonly string[]) => {
      const access = { born: '', epoch: 1, appVersion: 1, renewed: '', ends: '', lineage: [] };
      await connections.change(ref, (found) => ({
        next: { ...found, access: { ...access, scopes: [...scopes] } },
        result: undefined,
      }));
    },
    turn: (as: { skew: number; patience: number }) => {
      skew = as.skew;
      return runSync(ref, plusSeconds(clock(), as.patience));
    },
    held: async (): Promise<Held> => {
      const { resources, datasets } = await connection();
      const raw = new Map<string, RawRow[]>();
      for (const [name, { snapshot }] of Object.entries(resources))
        raw.set(name, await all(books.rawRows(snapshot)));
      const unified = new Map<string, Record<string, unknown>[]>();
      const read = makeReadRecords({ objects });
      for (const [name, { snapshot }] of Object.entries(datasets)) {
        if (snapshot === undefined) continue;
        unified.set(name, (await read(snapshot, { page: 1, pageSize: 10_000 })).results);
      }
      return { raw, unified };
    },
  };
}
export type Worker = Awaited<ReturnType<typeof openWorker>>;
