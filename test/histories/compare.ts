import { isDeepStrictEqual } from 'node:util';
import { easternDay } from '../../simulator/eastern-time.ts';
import { isRow, type Row } from '../../simulator/json.ts';
import { reports, served } from './books.ts';
import { isDeletedRow, keyOf } from './kinds.ts';
import type { Vendor } from './vendor.ts';
import type { Held } from './worker.ts';

// Holds what the worker published to what FreshBooks says; nothing here is the sync's own.

/** Worked out from other rows without the row counting as changed (§4.4); nothing that is served is made of it. */
const unannounced = new Set(['isduplicate']);

/** Of these no list tells which are deleted: what was deleted before we came nobody can know. */
const unlisted = new Set(['bill_payments', 'bill_vendors', 'services', 'billPayments', 'projects', 'staff']);

/** What was published and can never have been: rows nobody made, deletions nobody did. Holds in any moment. */
export function inventions(vendor: Vendor, held: Held): string[] {
  return vendor.read.flatMap((resource) =>
    (held.raw.get(resource) ?? []).flatMap(({ id, deleted }) => {
      if (!vendor.ever.get(resource)?.has(id)) return [`phantom ${resource} ${id}`];
      const false_ = deleted && !vendor.everDeleted.get(resource)?.has(id);
      return false_ ? [`false deletion of ${resource} ${id}`] : [];
    }),
  );
}

/**
 * Everything in which the published books are not FreshBooks' own, once nobody works in them any more. Fields that its
 * lists do not show are nothing to hold us to. Until a `week` has passed, neither are those that change without a word.
 */
export async function differences(
  vendor: Vendor,
  held: Held,
  { types, week }: { types: readonly string[]; week: boolean },
): Promise<string[]> {
  const found: string[] = [];
  const truths = new Map<string, readonly Row[]>();
  for (const resource of vendor.read) {
    const truth = (await vendor.truth(resource)).filter((row) => !isHidden(vendor, resource, row));
    truths.set(resource, truth);
    found.push(...rawDifferences(resource, truth, held, week));
  }
  for (const name of Object.keys(reports)) found.push(...(await reportDifferences(vendor, name, held)));
  found.push(...types.flatMap((type) => unifiedDifferences(type, truths, held)));
  return found;
}

/** Each report of a time that is still looked at says what FreshBooks answers to the same question now. */
async function reportDifferences(vendor: Vendor, name: string, held: Held): Promise<string[]> {
  const rows = held.raw.get(name) ?? [];
  const found = rows.length === 0 && vendor.readReports.includes(name) ? [`missing ${name}`] : [];
  for (const { id, raw } of rows) {
    const { parameters, report, asOf } = raw;
    const { since, others = since } = reports[name] ?? {};
    const asOther = isRow(parameters) && 'currency_code' in parameters;
    const isKept = String(asOf) >= ((asOther ? others : since)?.(easternDay(vendor.now())) ?? '');
    if (isKept && !isDeepStrictEqual(report, await vendor.report(name, parameters)))
      found.push(`${name} ${id} says something else than FreshBooks`);
  }
  return found;
}

function isHidden(vendor: Vendor, resource: string, row: Row): boolean {
  return resource === 'expenses' && vendor.hidden.has(keyOf(row));
}

function rawDifferences(resource: string, truth: readonly Row[], held: Held, week: boolean): string[] {
  const rows = new Map((held.raw.get(resource) ?? []).map((row) => [row.id, row]));
  const found: string[] = [];
  for (const row of truth) {
    const id = keyOf(row);
    const ours = rows.get(id);
    rows.delete(id);
    if (ours === undefined) found.push(...missing(resource, resource, row));
    else if (ours.deleted !== isDeletedRow(resource, row))
      found.push(`${resource} ${id} deleted: ${ours.deleted}`);
    else if (!ours.deleted)
      for (const [field, value] of Object.entries(row))
        if (
          field in ours.raw &&
          (week || !unannounced.has(field)) &&
          !isDeepStrictEqual(ours.raw[field], value)
        )
          found.push(
            `${resource} ${id} ${field}: ${JSON.stringify(ours.raw[field])}, not ${JSON.stringify(value)}`,
          );
  }
  // What FreshBooks no longer knows at all was deleted there for good.
  for (const { id, deleted } of rows.values()) if (!deleted) found.push(`left over ${resource} ${id}`);
  return found;
}

