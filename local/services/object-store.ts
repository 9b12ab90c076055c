import { createHash, randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** What is known of an object without its bytes. */
export interface ObjectHead {
  readonly key: string;
  readonly etag: string;
  readonly size: number;
  readonly modified: number;
  /** Headers given back as they came: content type and encoding, user metadata, checksum. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface StoredObject extends ObjectHead {
  readonly body: Buffer;
}

/** Only write when the object is absent (`If-None-Match: *`), or is the one that was read (`If-Match`). */
export type WriteCondition = { readonly absent: true } | { readonly etag: string } | undefined;

const Head = z
  .object({ key: z.string(), etag: z.string(), size: z.number(), modified: z.number(), headers: z.string() })
  .transform(
    (row): ObjectHead => ({
      ...row,
      headers: z.record(z.string(), z.string()).parse(JSON.parse(row.headers)),
    }),
  );

const HEAD = 'key, etag, size, modified, headers';

/** Objects of all buckets in one SQLite file: a write is there or it is not, whatever dies meanwhile. */
export class ObjectStore {
  readonly #database: DatabaseSync;
  readonly #now: () => number;

  constructor(database: DatabaseSync, now: () => number) {
    this.#database = database;
    this.#now = now;
    database.exec(
      `CREATE TABLE IF NOT EXISTS objects (bucket TEXT NOT NULL, key TEXT NOT NULL, etag TEXT NOT NULL,
       size INTEGER NOT NULL, modified INTEGER NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL,
       PRIMARY KEY (bucket, key)) WITHOUT ROWID`,
    );
  }

  /** @returns undefined when the condition does not hold; then nothing was written */
  put(
    bucket: string,
    key: string,
    body: Buffer,
    headers: Readonly<Record<string, string>>,
    condition: WriteCondition,
  ): ObjectHead | undefined {
    // Nothing can come between the look and the write: SQLite is called synchronously on one thread.
    const present = this.head(bucket, key);
    if (condition && 'absent' in condition && present) return undefined;
    if (condition && 'etag' in condition && present?.etag !== condition.etag) return undefined;
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    const row = { key, etag, size: body.length, modified: this.#now(), headers };
    this.#database
      .prepare(
        'INSERT OR REPLACE INTO objects (bucket, key, etag, size, modified, headers, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(bucket, key, etag, body.length, row.modified, JSON.stringify(headers), body);
    return row;
  }

  head(bucket: string, key: string): ObjectHead | undefined {
    const row = this.#database
      .prepare(`SELECT ${HEAD} FROM objects WHERE bucket = ? AND key = ?`)
      .get(bucket, key);
    return row && Head.parse(row);
  }

  get(bucket: string, key: string): StoredObject | undefined {
    const row = this.#database
      .prepare(`SELECT ${HEAD}, body FROM objects WHERE bucket = ? AND key = ?`)
      .get(bucket, key);
    if (!row) return undefined;
    const body = row['body'];
    return {
      ...Head.parse(row),
      body:
        body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.length) : Buffer.alloc(0),
    };
  }

  delete(bucket: string, key: string): void {
    this.#database.prepare('DELETE FROM objects WHERE bucket = ? AND key = ?').run(bucket, key);
  }

  /** Keys in UTF-8 order, from just after `after`. */
  list(bucket: string, prefix: string, after: string, limit: number): ObjectHead[] {
    const statement = this.#database.prepare(
      `SELECT ${HEAD} FROM objects WHERE bucket = ? AND key >= ? AND key > ? AND substr(key, 1, ?) = ? ORDER BY key LIMIT ?`,
    );
    return statement
      .all(bucket, prefix, after, [...prefix].length, prefix, limit)
      .map((row) => Head.parse(row));
  }

  /** Removes what a lifecycle rule lets expire. @returns how many objects went */
  expire(bucket: string, prefix: string, olderThan: number): number {
    const statement = this.#database.prepare(
      'DELETE FROM objects WHERE bucket = ? AND substr(key, 1, ?) = ? AND modified < ?',
    );
    return Number(statement.run(bucket, [...prefix].length, prefix, olderThan).changes);
  }
}

/** A token that says where a listing goes on; it means nothing to anybody else. */
export const continuation = {
  write: (key: string) => Buffer.from(JSON.stringify([key, randomUUID().slice(0, 8)])).toString('base64url'),
  read: (token: string): string | undefined => {
    try {
      return z
        .tuple([z.string(), z.string()])
        .parse(JSON.parse(Buffer.from(token, 'base64url').toString()))[0];
    } catch {
      return undefined;
    }
  },
};
