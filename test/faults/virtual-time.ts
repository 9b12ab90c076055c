import { instantAt } from '../../src/domain/instant.ts';
import { turn } from '../fakes/memory-table.ts';

type Timer = { every: number; next: number; action: () => Promise<void>; stopped: () => boolean };

/** Time that passes only when somebody waits: timers go off on the way, and nobody ever sleeps. */
export class VirtualTime {
  #now: number;
  readonly #timers = new Set<Timer>();

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  readonly now = (): number => this.#now;
  readonly clock = (): string => instantAt(this.#now);

  /** Moves the clock without a look at the timers: nobody was running. */
  jump(seconds: number): void {
    this.#now += seconds * 1000;
  }

  /** Lets so many seconds pass; what timers begin meanwhile goes on by itself. */
  async pass(seconds: number): Promise<void> {
    await turn();
    const until = this.#now + seconds * 1000;
    for (;;) {
      const due = [...this.#timers].filter((timer) => !timer.stopped() && timer.next <= until);
      const [first] = due.sort((a, b) => a.next - b.next);
      if (first === undefined) break;
      this.#now = Math.max(this.#now, first.next);
      first.next += first.every * 1000;
      first.action().catch(() => undefined);
      await turn();
    }
    this.#now = Math.max(this.#now, until);
  }

  /** A timer of a process; `stopped` says when it is no more. Answers how to stop it sooner. */
  every(seconds: number, action: () => Promise<void>, stopped: () => boolean): () => void {
    const timer = { every: seconds, next: this.#now + seconds * 1000, action, stopped };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
}
