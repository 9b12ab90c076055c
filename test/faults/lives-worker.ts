import { parentPort } from 'node:worker_threads';
import type { Case } from './cases.ts';
import { live } from './life.ts';
import { liveSteps, shortest, stepsOf } from './random-life.ts';
import type { CaseResult } from './run-cases.ts';

/** One thread of the suite: lives the cases it is sent, one after the other, and tells what came of each. */
parentPort?.on('message', async (cases: readonly Case[]) => {
  const results: CaseResult[] = [];
  for (const one of cases) {
    if (one.kind === 'random') results.push({ one, struck: [], undeclared: [], wrong: await random(one) });
    else {
      const { wrong, struck, undeclared } = await live(one.faults);
      results.push({ one, wrong, struck, undeclared });
    }
  }
  parentPort?.postMessage(results);
});

/** What was wrong with a random life, and the fewest of its steps that show it. */
async function random({ seed, steps }: { seed: number; steps: number }): Promise<string[]> {
  const history = stepsOf(seed, steps);
  const wrong = await liveSteps(history);
  if (wrong.length === 0) return [];
  const fewest = (await shortest(history)).map((step) => JSON.stringify(step));
  return [...wrong.slice(0, 2), `the shortest history: [${fewest.join(', ')}]`];
}
