import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Life, openLife } from '../e2e/kills/chapters.ts';
import { killPoints } from '../e2e/kills/kill-points.ts';
import { strike, undeclared } from '../e2e/kills/strike.ts';
import { type RunningStack, startStack, temporaryState } from '../e2e/running-stack.ts';

// kill -9 of the real functions at every AWS operation they call, before it is done and after; on one stack.
let stack: RunningStack;
let removeState: () => Promise<void>;
let life: Life;
let reached = 0;

beforeAll(async () => {
  const { state, remove } = await temporaryState();
  removeState = remove;
  stack = await startStack(state, ['--books', 'tiny']);
  life = openLife(stack);
}, 240_000);

afterAll(async () => {
  await stack?.stop();
  await removeState?.();
  process.stdout.write(`${reached} of ${killPoints.length} kill points were reached\n`);
}, 60_000);

it.each(killPoints)('nothing is lost: $chapter, $fn, $kind at $call', async (point) => {
  expect(await strike(stack.ready, life, point)).toEqual([]);
  reached += 1;
});

it('in the end every event was told once, and nothing is left of who left', async () => {
  expect(await life.end()).toEqual([]);
});

it('no function calls an operation at which it is not killed', async () => {
  expect(await undeclared(stack.ready)).toEqual([]);
});
