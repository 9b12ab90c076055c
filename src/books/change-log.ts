import { z } from 'zod';
import type { Change, Line } from './line.ts';
import type { PutPool } from './put-pool.ts';
import { packLines, segmentType } from './segment.ts';

/** How a row changed. A first read sees every row created, whenever that was. */
const how = z.enum(['created', 'updated', 'deleted', 'restored']);
type How = z.infer<typeof how>;

/** A row as it was from one run on: `was` is the part of the log that has the change before. */
export const LoggedChange = z.object({
  id: z.string(),
  d: z.boolean(),
  at: z.string(),
  how,
  was: z.string().optional(),
  r: z.record(z.string(), z.unknown()),
});

function howChanged(after: Line, before: Line | undefined): How {
  if (before === undefined) return after.deleted ? 'deleted' : 'created';
  if (before.deleted === after.deleted) return 'updated';
  return after.deleted ? 'deleted' : 'restored';
}

/** What rows call the n-th part, and the object's name. */
type PartNames = { changes: (n: number) => string; changesName: (part: string) => string };

const partRows = 2000;
const partBytes = 8_000_000;

/**
 * Appends the rows that changed in one run, as `{"id","h","d","at","how","was","r"}` a line: what FreshBooks said, and
 * when we saw it. In parts, so that a first read of any size fits. A row's line names the part that has its latest
 * change and each change the one before, so the history of one row is read without looking at any other.
 */
export class ChangeLog {
  readonly #pool: PutPool;
  readonly #names: PartNames;
  readonly #at: string;
  readonly #written: string[] = [];
  #open: string[] = [];
  #openBytes = 0;

  constructor(pool: PutPool, names: PartNames, at: string) {
    this.#pool = pool;
    this.#names = names;
    this.#at = at;
  }

  /** The row with where its next `add` puts it. */
  placed(after: Line, before: Line | undefined): Line {
    const change: Change = { part: this.#part(), nth: (before?.change?.nth ?? 0) + 1 };
    return { ...after, change };
  }

  async add(after: Line, before: Line | undefined): Promise<void> {
    const was = before?.change === undefined ? '' : `,"was":${JSON.stringify(before.change.part)}`;
    const seen = `"at":${JSON.stringify(this.#at)},"how":"${howChanged(after, before)}"${was}`;
    this.#open.push(
      `{"id":${JSON.stringify(after.id)},"h":${JSON.stringify(after.hash)},"d":${after.deleted},${seen},"r":${after.body}}`,
    );
    this.#openBytes += after.body.length;
    if (this.#open.length >= partRows || this.#openBytes >= partBytes) await this.#close();
  }

  /** The objects' names of the parts. */
  async finish(): Promise<string[]> {
    if (this.#open.length > 0) await this.#close();
    return this.#written;
  }

  #part(): string {
    return this.#names.changes(this.#written.length);
  }

  async #close(): Promise<void> {
    const lines = this.#open;
    const name = this.#names.changesName(this.#part());
    this.#open = [];
    this.#openBytes = 0;
    this.#written.push(name);
    await this.#pool.put(name, () => packLines(lines), segmentType);
  }
}
