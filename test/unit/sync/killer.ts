import type { Connections } from '../../../src/app/ports.ts';
import type { MemoryObjects } from '../../fakes/objects.ts';

/** Ends the worker at the n-th boundary it crosses: every call after it fails as well, as for a killed process. */
export class Killer {
  crossed = 0;
  at = Number.POSITIVE_INFINITY;
  side: 'before' | 'after' = 'before';
  /** Fails this one boundary and no other. */
  once = 0;

  /** What somebody else does just before the n-th boundary. */
  meanwhile: { at: number; act: () => Promise<unknown> } | undefined;

  async pass<T>(call: () => Promise<T>): Promise<T> {
    this.crossed += 1;
    const { meanwhile } = this;
    if (meanwhile !== undefined && this.crossed === meanwhile.at) {
      this.meanwhile = undefined;
      await meanwhile.act();
    }
    if (this.crossed === this.once) throw new Error('failed once');
    if (this.crossed < this.at || (this.crossed === this.at && this.side === 'after')) {
      const done = await call();
      if (this.crossed < this.at) return done;
    }
    throw new Error('killed');
  }

  connections(real: Connections): Connections {
    return {
      ...real,
      find: (one) => this.pass(() => real.find(one)),
      change: (one, decide) => this.pass(() => real.change(one, decide)),
    };
  }

  objects(real: MemoryObjects): MemoryObjects {
    return {
      ...real,
      put: (name, bytes, type) => this.pass(() => real.put(name, bytes, type)),
      get: (name) => this.pass(() => real.get(name)),
      list: (prefix) => this.#listed(real.list(prefix)),
      remove: (names) => this.pass(() => real.remove(names)),
    };
  }

  async *#listed(names: AsyncIterable<string>): AsyncGenerator<string> {
    await this.pass(async () => undefined);
    yield* names;
  }
}
