/** Values by name, the longest unused dropped first when they weigh more than `capacity` together. */
export class ByteCache<T> {
  readonly #held = new Map<string, { value: T; weight: number }>();
  readonly #capacity: number;
  #weight = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(name: string): T | undefined {
    const entry = this.#held.get(name);
    if (entry === undefined) return undefined;
    // A map keeps the order of insertion: put back, it is the newest.
    this.#held.delete(name);
    this.#held.set(name, entry);
    return entry.value;
  }

  /** What is heavier than all the room there is, is not kept. */
  set(name: string, value: T, weight: number): void {
    this.#drop(name);
    if (weight > this.#capacity) return;
    this.#held.set(name, { value, weight });
    this.#weight += weight;
    for (const oldest of this.#held.keys()) {
      if (this.#weight <= this.#capacity) return;
      this.#drop(oldest);
    }
  }

  #drop(name: string): void {
    this.#weight -= this.#held.get(name)?.weight ?? 0;
    this.#held.delete(name);
  }
}
