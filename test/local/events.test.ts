import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { RunningStack } from '../../local/start-stack.ts';
import { clientsOf, control, eventually, startFixture } from './fixture.ts';

const Clock = z.object({ now: z.string() });
const Lines = z.array(z.object({ function: z.string(), line: z.string() }));

let stack: RunningStack;
beforeAll(async () => {
  stack = await startFixture();
});
afterAll(() => stack.close());

const linesOf = async (name: string) =>
  Lines.parse(await control(stack, 'GET', '/logs')).flatMap(({ function: who, line }) =>
    who.includes(name) ? [line] : [],
  );
const send = (MessageBody: string) =>
  clientsOf(stack).sqs.send(new SendMessageCommand({ QueueUrl: stack.outputs['QueueUrl'], MessageBody }));
const wind = (advanceSeconds: number) => control(stack, 'POST', '/clock', { advanceSeconds });
const seen = async (body: string) =>
  (await linesOf('Worker')).filter((line) => line.includes(`"body":"${body}"`));

async function untilSeen(body: string, times: number): Promise<void> {
  await eventually(async () => ((await seen(body)).length >= times ? true : undefined));
}

describe('a queue wakes its function', () => {
  it('once for a message that it is done with', async () => {
    await send('fine');
    await untilSeen('fine', 1);

    await wind(31);
    await send('after');
    await untilSeen('after', 1);

    expect(await seen('fine')).toHaveLength(1);
  });

  it('again for a message that it reported as failed, until the dead-letter queue takes it', async () => {
    await send('fail');
    await untilSeen('fail', 1);
    await wind(31);
    await untilSeen('fail', 2);
    await wind(31);

    const dead = await eventually(async () => {
      const { Messages } = await clientsOf(stack).sqs.send(
        new ReceiveMessageCommand({ QueueUrl: stack.outputs['DeadQueueUrl'] }),
      );
      return Messages?.[0];
    });

    expect(dead.Body).toBe('fail');
    expect(await seen('fail')).toHaveLength(2);
  });

  it('again when the function threw', async () => {
    await send('explode');
    await untilSeen('explode', 1);
    await wind(31);

    await untilSeen('explode', 2);
  });
});

describe('a schedule wakes its function', () => {
  it('at once when the clock is moved past a tick, but not for each minute that nobody lived through', async () => {
    const start = Date.parse(Clock.parse(await control(stack, 'GET', '/clock')).now);

    await wind(600);

    const since = async (from: number) =>
      (await linesOf('Ticker')).filter((line) => Date.parse(line.split(' ')[1] ?? '') >= start + from);
    await eventually(async () => ((await since(599_000)).length > 0 ? true : undefined));
    expect((await since(120_000)).length).toBe((await since(599_000)).length);
    expect((await linesOf('Ticker')).at(-1)).toMatch(/^tick \d{4}-.*Z Scheduled Event$/);
  });
});
