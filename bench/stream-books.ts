/**
 * Does memory stay where it is when a first read grows? Streams N rows of an invoice's size through the books, raw
 * and unified, with the objects on disk, and prints time and peak memory for each size:
 *
 *     node bench/stream-books.ts 10000 100000
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Objects, RawRow, UnifiedRecord } from '../src/app/ports.ts';
import { makeBooks } from '../src/books/make-books.ts';

const ref = { companyId: 'bench', connectionId: 'bench' };
const run = { id: 'run', epoch: 1, started: '2026-03-02T15:00:00.000Z' };

/** Objects as files: what is stored is not in memory. */
function fileObjects(folder: string): Objects {
  return {
    put: async (name, bytes) => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    },
    get: async (name) => readFileSync(join(folder, name)),
    list: async function* () {},
    remove: async (names) => {
      for (const name of names) rmSync(join(folder, name), { force: true });
    },
  };
}

/** A row of some 2.7 KB, as an invoice with two lines has; no two alike. */
function invoice(n: number): RawRow {
  const line = { name: `Line ${n}`, description: `Work of week ${n % 52}`.padEnd(900, '.'), qty: `${n % 7}` };
  const raw = { id: n, number: `INV-${n}`, notes: `${n * 7919}`.padEnd(600, '-'), lines: [line, line] };
  const hash = createHash('sha256').update(JSON.stringify(raw)).digest('base64url');
  return { id: String(n), hash, deleted: false, raw };
}

async function* projected(rows: AsyncIterable<RawRow>): AsyncGenerator<UnifiedRecord> {
  for await (const { id, deleted, raw } of rows)
    yield { id, deleted, record: { id, number: raw['number'], raw } };
}

async function stream(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerlink-bench-'));
  const books = makeBooks({ objects: fileObjects(folder) });
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  const began = performance.now();
  const collector = books.collectRaw({ ref, name: 'raw/invoices', previous: undefined, run });
  // Pages in an order that is not that of the ids: every part of the spool overlaps every other.
  for (let page = 0; page < count / 100; page += 1) {
    const rows = Array.from({ length: 100 }, (_, n) => invoice(1 + (((page * 100 + n) * 7919) % count)));
    await collector.add(rows);
  }
  const { snapshot, held } = await collector.finish();
  const raw = performance.now();
  const target = { ref, name: 'unified/invoices', previous: undefined, run };
  const unified = await books.mergeProjection(target, projected(books.rawRows(snapshot)));
  clearInterval(watch);
  rmSync(folder, { recursive: true });
  const seconds = [raw - began, performance.now() - raw].map((millis) => (millis / 1000).toFixed(1));
  console.log(
    `${count} rows: held ${held}, unified ${unified.snapshot.count}; raw ${seconds[0]} s, unified ${seconds[1]} s; ` +
      `peak ${Math.round(peak / 1e6)} MB`,
  );
}

for (const count of process.argv.slice(2).map(Number)) await stream(count);
