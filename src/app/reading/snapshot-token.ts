import * as z from 'zod';
import type { SnapshotPointer } from '../../domain/dataset.ts';
import { Problem } from '../../domain/problem.ts';

const Token = z.tuple([z.string().regex(/^[\w-]+(\.[\w-]+)*$/), z.number().int(), z.string()]);

/** A snapshot as a text for links: which of a dataset's manifests, without where they are kept. */
export function tokenOf(snapshot: SnapshotPointer): string {
  const [, file] = splitPath(snapshot.manifest);
  return Buffer.from(JSON.stringify([file, snapshot.count, snapshot.digest])).toString('base64url');
}

/**
 * The snapshot a token names, beside the dataset's current one: a token can only ever lead to another state of the
 * same data type of the same connection. Throws Problem `invalid` for a text that is no token.
 */
export function snapshotOf(token: string, current: SnapshotPointer): SnapshotPointer {
  const parsed = Token.safeParse(parseJson(Buffer.from(token, 'base64url').toString('utf8')));
  if (!parsed.success) {
    throw new Problem(
      'invalid',
      '"snapshot" in the query string was not made here. Follow _links.next as it is.',
    );
  }
  const [folder] = splitPath(current.manifest);
  const [file, count, digest] = parsed.data;
  return { manifest: folder + file, count, digest };
}

/** That state of the books was swept away since; what a caller can do about it. */
export function snapshotGone(cause?: unknown): Problem {
  return new Problem(
    'invalid',
    'The state of the books that "snapshot" in the query string names is no longer kept. Start again from the first page.',
    { cause },
  );
}

function splitPath(manifest: string): [folder: string, file: string] {
  const cut = manifest.lastIndexOf('/') + 1;
  return [manifest.slice(0, cut), manifest.slice(cut)];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
