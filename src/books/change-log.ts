import type { Line } from './line.ts';
import type { PutPool } from './put-pool.ts';
import { packLines, segmentType } from './segment.ts';

/** How a row changed. */
type How = 'created' | 'updated' | 'deleted' | 'restored';

function howChanged(after: Line, before: Line | undefined): How {
  if (before === undefined) return after.deleted ? 'deleted' : 'created';
  if (before.deleted === after.deleted) return 'updated';
  return after.deleted ? 'deleted' : 'restored';
}

const partRows = 2000;
const partBytes = 8_000_000;

/**
 * Appends the rows that changed in one run, as `{"id","h","d","at","how","r"}` a line: what FreshBooks said, and when
 * we saw it. In parts, so that a first read of any size fits.
 */
export class ChangeLog {
  readonly #pool: PutPool;
  readonly #nameOf: (n: number) => string;
  readonly #at: string;
  readonly #names: string[] = [];
  #open: string[] = [];
  #openBytes = 0;

  constructor(pool: PutPool, nameOf: (n: number) => string, at: string) {
    this.#pool = pool;
    this.#nameOf = nameOf;
    this.#at = at;
  }

  async add(after: Line, before: Line | undefined): Promise<void> {
    const seen = `"at":${JSON.stringify(this.#at)},"how":"${howChanged(after, before)}"`;
    this.#open.push(
      `{"id":${JSON.stringify(after.id)},"h":${JSON.stringify(after.hash)},"d":${after.deleted},${seen},"r":${after.body}}`,
    );
    this.#openBytes += after.body.length;
    if (this.#open.length >= partRows || this.#openBytes >= partBytes) await this.#close();
  }

  /** The names of the parts. */
  async finish(): Promise<string[]> {
    if (this.#open.length > 0) await this.#close();
    return this.#names;
  }

  async #close(): Promise<void> {
    const lines = this.#open;
    const name = this.#nameOf(this.#names.length);
    this.#open = [];
    this.#openBytes = 0;
    this.#names.push(name);
    await this.#pool.put(name, () => packLines(lines), segmentType);
  }
}
