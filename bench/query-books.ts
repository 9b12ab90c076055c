/**
 * What a query costs on a dataset of N invoices: cold (nothing opened yet) and warm, a page by seek, a filter, an
 * order, a filter by modifiedDate that prunes, and the last page of an order.
 *
 *     node bench/query-books.ts 5000 100000
 */
import type { Objects, UnifiedRecord } from '../src/app/ports.ts';
import { makeBooks } from '../src/books/make-books.ts';
import { makeReadRecords } from '../src/books/read-records.ts';

const ref = { companyId: 'bench', connectionId: 'bench' };
const run = { id: 'run', epoch: 1, started: '2026-03-02T15:00:00.000Z' };

function memoryObjects(): Objects {
  const held = new Map<string, Uint8Array>();
  return {
    put: async (name, bytes) => {
      held.set(name, bytes);
    },
    get: async (name) => held.get(name),
    list: async function* () {},
    remove: async () => undefined,
  };
}

/** A record of some 1.3 KB, as an invoice with two lines has; no two alike. */
async function* invoices(count: number): AsyncGenerator<UnifiedRecord> {
  for (let n = 1; n <= count; n += 1) {
    const line = {
      description: `Work of week ${n % 52}`.padEnd(300, '.'),
      quantity: n % 7,
      unitAmount: 12.5,
    };
    const record = {
      id: String(n),
      invoiceNumber: `INV-${n}`,
      customerRef: { id: String(n % 500), companyName: `Customer ${n % 500}` },
      issueDate: `2025-${String(1 + (n % 12)).padStart(2, '0')}-15T00:00:00`,
      lineItems: [line, line],
      totalAmount: ((n * 7919) % 1_000_003) / 100,
      status: ['Draft', 'Submitted', 'Paid'][n % 3],
    };
    yield { id: String(n), deleted: false, record };
  }
}

const wishes = {
  'page 1 in the default order': { page: 1, pageSize: 100 },
  'page in the middle, default order': { page: 25, pageSize: 100 },
  'filter by status': { page: 1, pageSize: 100, query: 'status=Paid' },
  'filter that finds one': { page: 1, pageSize: 100, query: 'invoiceNumber=INV-77' },
  'order by amount': { page: 1, pageSize: 100, orderBy: '-totalAmount' },
  'last page of an order': { page: 50, pageSize: 100, orderBy: 'totalAmount' },
  'modifiedDate that nothing reaches': { page: 1, pageSize: 100, query: 'modifiedDate>2026-03-03' },
} as const;

for (const count of process.argv.slice(2).map(Number)) {
  const objects = memoryObjects();
  const books = makeBooks({ objects });
  const { snapshot } = await books.mergeProjection(
    { ref, name: 'unified/invoices', previous: undefined, run },
    invoices(count),
  );
  for (const [name, wish] of Object.entries(wishes)) {
    const readRecords = makeReadRecords({ objects });
    const times: string[] = [];
    for (const _ of ['cold', 'warm']) {
      const began = performance.now();
      await readRecords(snapshot, wish);
      times.push(`${Math.round(performance.now() - began)} ms`);
    }
    console.log(`${count} invoices, ${name}: cold ${times[0]}, warm ${times[1]}`);
  }
}
