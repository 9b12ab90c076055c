import type { Store } from './store.ts';

/** The simulator's time: the clock that was handed in, plus an offset that is kept. Milliseconds. */
export type Clock = { now(): number; advance(seconds: number): void; set(at: number): void };

export const makeClock = (store: Store, base: () => number): Clock => {
  const kept = store.documents('clock');
  const offset = (): number => Number(kept.get('offset')?.['ms'] ?? 0);
  const keep = (ms: number): void => kept.put('offset', { ms });
  return {
    now: () => base() + offset(),
    advance: (seconds) => keep(offset() + seconds * 1_000),
    set: (at) => keep(at - base()),
  };
};
