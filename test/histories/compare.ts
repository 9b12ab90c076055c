import { isDeepStrictEqual } from 'node:util';
import { isRow, type Row } from '../../simulator/json.ts';
import { resources, type Vendor } from './vendor.ts';
import type { Held } from './worker.ts';

// Holds what the worker published to what FreshBooks says; nothing here is the sync's own.

/** Worked out from other rows without the row counting as changed (§4.4); nothing that is served is made of it. */
const unannounced = new Set(['isduplicate']);

/** What was published and can never have been: rows nobody made, deletions nobody did. Holds in any moment. */
export function inventions(vendor: Vendor, held: Held): string[] {
  return resources.flatMap((resource) =>
    (held.raw.get(resource) ?? []).flatMap(({ id, deleted }) => {
      if (!vendor.ever.get(resource)?.has(id)) return [`phantom ${resource} ${id}`];
      const false_ = deleted && !vendor.everDeleted.get(resource)?.has(id);
      return false_ ? [`false deletion of ${resource} ${id}`] : [];
    }),
  );
}

/**
 * Everything in which the published books are not FreshBooks' own, once nobody works in them any more. Fields that its
 * lists do not show are nothing to hold us to.
 */
export async function differences(vendor: Vendor, held: Held): Promise<string[]> {
  const found: string[] = [];
  const truths = new Map<string, readonly Row[]>();
  for (const resource of resources) {
    const truth = (await vendor.truth(resource)).filter((row) => !isHidden(vendor, resource, row));
    truths.set(resource, truth);
    found.push(...rawDifferences(resource, truth, held));
  }
  found.push(...unifiedDifferences(truths, held));
  return found;
}

function isHidden(vendor: Vendor, resource: string, row: Row): boolean {
  return resource === 'expenses' && vendor.hidden.has(String(row['id']));
}

function rawDifferences(resource: string, truth: readonly Row[], held: Held): string[] {
  const rows = new Map((held.raw.get(resource) ?? []).map((row) => [row.id, row]));
  const found: string[] = [];
  for (const row of truth) {
    const id = String(row['id']);
    const ours = rows.get(id);
    rows.delete(id);
    if (ours === undefined) found.push(`missing ${resource} ${id}`);
    else if (ours.deleted !== (row['vis_state'] === 1))
      found.push(`${resource} ${id} deleted: ${ours.deleted}`);
    else
      for (const [field, value] of Object.entries(row))
        if (field in ours.raw && !unannounced.has(field) && !isDeepStrictEqual(ours.raw[field], value))
          found.push(
            `${resource} ${id} ${field}: ${JSON.stringify(ours.raw[field])}, not ${JSON.stringify(value)}`,
          );
  }
  // What FreshBooks no longer knows at all was deleted there for good.
  for (const { id, deleted } of rows.values()) if (!deleted) found.push(`left over ${resource} ${id}`);
  return found;
}

/** Each unified type: what its records are made of, and their amount, where they have one. */
const unified = {
  customers: { resource: 'clients' },
  invoices: { resource: 'invoices', amount: 'amount' },
  payments: { resource: 'payments', amount: 'amount' },
  directCosts: { resource: 'expenses', amount: 'amount' },
  taxRates: { resource: 'taxes' },
  trackingCategories: { resource: 'expense_categories' },
} as const;

export const comparedTypes: readonly string[] = Object.keys(unified);

function unifiedDifferences(truths: ReadonlyMap<string, readonly Row[]>, held: Held): string[] {
  const found: string[] = [];
  for (const [type, from] of Object.entries(unified)) {
    const ours = new Map((held.unified.get(type) ?? []).map((record) => [String(record['id']), record]));
    const truth = truths.get(from.resource) ?? [];
    for (const row of truth) {
      const id = String(row['id']);
      const record = ours.get(id);
      ours.delete(id);
      if (record === undefined) found.push(`missing ${type} ${id}`);
      else if (isDeleted(record) !== (row['vis_state'] === 1)) found.push(`${type} ${id} is deleted or not`);
      else if ('amount' in from && record['totalAmount'] !== amountIn(row, from.amount))
        found.push(`${type} ${id}: ${String(record['totalAmount'])}, not ${amountIn(row, from.amount)}`);
      else if (type === 'invoices') found.push(...invoiceDifferences(id, row, record, truths));
    }
    // Two taxes on one line are a rate of their own, which FreshBooks does not list.
    for (const [id, record] of ours)
      if (/^\d+$/.test(id) && !isDeleted(record)) found.push(`left over ${type} ${id}`);
  }
  return found;
}

function invoiceDifferences(
  id: string,
  row: Row,
  record: Record<string, unknown>,
  truths: ReadonlyMap<string, readonly Row[]>,
): string[] {
  const due = row['vis_state'] === 1 ? record['amountDue'] : amountIn(row, 'outstanding');
  const paid = (truths.get('payments') ?? [])
    .filter((payment) => String(payment['invoiceid']) === id && payment['vis_state'] !== 1)
    .map((payment) => String(payment['id']));
  const shown = JSON.stringify(record['paymentAllocations'] ?? []);
  const lost = paid.filter((payment) => !shown.includes(`"id":"${payment}"`));
  return [
    ...(record['amountDue'] === due ? [] : [`invoice ${id} due: ${String(record['amountDue'])}, not ${due}`]),
    ...lost.map((payment) => `invoice ${id} does not show payment ${payment}`),
  ];
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
