import type { RawRow } from '../app/ports.ts';
import { canonicalHash } from './canonical-json.ts';
import { type Resource, rowId } from './catalog.ts';
import { isDeleted, Whole } from './types/wire.ts';

/** The row with its id, hash and deletion mark; `undefined` when it has no key to be known by. */
export function toRawRow(resource: Resource, raw: Record<string, unknown>): RawRow | undefined {
  const id = rowId(resource, raw);
  if (id === undefined) return undefined;
  return { id, hash: canonicalHash(raw), deleted: isDeleted(Whole.parse(raw['vis_state'])), raw };
}
