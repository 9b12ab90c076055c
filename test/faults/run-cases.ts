import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Case } from './cases.ts';

export type CaseResult = { one: Case; wrong: string[]; struck: string[]; undeclared: string[] };

const chunk = 6;

/** Lives all cases on all processors; tells each result as it comes; ends when `tell` says `stop`. */
export async function runCases(
  all: readonly Case[],
  tell: (result: CaseResult) => 'stop' | undefined,
): Promise<void> {
  const left = [...all];
  const count = Math.min(availableParallelism(), Math.ceil(all.length / chunk));
  await Promise.all(Array.from({ length: count }, () => oneThread(left, tell)));
}

function oneThread(left: Case[], tell: (result: CaseResult) => 'stop' | undefined): Promise<void> {
  const worker = new Worker(new URL('./lives-worker.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    const next = (): void => {
      if (left.length > 0) worker.postMessage(left.splice(0, chunk));
      else void worker.terminate().then(() => resolve());
    };
    worker.on('error', reject);
    worker.on('message', (results: CaseResult[]) => {
      for (const result of results) if (tell(result) === 'stop') left.length = 0;
      next();
    });
    next();
  });
}
