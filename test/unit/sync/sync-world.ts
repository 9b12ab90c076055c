import { hash } from 'node:crypto';
import type {
  Books,
  Connections,
  RawRow,
  RawRows,
  ReadResource,
  Source,
  UnifiedRecord,
  Way,
} from '../../../src/app/ports.ts';
import { makePlanSyncs } from '../../../src/app/sync/plan-syncs.ts';
import { makeRunSync, type RunSyncDeps } from '../../../src/app/sync/run-sync.ts';
import { makeSweepConnection } from '../../../src/app/sync/sweep-connection.ts';
import { makeBooks } from '../../../src/books/make-books.ts';
import { makeReadRecords } from '../../../src/books/read-records.ts';
import { makeRunFiles } from '../../../src/books/run-files.ts';
import type { Connection } from '../../../src/domain/connection.ts';
import type { ControlTotal } from '../../../src/domain/control-total.ts';
import type { DataType } from '../../../src/domain/data-types.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import type { Problem } from '../../../src/domain/problem.ts';
import { aLinkedConnection, start } from '../../fakes/builders.ts';
import { makeClock, makeIds, makeTimer } from '../../fakes/clock.ts';
import { memoryConnections } from '../../fakes/connections.ts';
import { memoryCount, memoryLog } from '../../fakes/log.ts';
import { turn } from '../../fakes/memory-table.ts';
import { type MemoryObjects, memoryObjects } from '../../fakes/objects.ts';
import { memoryHeartbeat, memoryRetention, memorySyncSettings } from '../../fakes/settings.ts';
import { memoryWaker } from '../../fakes/waker.ts';
import { all, tinySizes } from '../books/book-world.ts';

export const ref = { companyId: 'company-1', connectionId: 'connection-1' };

/** What each data type of the test vendor is made of. */
const made: Record<DataType, readonly string[]> = {
  company: ['business'],
  customers: ['clients'],
  invoices: ['invoices', 'payments'],
  payments: ['payments'],
  taxRates: ['taxes'],
  directCosts: ['expenses'],
  trackingCategories: ['categories'],
  creditNotes: ['credits'],
  bills: ['bills'],
  billPayments: ['bill-payments', 'bills'],
  suppliers: ['vendors', 'expenses'],
  items: ['items'],
  journalEntries: ['ledger'],
  chartOfAccounts: ['accounts'],
  directIncomes: ['incomes'],
  profitAndLoss: ['report', 'ledger'],
  balanceSheet: ['report', 'ledger'],
  cashFlowStatement: ['ledger'],
};

/** What is needed of what a data type is made of, where that is not all. */
const needed: Partial<Record<DataType, Way>> = { balanceSheet: { from: ['report'], also: ['ledger'] } };

/** How else a data type can be made, where it can. */
const other: Partial<Record<DataType, readonly Way[]>> = {
  profitAndLoss: [{ from: ['ledger'], note: 'Added up.', byMonth: true }],
};

type VendorRow = { value: string; deleted: boolean };

/**
 * A vendor whose books are a map: `edit` and `remove` change it, `fail` makes a resource fail, `pagesBeforeDeadline`
 * makes a read stop, `onPage` is where a test does something in the middle of a read.
 */
class TestVendor {
  readonly books = new Map<string, Map<string, VendorRow>>();
  readonly failures = new Map<string, Problem | Error>();
  readonly unmappable = new Set<string>();
  /** Fields of a data type's rows that no table knows. */
  newFields: readonly string[] = [];
  readonly unsteady = new Set<string>();
  pagesBeforeDeadline = Number.POSITIVE_INFINITY;
  onPage: (resource: string) => Promise<void> = async () => undefined;
  reads = 0;

  edit(resource: string, id: string, value: string): void {
    const rows = this.books.get(resource) ?? new Map<string, VendorRow>();
    this.books.set(resource, rows.set(id, { value, deleted: false }));
  }

  remove(resource: string, id: string): void {
    const row = this.books.get(resource)?.get(id);
    if (row !== undefined) this.books.get(resource)?.set(id, { ...row, deleted: true });
  }

  rows(resource: string): [string, VendorRow][] {
    return [...(this.books.get(resource) ?? [])].sort(([a], [b]) => Number(a) - Number(b));
  }

  /** What is to be served of a data type that is made of this resource, as id → value. */
  served(resource: string): Record<string, string> {
    return Object.fromEntries(
      this.rows(resource).map(([id, { value, deleted }]) => [id, deleted ? 'deleted' : value]),
    );
  }

  source(): Source {
    return {
      rawOnly: ['projects'],
      resourcesOf: (type) => made[type],
      controlsOf: (type) => (type === 'items' ? ['report'] : []),
      control: async (_, { rows, notRead }) => (notRead.has('report') ? [] : this.#control(rows)),
      waysOf: (type) => [needed[type] ?? { from: made[type] }, ...(other[type] ?? [])],
      read: (read) => this.#read(read),
      project: (type, rows, onQuarantine, _, onDrift) => this.#project(type, rows, onQuarantine, onDrift),
    };
  }

  async #read(read: Parameters<ReadResource>[0]): ReturnType<ReadResource> {
    this.reads += 1;
    await read.token();
    const failure = this.failures.get(read.resource);
    const rows = this.rows(read.resource);
    let page = Number(read.resume ?? 0);
    for (let done = 0; page * 3 < rows.length; page += 1, done += 1) {
      if (done >= this.pagesBeforeDeadline) return report({ unfinished: page });
      await turn();
      await this.onPage(read.resource);
      await read.onRows(rows.slice(page * 3, page * 3 + 3).map(rawRowOf));
    }
    if (failure !== undefined) throw failure;
    const complete = !this.unsteady.has(read.resource);
    return report({ cursor: 'cursor', complete, pages: page, rowsRead: rows.length });
  }

