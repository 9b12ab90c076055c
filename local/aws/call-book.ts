/** One operation that processes of a function called, and how often. */
export type CalledOperation = { function: string; service: string; operation: string; count: number };

/** Which operations the functions themselves call, apart from what services call with their roles. */
export class CallBook {
  readonly #calls = new Map<string, CalledOperation>();

  note(call: Omit<CalledOperation, 'count'>): void {
    const key = JSON.stringify([call.function, call.service, call.operation]);
    this.#calls.set(key, { ...call, count: (this.#calls.get(key)?.count ?? 0) + 1 });
  }

  list(): readonly CalledOperation[] {
    return [...this.#calls.values()];
  }
}
