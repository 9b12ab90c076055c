import type { Wake, Waker } from '../../src/app/ports.ts';
import { turn } from './memory-table.ts';

export type Woken = { wake: Wake; delaySeconds: number };

/** Keeps the messages; `take` hands them out once, oldest first, whatever their delay. */
export function memoryWaker(): { waker: Waker; take(): Woken[] } {
  const woken: Woken[] = [];
  return {
    waker: async (wake, options) => {
      await turn();
      woken.push({ wake: structuredClone(wake), delaySeconds: options?.delaySeconds ?? 0 });
    },
    take: () => woken.splice(0),
  };
}
