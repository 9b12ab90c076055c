import { parentPort } from 'node:worker_threads';
import { live } from './life.ts';
import type { Life } from './lives.ts';
import { liveSteps, shortest, stepsOf } from './random-life.ts';
import type { LifeResult } from './run-lives.ts';

/** One thread of the suite: lives the lives it is sent, one after the other, and tells what came of each. */
parentPort?.on('message', async (lives: readonly Life[]) => {
  const results: LifeResult[] = [];
  for (const life of lives) results.push(life.kind === 'random' ? await random(life) : await story(life));
  parentPort?.postMessage(results);
});

async function story(life: Extract<Life, { kind: 'story' }>): Promise<LifeResult> {
  const { wrong, struck, undeclared, lived, left } = await live(life.cases);
  return { life, wrong, struck, undeclared, lived, left };
}

/** What was wrong with a random life, and the fewest of its steps that show it. */
async function random(life: Extract<Life, { kind: 'random' }>): Promise<LifeResult> {
  const nothing = { life, struck: [], undeclared: [], lived: [], left: [] };
  const history = stepsOf(life.seed, life.steps);
  const wrong = await liveSteps(history);
  if (wrong.length === 0) return { ...nothing, wrong };
  const fewest = (await shortest(history)).map((step) => JSON.stringify(step));
  return { ...nothing, wrong: [...wrong.slice(0, 2), `the shortest history: [${fewest.join(', ')}]`] };
}