  /** The report has a row that says how many there are. */
  async #control(rows: RawRows): Promise<ControlTotal[]> {
    const theirs = Number((await all(rows('report')))[0]?.raw['value']);
    const ours = (await all(rows('items'))).length;
    const verdict = ours === theirs ? 'agrees' : 'differs';
    return [{ report: 'report', currency: 'CAD', ours, theirs, verdict }];
  }

  async *#project(
    type: DataType,
    rows: RawRows,
    onQuarantine: Parameters<Source['project']>[2],
    onDrift: Parameters<Source['project']>[4],
  ): AsyncGenerator<UnifiedRecord> {
    const [first = '', ...others] = made[type];
    const [second = first] = others;
    const resource = (await all(rows(first))).length === 0 && type in other ? second : first;
    const beside = await Promise.all(others.map(async (other) => (await all(rows(other))).length));
    for await (const { id, deleted, raw } of rows(resource)) {
      if (this.unmappable.has(id)) onQuarantine({ resource, id, reason: 'test' });
      else yield { id, deleted, record: { id, value: raw['value'], beside } };
    }
    for (const field of this.newFields) onDrift?.({ resource: first, field, rows: 1 });
  }
}

function rawRowOf([id, { value, deleted }]: [string, VendorRow]): RawRow {
  return { id, hash: hash('sha256', value, 'base64url'), deleted, raw: { id, value } };
}

function report(with_: Partial<Awaited<ReturnType<ReadResource>>>): Awaited<ReturnType<ReadResource>> {
  return { complete: true, pages: 0, rowsRead: 0, hiddenRows: 0, vanished: [], warnings: [], ...with_ };
}

type Worn = {
  time?: ReturnType<typeof makeClock>;
  connections?: (real: Connections) => Connections;
  objects?: (real: MemoryObjects) => MemoryObjects;
};

/** One connection of one company, its vendor and a worker. `worn` puts decorators around the stores. */
export async function syncWorld(connection: Partial<Connection> = {}, worn: Worn = {}) {
  const vendor = new TestVendor();
  const plain = { connections: memoryConnections(), objects: memoryObjects() };
  const connections = worn.connections?.(plain.connections) ?? plain.connections;
  const objects = worn.objects?.(plain.objects) ?? plain.objects;
  const books: Books = makeBooks({ objects }, tinySizes);
  const time = worn.time ?? makeClock(start);
  const timer = makeTimer();
  const { waker, take } = memoryWaker();
  const log = memoryLog();
  const { count, totals } = memoryCount();
  const heartbeat = memoryHeartbeat();
  const syncSettings = memorySyncSettings();
  const retention = memoryRetention();
  const deps: RunSyncDeps = {
    connections,
    books,
    runFiles: makeRunFiles({ objects }),
    source: vendor.source(),
    oauth: { whoIs: () => Promise.reject(new Error('nobody is asked here')) },
    grantToken: () => ({
      token: async () => 'access',
      refused: async () => 'access',
      facts: async () => undefined,
    }),
    waker,
    clock: time.clock,
    newId: makeIds(),
    every: timer.every,
    syncSettings,
    typesOf: (noun) => (noun === 'client' ? ['customers'] : []),
    mapping: 'v1',
    log: log.log,
    count,
  };
  await plain.connections.insert(aLinkedConnection(connection));
  const sweepUntil = (deadline: string) =>
    makeSweepConnection({ ...deps, connections, retention })(ref, deadline);
  const world = {
    deps,
    vendor,
    connections: plain.connections,
    syncSettings,
    objects: plain.objects,
    ...time,
    timer,
    take,
    log: log.lines,
    totals,
    deadline: () => plusSeconds(time.clock(), 600),
    runSync: makeRunSync(deps),
    retention,
    /** A sweep of the books, now. */
    sweep: () => sweepUntil(plusSeconds(time.clock(), 600)),
    sweepUntil,
    plan: makePlanSyncs({ ...deps, ...deps.source, connections, heartbeat }),
    /** One worker's turn, now. */
    sync: () => makeRunSync(deps)(ref, plusSeconds(time.clock(), 600)),
    /** A turn an hour after the last one. */
    nextHour: () => {
      time.advance(3600);
      return makeRunSync(deps)(ref, plusSeconds(time.clock(), 600));
    },
    connection: async () => {
      const found = await plain.connections.find(ref);
      if (found === undefined) throw new Error('no connection');
      return found;
    },
    /** The served records of a data type as id → value, `deleted` for those that are. */
    served: async (type: DataType) => {
      const snapshot = (await plain.connections.find(ref))?.datasets[type]?.snapshot;
      if (snapshot === undefined) return undefined;
      const read = makeReadRecords({ objects: plain.objects });
      const { results } = await read(snapshot, { page: 1, pageSize: 10_000 });
      return Object.fromEntries(results.map((record) => [record['id'], servedValue(record)]));
    },
  };
  return world;
}

function servedValue(record: Record<string, unknown>): unknown {
  const metadata = record['metadata'];
  const deleted = typeof metadata === 'object' && metadata !== null && 'isDeleted' in metadata;
  return deleted && metadata.isDeleted === true ? 'deleted' : record['value'];
}
