import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { apiTotals } from './api-totals.ts';
import { refreshAll } from './control.ts';
import { killEverything, type RunningStack, startLauncher, startStack } from './running-stack.ts';
import { checkedTypes, sourceTotals } from './vendor-truth.ts';

/** Kills everything `afterMillis` after the link journey began; true when the start was over before. */
export async function killDuringFirstStart(
  state: string,
  book: string,
  afterMillis: number,
): Promise<boolean> {
  const child = startLauncher(state, ['--books', book]);
  const ended = once(child, 'exit');
  let output = '';
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', (text) => {
      output += text;
      if (output.includes(' linking ')) resolve();
    });
    child.stderr?.on('data', () => undefined);
    void ended.then(() => resolve());
  });
  await new Promise((resolve) => setTimeout(resolve, afterMillis));
  const finished = output.includes('is ready');
  await killEverything(child, ended);
  return finished;
}

const Clock = z.looseObject({ offsetMs: z.number() });

/** The machine comes back so much later: leases of the dead have run out. */
export async function passTime(state: string, seconds: number): Promise<void> {
  const file = join(state, 'aws', 'clock.json');
  const text = await readFile(file, 'utf8').catch(() => '{"offsetMs":0}');
  const clock = Clock.parse(JSON.parse(text));
  await writeFile(file, JSON.stringify({ ...clock, offsetMs: clock.offsetMs + seconds * 1000 }));
}

/** Starts again; everything completes, the consent still reads, and the API holds what the source holds. */
export async function startAgainAndCompare(state: string, book: string): Promise<RunningStack> {
  const stack = await startStack(state, ['--books', book]);
  const [company, ...others] = stack.ready.companies;
  if (company === undefined || others.length > 0) throw new Error('there is one company, once');
  // A start does not link again what lost its access, and a refresh of such a connection is refused.
  await refreshAll(stack.ready, company);
  for (const dataType of checkedTypes) {
    const held = JSON.stringify(await apiTotals(stack.ready, company, dataType));
    const source = JSON.stringify(await sourceTotals(stack.ready.simulator, dataType));
    if (held !== source)
      throw new Error(`${dataType}: held ${held.slice(0, 300)}, source ${source.slice(0, 300)}`);
  }
  return stack;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
