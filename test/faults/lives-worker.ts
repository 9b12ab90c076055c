import { parentPort } from 'node:worker_threads';
import { titleOf } from './cases.ts';
import { live } from './life.ts';
import { Pool } from './pool.ts';
import { liveSteps, shortest, stepsOf } from './random-life.ts';
import type { LifeResult, Task } from './run-lives.ts';

/** One thread of the suite: lives what it is sent, tells what came of each life, and says when it is done. */
parentPort?.on('message', async (task: Task) => {
  if (task.kind === 'random') tell(await random(task));
  else await stories(task);
  parentPort?.postMessage('done');
});

const tell = (result: LifeResult): void => parentPort?.postMessage(result);

async function stories({ wishes, most }: Extract<Task, { kind: 'stories' }>): Promise<void> {
  const pool = new Pool(wishes);
  for (let n = 0; n < most && !pool.isEmpty; n += 1) {
    const { wrong, struck, undeclared, cases } = await live(pool);
    tell({ title: cases.map(titleOf).join(', then '), cases, wrong, struck, undeclared });
  }
}

/** What was wrong with a random life, and the fewest of its steps that show it. */
async function random({ seed, steps }: Extract<Task, { kind: 'random' }>): Promise<LifeResult> {
  const title = `random life of seed ${seed}, ${steps} steps`;
  const life = { title, cases: undefined, struck: [], undeclared: [] };
  const history = stepsOf(seed, steps);
  const wrong = await liveSteps(history);
  if (wrong.length === 0) return { ...life, wrong };
  const fewest = (await shortest(history)).map((step) => JSON.stringify(step));
  return { ...life, wrong: [...wrong.slice(0, 2), `the shortest history: [${fewest.join(', ')}]`] };
}
