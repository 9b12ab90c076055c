import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';

/** How a queue behaves; durations in milliseconds. */
export interface QueueRules {
  readonly name: string;
  readonly visibilityMs: number;
  readonly delayMs: number;
  readonly retentionMs: number;
  readonly redrive: { readonly target: string; readonly maxReceives: number } | undefined;
}

export interface NewMessage {
  readonly body: string;
  /** Message attributes as they came, in JSON. */
  readonly attributes: string;
  readonly delayMs: number | undefined;
}

const Row = z.object({
  id: z.string(),
  body: z.string(),
  attributes: z.string(),
  sent: z.number(),
  receives: z.number(),
  first_received: z.number().nullable(),
});
export type StoredMessage = z.infer<typeof Row> & { readonly receipt: string };

const Handle = z.tuple([z.string(), z.string()]);

/** A receipt handle names the message and the receive that it came from. */
const handle = {
  write: (id: string, receipt: string) => Buffer.from(JSON.stringify([id, receipt])).toString('base64'),
  read: (text: string): readonly [string, string] | undefined => {
    try {
      return Handle.parse(JSON.parse(Buffer.from(text, 'base64').toString('utf8')));
    } catch {
      return undefined;
    }
  },
};

export interface QueueCounts {
  readonly waiting: number;
  readonly inFlight: number;
  readonly delayed: number;
}

const SCHEMA = `CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL,
  attributes TEXT NOT NULL, sent INTEGER NOT NULL, visible INTEGER NOT NULL, receives INTEGER NOT NULL DEFAULT 0,
  first_received INTEGER, receipt TEXT);
  CREATE INDEX IF NOT EXISTS by_time ON messages (queue, visible)`;

/** The messages of all queues in one SQLite file. Every move of a message is one statement or one transaction. */
export class QueueStore {
  readonly #database: DatabaseSync;
  readonly #now: () => number;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, now: () => number) {
    this.#database = database;
    this.#now = now;
    database.exec(SCHEMA);
  }

  send(queue: QueueRules, message: NewMessage): string {
    const id = randomUUID();
    const now = this.#now();
    const visible = now + (message.delayMs ?? queue.delayMs);
    this.#sql(
      'INSERT INTO messages (id, queue, body, attributes, sent, visible) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(id, queue.name, message.body, message.attributes, now, visible);
    return id;
  }

  /** Takes up to `most` messages and hides them; what was received too often goes to the dead-letter queue first. */
  receive(queue: QueueRules, most: number, visibilityMs: number | undefined): StoredMessage[] {
    const now = this.#now();
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      this.#redrive(queue, now);
      const rows = this.#sql(
        'SELECT * FROM messages WHERE queue = ? AND visible <= ? AND sent > ? ORDER BY visible, rowid LIMIT ?',
      ).all(queue.name, now, now - queue.retentionMs, most);
      const taken = rows.map((row) => this.#take(Row.parse(row), now, visibilityMs ?? queue.visibilityMs));
      this.#database.exec('COMMIT');
      return taken;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** @returns false when the handle is not one of ours; an outdated one deletes nothing, as in AWS */
  delete(queue: QueueRules, receiptHandle: string): boolean {
    const read = handle.read(receiptHandle);
    if (!read) return false;
    this.#sql('DELETE FROM messages WHERE queue = ? AND id = ? AND receipt = ?').run(queue.name, ...read);
    return true;
  }

  /** @returns whether the message was in flight under that handle; undefined when the handle is not one of ours */
  hide(queue: QueueRules, receiptHandle: string, milliseconds: number): boolean | undefined {
    const read = handle.read(receiptHandle);
    if (!read) return undefined;
    const now = this.#now();
    const { changes } = this.#sql(
      'UPDATE messages SET visible = ? WHERE queue = ? AND id = ? AND receipt = ? AND visible > ?',
    ).run(now + milliseconds, queue.name, ...read, now);
    return Number(changes) > 0;
  }

  counts(queue: QueueRules): QueueCounts {
    const row = this.#sql(
      `SELECT count(*) FILTER (WHERE visible <= :now) AS waiting,
       count(*) FILTER (WHERE visible > :now AND receipt IS NOT NULL) AS inFlight,
       count(*) FILTER (WHERE visible > :now AND receipt IS NULL) AS delayed FROM messages WHERE queue = :queue`,
    ).get({ now: this.#now(), queue: queue.name });
    return z.object({ waiting: z.number(), inFlight: z.number(), delayed: z.number() }).parse(row);
  }

  /** When the next hidden message comes to light, if there is one. */
  nextVisible(queue: QueueRules): number | undefined {
    const row = this.#sql('SELECT min(visible) AS next FROM messages WHERE queue = ?').get(queue.name);
    return z.object({ next: z.number().nullable() }).parse(row).next ?? undefined;
  }

  purge(queue: QueueRules): void {
    this.#sql('DELETE FROM messages WHERE queue = ?').run(queue.name);
  }

  /** Removes messages that were kept as long as their queue keeps them. */
  expire(queue: QueueRules): void {
    this.#sql('DELETE FROM messages WHERE queue = ? AND sent <= ?').run(
      queue.name,
      this.#now() - queue.retentionMs,
    );
  }

  #take(row: z.infer<typeof Row>, now: number, visibilityMs: number): StoredMessage {
    const receipt = randomUUID();
    const first = row.first_received ?? now;
    this.#sql(
      'UPDATE messages SET receives = receives + 1, first_received = ?, receipt = ?, visible = ? WHERE id = ?',
    ).run(first, receipt, now + visibilityMs, row.id);
    return {
      ...row,
      receives: row.receives + 1,
      first_received: first,
      receipt: handle.write(row.id, receipt),
    };
  }

  #redrive(queue: QueueRules, now: number): void {
    if (!queue.redrive) return;
    this.#sql(
      'UPDATE messages SET queue = ?, visible = ?, receives = 0, receipt = NULL WHERE queue = ? AND visible <= ? AND receives >= ?',
    ).run(queue.redrive.target, now, queue.name, now, queue.redrive.maxReceives);
  }

  #sql(text: string): StatementSync {
    const known = this.#prepared.get(text);
    if (known) return known;
    const fresh = this.#database.prepare(text);
    this.#prepared.set(text, fresh);
    return fresh;
  }
}
