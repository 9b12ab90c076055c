import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

const Kept = z.object({ offsetMs: z.number() });

// Every process looks at the file at most this often (preload.mjs).
const REREAD_MS = 20;
// A request signed just before the clock moved is still under way for a while.
const GRACE_MS = 5000;

/** The clock that engine, functions, queues and simulator share. It only moves forward. */
export class SharedClock {
  readonly #file: string;
  readonly #listeners = new Set<() => void>();
  #offsetMs: number;
  #past: { offsetMs: number; until: number }[] = [];

  /** @param file where the offset is kept between starts; every process reads it through the preload */
  constructor(file: string) {
    this.#file = file;
    this.#offsetMs = readOffset(file);
    this.#write();
  }

  /** Milliseconds since the epoch, as everything in the stack tells the time. */
  now(): number {
    return realNow() + this.#offsetMs;
  }

  /** The instants that count as now for a request that may have been sent before the clock was moved. */
  nows(): readonly number[] {
    const real = realNow();
    this.#past = this.#past.filter(({ until }) => until > real);
    return [this.now(), ...this.#past.map(({ offsetMs }) => real + offsetMs)];
  }

  /** Moves every process forward and returns when all of them have seen it. */
  async advance(milliseconds: number): Promise<void> {
    if (milliseconds < 0) throw new RangeError('the clock only moves forward');
    this.#past.push({ offsetMs: this.#offsetMs, until: realNow() + GRACE_MS });
    this.#offsetMs += milliseconds;
    this.#write();
    await wait(2 * REREAD_MS);
    for (const listener of this.#listeners) listener();
  }

  /** @returns a function that takes the listener away again */
  onMoved(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #write(): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.new`, JSON.stringify({ offsetMs: this.#offsetMs }));
    renameSync(`${this.#file}.new`, this.#file);
  }
}

/** The machine's own time, whether this process carries the preload or not. */
export function realNow(): number {
  const own: unknown = Reflect.get(Date, 'realNow');
  return typeof own === 'function' ? Number(own()) : Date.now();
}

function readOffset(file: string): number {
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8'))).offsetMs;
  } catch {
    return 0;
  }
}
