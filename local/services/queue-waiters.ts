/** Who waits for a message of which queue. */
export class QueueWaiters {
  readonly #waiting = new Map<string, Set<() => void>>();
  #closed = false;

  /** Lets everybody who waits on a queue look again. */
  wake(queue: string): void {
    for (const look of [...(this.#waiting.get(queue) ?? [])]) look();
  }

  wakeAll(): void {
    for (const queue of this.#waiting.keys()) this.wake(queue);
  }

  close(): void {
    this.#closed = true;
    this.wakeAll();
  }

  /** Waits until woken, or at most so many milliseconds. @returns false when there is nothing left to wait for */
  async wait(queue: string, milliseconds: number): Promise<boolean> {
    if (this.#closed || milliseconds <= 0) return false;
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = this.#waiting.get(queue) ?? new Set();
    this.#waiting.set(queue, waiting.add(resolve));
    const timer = setTimeout(resolve, milliseconds);
    await promise;
    clearTimeout(timer);
    waiting.delete(resolve);
    return !this.#closed;
  }
}
