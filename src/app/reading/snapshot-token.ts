import * as z from 'zod';
import type { SnapshotPointer } from '../../domain/dataset.ts';
import type { Instant } from '../../domain/instant.ts';
import { Problem } from '../../domain/problem.ts';

const File = z.string().regex(/^[\w-]+(\.[\w-]+)*$/);
const Token = z.tuple([File, z.number().int(), z.string(), File.nullish(), z.iso.datetime().optional()]);

/**
 * A snapshot as a text for links: which of a dataset's manifests, without where they are kept. `raw` is the raw one
 * whose rows are shown beside its records, `servedFrom` the beginning of what is served of it: later pages have the
 * same, however the settings change meanwhile.
 */
export function tokenOf(
  snapshot: SnapshotPointer,
  beside: { raw?: Manifest; servedFrom?: Instant } = {},
): string {
  const { raw, servedFrom } = beside;
  const further =
    servedFrom === undefined ? (raw ? [fileOf(raw)] : []) : [raw ? fileOf(raw) : null, servedFrom];
  const parts = [fileOf(snapshot), snapshot.count, snapshot.digest, ...further];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/**
 * The snapshot a token names, beside the dataset's current one: a token can only ever lead to another state of the
 * same data type of the same connection. Throws Problem `invalid` for a text that is no token.
 */
export function snapshotOf(token: string, current: SnapshotPointer): SnapshotPointer {
  const [file, count, digest] = parsedToken(token);
  return { manifest: folderOf(current) + file, count, digest };
}

/** The raw snapshot a token names, beside the resource's current one; that one for a token that names none. */
export function rawOf(token: string, current: Manifest): Manifest {
  const [, , , file] = parsedToken(token);
  return file == null ? current : { manifest: folderOf(current) + file };
}

/** The beginning of what a token's pages serve. */
export function servedFromOf(token: string): Instant | undefined {
  const [, , , , servedFrom] = parsedToken(token);
  return servedFrom;
}

function parsedToken(token: string): z.infer<typeof Token> {
  const parsed = Token.safeParse(parseJson(Buffer.from(token, 'base64url').toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new Problem(
    'invalid',
    '"snapshot" in the query string was not made here. Follow _links.next as it is.',
  );
}

/** That state of the books was swept away since; what a caller can do about it. */
export function snapshotGone(cause?: unknown): Problem {
  return new Problem(
    'invalid',
    'The state of the books that "snapshot" in the query string names is no longer kept. Start again from the first page.',
    { cause },
  );
}

type Manifest = Pick<SnapshotPointer, 'manifest'>;

function folderOf({ manifest }: Manifest): string {
  return manifest.slice(0, manifest.lastIndexOf('/') + 1);
}

function fileOf({ manifest }: Manifest): string {
  return manifest.slice(manifest.lastIndexOf('/') + 1);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
