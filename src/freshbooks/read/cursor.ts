import { createHash } from 'node:crypto';
import type { Day } from '../../domain/instant.ts';

/**
 * Where a complete read ended: the day from which the next one asks for changes, and a mark each of which rows were
 * deleted and archived then. As text `2026-06-28`, `2026-06-28/2-9xZ…` or `2026-06-28//5-Kd2…`.
 */
export type Cursor = { day: Day; deleted: string; archived: string };

export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  const [day = '', deleted = '', archived = ''] = text.split('/');
  return { day, deleted, archived };
}

export function writeCursor({ day, deleted, archived }: Cursor): string {
  return [day, deleted, archived].join('/').replace(/\/+$/, '');
}

/** The same for the same ids in whatever order; empty for none. */
export function markOf(ids: ReadonlySet<string>): string {
  if (ids.size === 0) return '';
  const digest = createHash('sha256')
    .update([...ids].sort().join(' '))
    .digest('base64url');
  return `${ids.size}-${digest.slice(0, 16)}`;
}
