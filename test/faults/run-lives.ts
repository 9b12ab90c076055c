import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { LifeReport } from './life.ts';
import type { Life } from './lives.ts';

export type LifeResult = Omit<LifeReport, 'passages'> & { life: Life };

const chunk = 4;

/** Lives all of these on all processors; tells each result as it comes; ends when `tell` says `stop`. */
export async function runLives(
  all: readonly Life[],
  tell: (result: LifeResult) => 'stop' | undefined,
): Promise<void> {
  const left = [...all];
  const count = Math.min(availableParallelism(), Math.ceil(all.length / chunk));
  await Promise.all(Array.from({ length: count }, () => oneThread(left, tell)));
}

function oneThread(left: Life[], tell: (result: LifeResult) => 'stop' | undefined): Promise<void> {
  const worker = new Worker(new URL('./lives-worker.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    const next = (): void => {
      if (left.length > 0) worker.postMessage(left.splice(0, chunk));
      else void worker.terminate().then(() => resolve());
    };
    worker.on('error', reject);
    worker.on('message', (results: LifeResult[]) => {
      for (const result of results) if (tell(result) === 'stop') left.length = 0;
      next();
    });
    next();
  });
}
