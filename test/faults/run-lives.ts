import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Case, Wish } from './cases.ts';

/** What one thread does at a time: so many lives at most with these cases in them, or one random life. */
export type Task =
  | { kind: 'stories'; wishes: readonly Wish[]; most: number }
  | { kind: 'random'; seed: number; steps: number };

/** What came of a life; `cases` is undefined for a random one. */
export type LifeResult = {
  title: string;
  cases: readonly Case[] | undefined;
  wrong: readonly string[];
  struck: readonly string[];
  undeclared: readonly string[];
};

/** Does all tasks on all processors; tells each life's result as it comes; ends when `tell` says `stop`. */
export async function runLives(
  all: readonly Task[],
  tell: (result: LifeResult) => 'stop' | undefined,
): Promise<void> {
  const left = [...all];
  const count = Math.min(availableParallelism(), all.length);
  const stop = new AbortController();
  const hear = (result: LifeResult) => {
    if (!stop.signal.aborted && tell(result) === 'stop') stop.abort();
  };
  await Promise.all(
    Array.from({ length: count }, async () => {
      while (left.length > 0 && !stop.signal.aborted) await oneThread(left, hear, stop.signal);
    }),
  );
}

/** What processes that died in the middle of a call have left is only given back with their thread. */
const livesOfAThread = 200;

/** Does tasks until there are none, or so many lives are over that another thread has to go on. */
function oneThread(left: Task[], hear: (result: LifeResult) => void, stop: AbortSignal): Promise<void> {
  const worker = new Worker(new URL('./lives-worker.ts', import.meta.url));
  let lives = 0;
  return new Promise((resolve, reject) => {
    const next = (): void => {
      const task = stop.aborted || lives >= livesOfAThread ? undefined : left.shift();
      if (task !== undefined) worker.postMessage(task);
      else void worker.terminate().then(() => resolve());
    };
    stop.addEventListener('abort', next, { once: true });
    worker.on('error', reject);
    worker.on('message', (result: LifeResult | 'done') => {
      if (result === 'done') return next();
      lives += 1;
      hear(result);
    });
    next();
  });
}
