/** An async iterable whose next element can be looked at before it is taken. */
export class Peekable<T> {
  readonly #source: AsyncIterator<T>;
  #ahead: { value: T | undefined } | undefined;

  constructor(source: AsyncIterable<T>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async peek(): Promise<T | undefined> {
    if (this.#ahead === undefined) {
      const next = await this.#source.next();
      this.#ahead = { value: next.done === true ? undefined : next.value };
    }
    return this.#ahead.value;
  }

  async take(): Promise<T | undefined> {
    const value = await this.peek();
    // The end stays the end: a finished source is not asked again.
    if (value !== undefined) this.#ahead = undefined;
    return value;
  }
}
