import { createHash } from 'node:crypto';
import type { Day } from '../../domain/instant.ts';

/**
 * Where a complete read ended: the day from which the next one asks for changes, and marks of what else it is to be
 * held to. As text `2026-06-28`, `2026-06-28/2-9xZ…` or `2026-06-28//5-Kd2…`.
 */
export type Cursor = {
  day: Day;
  /** Which rows were deleted then, and which archived. */
  deleted: string;
  archived: string;
  /** Which rows of another resource, that change rows of this one, were deleted then. */
  movers: string;
  /** Who read everything that is held: rows that somebody else does not see are not gone. */
  person: string;
  /** Who read last, of resources that are not read whole each time. */
  reader: string;
  /** Rows that were missing then, too many to be believed at once. */
  doubt: string;
};

export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  const [day = '', deleted = '', archived = '', movers = '', person = '', reader = '', doubt = ''] =
    text.split('/');
  return { day, deleted, archived, movers, person, reader, doubt };
}

export function writeCursor(cursor: Partial<Cursor> & Pick<Cursor, 'day'>): string {
  const { day, deleted = '', archived = '', movers = '', person = '', reader = '', doubt = '' } = cursor;
  return [day, deleted, archived, movers, person, reader, doubt].join('/').replace(/\/+$/, '');
}

/** The same for the same ids in whatever order; empty for none. */
export function markOf(ids: Iterable<string>): string {
  const sorted = [...ids].sort();
  if (sorted.length === 0) return '';
  const digest = createHash('sha256').update(sorted.join(' ')).digest('base64url');
  return `${sorted.length}-${digest.slice(0, 16)}`;
}
