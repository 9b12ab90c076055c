import type { Objects } from '../app/ports.ts';

/**
 * Puts objects side by side, a few at a time. `put` waits while all places are taken, so whoever produces objects
 * faster than they are stored does not pile them up; the first failure is thrown by the next `put` or by `drain`.
 */
export class PutPool {
  readonly #objects: Objects;
  readonly #places: number;
  readonly #flying = new Set<Promise<void>>();
  #failure: { error: unknown } | undefined;

  constructor(objects: Objects, places = 4) {
    this.#objects = objects;
    this.#places = places;
  }

  async put(name: string, bytes: () => Promise<Uint8Array>, contentType: string): Promise<void> {
    while (this.#flying.size >= this.#places) await Promise.race(this.#flying);
    this.#rethrow();
    const flight = this.#store(name, bytes, contentType).finally(() => this.#flying.delete(flight));
    this.#flying.add(flight);
  }

  /** Waits until everything is stored. */
  async drain(): Promise<void> {
    await Promise.all(this.#flying);
    this.#rethrow();
  }

  async #store(name: string, bytes: () => Promise<Uint8Array>, contentType: string): Promise<void> {
    try {
      await this.#objects.put(name, await bytes(), contentType);
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  #rethrow(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
