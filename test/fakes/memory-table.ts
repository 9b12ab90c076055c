import type { Decision } from '../../src/app/ports.ts';
import { Problem } from '../../src/domain/problem.ts';

/** Lets everything else that is waiting have its turn, as a call over the network would. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Items by key, with the promises of a table: every read and write takes a turn, what is written is a copy, what is
 * handed out cannot be changed, and a change is written only when nobody wrote in between (otherwise it is decided
 * again on what is there now).
 */
export class MemoryTable<T> {
  readonly #items = new Map<string, { rev: number; value: T }>();
  readonly #what: string;
  #revisions = 0;

  constructor(what: string) {
    this.#what = what;
  }

  async insert(key: string, value: T): Promise<void> {
    await turn();
    if (this.#items.has(key)) throw new Problem('conflict', `there is such a ${this.#what} already`);
    this.#put(key, value);
  }

  async put(key: string, value: T): Promise<void> {
    await turn();
    this.#put(key, value);
  }

  async find(key: string): Promise<T | undefined> {
    await turn();
    const item = this.#items.get(key);
    return item?.value;
  }

  async all(): Promise<T[]> {
    await turn();
    return [...this.#items.values()].map((item) => item.value);
  }

  /** Whether it is there at this moment: for conditions. */
  has(key: string): boolean {
    return this.#items.has(key);
  }

  /** True when there was one. */
  async remove(key: string, holds: (value: T) => boolean = () => true): Promise<boolean> {
    await turn();
    const item = this.#items.get(key);
    return item !== undefined && holds(item.value) && this.#items.delete(key);
  }

  /** `undefined` when there is none. */
  async change<R>(key: string, decide: (value: T) => Decision<T, R>): Promise<R | undefined> {
    for (;;) {
      await turn();
      const item = this.#items.get(key);
      if (item === undefined) return undefined;
      const { next, result } = decide(item.value);
      if (next === undefined) return result;
      await turn();
      if (this.#swap(key, item.rev, next)) return result;
    }
  }

  /** As `change`, and makes the item when there is none. */
  async changeOrMake<R>(key: string, decide: (value: T | undefined) => Decision<T, R>): Promise<R> {
    for (;;) {
      await turn();
      const item = this.#items.get(key);
      const { next, result } = decide(item?.value);
      if (next === undefined) return result;
      await turn();
      if (this.#swap(key, item?.rev, next)) return result;
    }
  }

  #swap(key: string, rev: number | undefined, next: T): boolean {
    if (this.#items.get(key)?.rev !== rev) return false;
    this.#put(key, next);
    return true;
  }

  #put(key: string, value: T): void {
    this.#revisions += 1;
    this.#items.set(key, { rev: this.#revisions, value: frozenCopy(value) });
  }
}

/** Copies that were made here: whoever hands in one again, or a part of one, has not changed it. */
const copies = new WeakSet<object>();

/** A copy of which no part can be changed any more. */
function frozenCopy<T>(value: T): T {
  if (typeof value !== 'object' || value === null || copies.has(value)) return value;
  const copy = Object.assign(Array.isArray(value) ? [] : {}, value);
  for (const [name, part] of Object.entries(copy)) Object.assign(copy, { [name]: frozenCopy(part) });
  copies.add(copy);
  return Object.freeze(copy);
}
