import { createHash } from 'node:crypto';
import type { Day } from '../../domain/instant.ts';

/**
 * Where a complete read ended: the day from which the next one asks for changes, and a mark of which rows were deleted
 * then. As text `2026-06-28` or `2026-06-28/2-9xZ…`.
 */
export type Cursor = { day: Day; mark: string };

export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  const [day = '', mark = ''] = text.split('/');
  return { day, mark };
}

export function writeCursor({ day, mark }: Cursor): string {
  return mark === '' ? day : `${day}/${mark}`;
}

/** The same for the same ids in whatever order; empty for none. */
export function markOf(ids: ReadonlySet<string>): string {
  if (ids.size === 0) return '';
  const digest = createHash('sha256')
    .update([...ids].sort().join(' '))
    .digest('base64url');
  return `${ids.size}-${digest.slice(0, 16)}`;
}
