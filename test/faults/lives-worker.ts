import { parentPort } from 'node:worker_threads';
import type { Case } from './cases.ts';
import { live } from './life.ts';

/** One thread of the suite: lives the cases it is sent, one after the other, and tells what came of each. */
parentPort?.on('message', async (cases: readonly Case[]) => {
  const results = [];
  for (const one of cases) {
    const { wrong, struck, undeclared } = await live(one.faults);
    results.push({ one, wrong, struck, undeclared });
  }
  parentPort?.postMessage(results);
});
