import type * as z from 'zod';
import type { Family } from './families.ts';
import type { Fates } from './types/mapping.ts';

/**
 * A FreshBooks resource: one row in the catalogue is all there is to add one. `changes` is how later reads find what changed:
 * - `updated`: rows by the day of their last update, and every deleted row, because deleting does not always count as
 *   an update (freshbooks-api §3.8);
 * - `full`: the whole list, where deletions only show as absence;
 * - `single`: one row.
 */
export type Resource = {
  family: Family;
  /** Below the prefix of its family: `users/clients`. `{systemId}` and its like stand for ids of the business. */
  path: string;
  plural: string;
  alsoPlural?: string;
  singular: string;
  /** It comes all at once, without counters, in a family whose lists have them. */
  unpaged?: boolean;
  /** The object whose read scope it needs: `clients` of `user:clients:read`. */
  scope: string;
  /** The flag in users/me of the plan's feature without which FreshBooks does not show it (freshbooks-api §2.1). */
  feature?: string;
  changes: 'updated' | 'full' | 'single';
  /** Of those read in full: whether deleted rows have a list of their own. The others are just no longer there. */
  listsDeleted: boolean;
  /** How a row says of itself that it is deleted: `vis_state` 1, or `active` false. */
  goneWhen: 'vis_state' | 'inactive';
  /** The primary key first; a mirror of it may stand in. */
  keys: readonly string[];
  includes: readonly string[];
  /** Whether records look different once archived: archiving need not count as an update either. */
  archives: boolean;
  /**
   * Another resource whose rows change fields of this one, which need not count as an update: payments and what is
   * paid of an invoice. `owner` is the field of theirs that names the row of this one.
   */
  movedBy?: { resource: string; owner: string };
  /** The business is readable without it: no permission leaves it empty, with a warning. */
  optional: boolean;
  /** Fields that are taken out of a row before anything else is done with it. */
  secrets: readonly string[];
  schema: z.ZodType;
  fates: Fates;
};

type Peculiar = Partial<Resource> &
  Pick<Resource, 'family' | 'path' | 'plural' | 'singular' | 'scope' | 'schema' | 'fates'>;

/** A resource as most are: read whole each time, its deleted rows just gone from the list. */
export function resource(peculiar: Peculiar): Resource {
  return {
    changes: 'full',
    listsDeleted: false,
    goneWhen: 'vis_state',
    keys: ['id'],
    includes: [],
    archives: false,
    optional: false,
    secrets: [],
    ...peculiar,
  };
}

/** A resource of the accounting family that tells what changed. */
export function accounting(path: string, peculiar: Omit<Peculiar, 'family' | 'path'>): Resource {
  return resource({ changes: 'updated', ...peculiar, family: 'accounting', path });
}

/** Accounting resources of which no list can be asked for by date: both their lists are read whole each time. */
export function undated(path: string, peculiar: Omit<Peculiar, 'family' | 'path'>): Resource {
  return accounting(path, { changes: 'full', listsDeleted: true, ...peculiar });
}

/** The row's primary key as decimal text; `undefined` when no key of the row can be one. */
export function rowId(resource: Resource, row: Record<string, unknown>): string | undefined {
  for (const key of resource.keys) {
    const id = asId(row[key]);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** A value as an id; `undefined` when it can be none. */
export function asId(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return String(value);
  return typeof value === 'string' && /^[A-Za-z0-9_-]+$/.test(value) ? value : undefined;
}
