import type { RawRow } from '../app/ports.ts';
import { canonicalHash } from './canonical-json.ts';
import { type Resource, rowId } from './resource.ts';
import { isDeleted, Whole } from './types/wire.ts';

/**
 * The row with its id, hash and deletion mark, and without what must never be kept; `undefined` when it has no key to
 * be known by.
 */
export function toRawRow(resource: Resource, raw: Record<string, unknown>): RawRow | undefined {
  const id = rowId(resource, raw);
  if (id === undefined) return undefined;
  const kept = resource.secrets.length === 0 ? raw : without(raw, resource.secrets);
  return { id, hash: canonicalHash(kept), deleted: isGone(resource, raw), raw: kept };
}

function isGone(resource: Resource, raw: Record<string, unknown>): boolean {
  if (resource.goneWhen === 'inactive') return raw['active'] === false;
  return isDeleted(Whole.parse(raw['vis_state']));
}

function without(raw: Record<string, unknown>, secrets: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(raw).filter(([field]) => !secrets.includes(field)));
}
