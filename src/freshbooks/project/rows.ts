import type * as z from 'zod';
import type { RawRow, RawRows, UnifiedRecord } from '../../app/ports.ts';
import { catalog, type ResourceName } from '../catalog.ts';
import { unlisted } from '../drift.ts';

/** What a projection works with. `onQuarantine` hears of each row that could not be mapped, and why, without values. */
export type Projection = {
  rows: RawRows;
  onQuarantine: (entry: { resource: string; id: string; reason: string }) => void;
  /** Hears of each row that becomes a record what of it no table knows. */
  onUnlisted?: (resource: string, found: readonly string[]) => void;
};

/** The row in the type of its resource; throws an Error that names the fields at fault. */
export function typed<T>(schema: z.ZodType<T>, row: RawRow): T {
  const raw = row.raw['id'] === undefined ? { ...row.raw, id: row.id } : row.raw;
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`);
  throw new Error(`unexpected ${faults.join(', ')}`);
}

/** Maps each row of a resource in id order; a row that cannot be mapped is reported and left out. */
export async function* mapped(
  resource: ResourceName,
  { rows, onQuarantine, onUnlisted }: Projection,
  map: (row: RawRow) => Record<string, unknown>,
): AsyncGenerator<UnifiedRecord> {
  for await (const row of rows(resource)) {
    const record = attempt(
      () => map(row),
      (reason) => onQuarantine({ resource, id: row.id, reason }),
    );
    onUnlisted?.(resource, unlisted(row.raw, catalog[resource].fates));
    if (record !== undefined) yield unified(row, record);
  }
}

/** The record with the mark that tells whether FreshBooks still has it; everything else keeps its last value. */
export function unified(
  row: { id: string; deleted: boolean },
  record: Record<string, unknown>,
): UnifiedRecord {
  const { id, deleted } = row;
  return { id, deleted, record: { ...record, metadata: { isDeleted: deleted } } };
}

/** Reads a resource for what another one needs of it; rows that cannot be read are that resource's own matter. */
export async function forEachRow(
  resource: ResourceName,
  { rows }: Projection,
  visit: (row: RawRow) => void,
): Promise<void> {
  for await (const row of rows(resource))
    attempt(
      () => visit(row),
      () => {},
    );
}

/** Adds to the list that a map keeps under a key. */
export function grouped<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function attempt<T>(work: () => T, report: (reason: string) => void): T | undefined {
  try {
    return work();
  } catch (error) {
    report(error instanceof Error ? error.message : 'unknown');
    return undefined;
  }
}
