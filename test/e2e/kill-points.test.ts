import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Life, openLife } from './kills/chapters.ts';
import { killPoints } from './kills/kill-points.ts';
import { strike } from './kills/strike.ts';
import { type RunningStack, startStack, temporaryState } from './running-stack.ts';

// A few of the kill points, so that each change meets them; test/long/kill-points.test.ts strikes at all.
const some = killPoints.filter(({ fn, chapter, call, kind }) =>
  [
    'SyncWorker refresh s3.PutObject kill',
    'SyncWorker refresh dynamodb.PutItem kill-after',
    'Api refresh sqs.SendMessage kill',
    'EventSender refresh dynamodb.TransactWriteItems kill-after',
  ].includes(`${fn} ${chapter} ${call} ${kind}`),
);

let stack: RunningStack;
let removeState: () => Promise<void>;
let life: Life;

beforeAll(async () => {
  const { state, remove } = await temporaryState();
  removeState = remove;
  stack = await startStack(state, ['--books', 'tiny']);
  life = openLife(stack);
});

afterAll(async () => {
  await stack?.stop();
  await removeState?.();
});

it.each(some)('nothing is lost when $fn is killed: $kind at $call', async (point) => {
  expect(await strike(stack.ready, life, point)).toEqual([]);
});

it('and those are four', () => {
  expect(some).toHaveLength(4);
});
