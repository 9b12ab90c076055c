/**
 * The first `limit` of any number of values in an order, holding not many more than those. Values that are equal in
 * the order keep the one they came in.
 */
export class FirstOfOrder<T> {
  readonly #limit: number;
  readonly #compare: (a: T, b: T) => number;
  #held: T[] = [];

  constructor(limit: number, compare: (a: T, b: T) => number) {
    this.#limit = limit;
    this.#compare = compare;
  }

  add(value: T): void {
    this.#held.push(value);
    if (this.#held.length >= 2 * this.#limit + 1000) this.#cut();
  }

  values(): readonly T[] {
    this.#cut();
    return this.#held;
  }

  #cut(): void {
    // Sorting is stable, and what was held stands before what came later.
    this.#held = this.#held.sort(this.#compare).slice(0, this.#limit);
  }
}
