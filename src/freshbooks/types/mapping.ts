import type * as z from 'zod';

/**
 * What became of each field of a raw row. A name stands for the field and all that is in it, unless fields of it are
 * listed as well: then `lines` is its rows and `lines.qty` one field of each.
 */
export type Fates = {
  mapped: readonly string[];
  /** Field → why it is left in the raw row only. */
  ignored: Readonly<Record<string, string>>;
  /** Field → the values it was known to take. Another one is read as well as can be, and counted. */
  vocabulary?: Readonly<Record<string, readonly (string | number)[]>>;
};

/** `vis_state` of every resource that has one: active, deleted, archived. */
export const visStates = { vis_state: [0, 1, 2] } as const;

/** Why several resources leave a field alone, so that the same reason reads the same everywhere. */
export const because = {
  account: 'names the account that the connection belongs to',
  duplicateId: 'the same number as id',
  presentation: 'looks of a document or page, not accounting data',
  mail: 'how and where FreshBooks sends mail',
  login: 'the client’s sign-in at FreshBooks',
  internal: 'FreshBooks’ own bookkeeping, without meaning outside',
  computed: 'follows from mapped fields',
  noPlace: 'the unified shape has no place for it; readable raw',
  writeOnly: 'only has a meaning when writing',
  include: 'only there when asked for, and mapped from its own resource',
  raw: 'served as the row itself, for which there is no unified shape',
  credential: 'a credential: never kept',
  fixture: 'made up by a client library’s test, never sent by FreshBooks',
} as const;

/** One resource: the row as a schema, its primary key, and what became of its fields. */
export type RowType<T> = { schema: z.ZodType<T>; fates: Fates };

/** What became of the fields of a resource that is served raw: all of them are kept, none is mapped. */
export function servedRaw(fields: readonly string[], vocabulary: Fates['vocabulary'] = {}): Fates {
  return { mapped: [], ignored: Object.fromEntries(fields.map((field) => [field, because.raw])), vocabulary };
}