function missing(name: string, resource: string, row: Row): string[] {
  return isDeletedRow(resource, row) && unlisted.has(name) ? [] : [`missing ${name} ${keyOf(row)}`];
}

function unifiedDifferences(type: string, truths: ReadonlyMap<string, readonly Row[]>, held: Held): string[] {
  const ours = new Map((held.unified.get(type) ?? []).map((record) => [String(record['id']), record]));
  if (type === 'journalEntries') return entryDifferences(truths.get('journal_entry_details') ?? [], ours);
  const { resource, amount } = served[type] ?? {};
  if (resource === undefined) return [];
  const found: string[] = [];
  for (const row of truths.get(resource) ?? []) {
    const id = keyOf(row);
    const record = ours.get(id);
    ours.delete(id);
    if (record === undefined) found.push(...missing(type, resource, row));
    else if (isDeleted(record) !== isDeletedRow(resource, row)) found.push(`${type} ${id} is deleted or not`);
    else if (isDeletedRow(resource, row)) continue;
    else if (amount !== undefined && record['totalAmount'] !== amountIn(row, amount))
      found.push(`${type} ${id}: ${String(record['totalAmount'])}, not ${amountIn(row, amount)}`);
    else if (type === 'invoices') found.push(...invoiceDifferences(id, row, record, truths));
    else if (type === 'bills') found.push(...owed(`bill ${id}`, row, record));
  }
  // Two taxes on one line are a rate of their own, which FreshBooks does not list.
  for (const [id, record] of ours)
    if (/^\d+$/.test(id) && !isDeleted(record)) found.push(`left over ${type} ${id}`);
  return found;
}

/** An entry is there when FreshBooks has a line of it, with as many lines. */
function entryDifferences(
  details: readonly Row[],
  ours: ReadonlyMap<string, Record<string, unknown>>,
): string[] {
  const lines = new Map<string, number>();
  for (const { entry } of details) {
    const id = isRow(entry) ? String(entry['entryid']) : '';
    lines.set(id, (lines.get(id) ?? 0) + 1);
  }
  const live = [...ours].filter(([, record]) => !isDeleted(record));
  const extra = live.filter(([id]) => !lines.has(id)).map(([id]) => `left over entry ${id}`);
  const wrong = [...lines].flatMap(([id, count]) => {
    const shown = ours.get(id)?.['journalLines'];
    const found = Array.isArray(shown) ? shown.length : 0;
    return found === count ? [] : [`entry ${id} has ${found} lines, not ${count}`];
  });
  return [...extra, ...wrong];
}

function invoiceDifferences(
  id: string,
  row: Row,
  record: Record<string, unknown>,
  truths: ReadonlyMap<string, readonly Row[]>,
): string[] {
  const paid = (truths.get('payments') ?? [])
    .filter((payment) => String(payment['invoiceid']) === id && !isDeletedRow('payments', payment))
    .map(keyOf);
  const shown = JSON.stringify(record['paymentAllocations'] ?? []);
  const lost = paid.filter((payment) => !shown.includes(`"id":"${payment}"`));
  return [
    ...owed(`invoice ${id}`, row, record),
    ...lost.map((payment) => `invoice ${id} does not show payment ${payment}`),
  ];
}

function owed(name: string, row: Row, record: Record<string, unknown>): string[] {
  const due = amountIn(row, 'outstanding');
  return record['amountDue'] === due ? [] : [`${name} due: ${String(record['amountDue'])}, not ${due}`];
}

function isDeleted(record: Record<string, unknown>): boolean {
  const metadata = record['metadata'];
  return (
    typeof metadata === 'object' &&
    metadata !== null &&
    'isDeleted' in metadata &&
    metadata.isDeleted === true
  );
}

function amountIn(row: Row, field: string): number {
  const money = row[field];
  return isRow(money) ? Number(money['amount']) : Number.NaN;
}
