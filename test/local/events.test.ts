import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { RunningStack } from '../../local/start-stack.ts';
import { clientsOf, control, eventually, startFixture } from './fixture.ts';

const Lines = z.array(z.object({ function: z.string(), line: z.string() }));

let stack: RunningStack;
beforeAll(async () => {
  stack = await startFixture();
}, 30_000);
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
  it('at once when the clock is moved past a tick, and once only', async () => {
    const before = (await linesOf('Ticker')).length;

    await wind(600);

    await eventually(async () => ((await linesOf('Ticker')).length > before ? true : undefined));
    expect((await linesOf('Ticker')).length).toBe(before + 1);
    expect((await linesOf('Ticker')).at(-1)).toMatch(/^tick \d{4}-.*Z Scheduled Event$/);
  });
});
