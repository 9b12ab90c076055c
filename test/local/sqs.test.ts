import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningStack } from '../../local/start-stack.ts';
import { clientsOf, control, startFixture } from './fixture.ts';

let stack: RunningStack;
let sqs: ReturnType<typeof clientsOf>['sqs'];
let QueueUrl: string;

beforeAll(async () => {
  stack = await startFixture();
  sqs = clientsOf(stack).sqs;
  QueueUrl = stack.outputs['IdleQueueUrl'] ?? '';
});
afterAll(() => stack.close());

const send = (MessageBody: string, more = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
const receive = async (url = QueueUrl) =>
  (
    await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    )
  ).Messages ?? [];
const removeAll = async () => {
  for (const { ReceiptHandle } of await receive())
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
};
const wind = (advanceSeconds: number) => control(stack, 'POST', '/clock', { advanceSeconds });

describe('a queue', () => {
  it('delivers a message with its attributes until it is deleted', async () => {
    await send('hello', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'greeting' } } });

    const [message] = await receive();

    expect(message).toMatchObject({
      Body: 'hello',
      MessageAttributes: { kind: { StringValue: 'greeting' } },
      Attributes: { ApproximateReceiveCount: '1' },
    });
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    await wind(60);
    expect(await receive()).toEqual([]);
  });

  it('hides a received message for its visibility time-out by the shared clock', async () => {
    await send('hidden');
    await receive();
    expect(await receive()).toEqual([]);

    await wind(31);

    expect(await receive()).toMatchObject([{ Body: 'hidden', Attributes: { ApproximateReceiveCount: '2' } }]);
    await wind(31);
    await receive();
  });

  it('gives a message back at once when its visibility is set to nothing', async () => {
    await send('again');
    const [message] = await receive();

    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: message?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );

    expect(await receive()).toMatchObject([{ Body: 'again' }]);
    await wind(31);
    await receive();
  });

  it('delivers a delayed message when its time has come', async () => {
    await send('late', { DelaySeconds: 300 });
    expect(await receive()).toEqual([]);

    await wind(301);

    expect(await receive()).toMatchObject([{ Body: 'late' }]);
    await wind(31);
    await removeAll();
  });

  it('takes and deletes batches', async () => {
    const Entries = ['1', '2', '3'].map((Id) => ({ Id, MessageBody: `b${Id}` }));
    const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(sent.Successful).toHaveLength(3);

    const handles = (await receive()).map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
    }));
    const gone = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: handles }));

    expect(gone.Successful).toHaveLength(3);
  });

  it('waits for a message when asked to', async () => {
    const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
    await send('awaited');

    const [message] = (await waiting).Messages ?? [];

    expect(message?.Body).toBe('awaited');
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
  });

  it('moves a message that was received too often to the dead-letter queue', async () => {
    await send('poison');
    for (const _turn of [1, 2]) {
      expect(await receive()).toMatchObject([{ Body: 'poison' }]);
      await wind(31);
    }

    expect(await receive()).toEqual([]);
    expect((await receive(stack.outputs['DeadQueueUrl'])).map(({ Body }) => Body)).toContain('poison');
  });

  it('refuses a message of more than 1 MiB and takes one of exactly that', async () => {
    await expect(send('x'.repeat(1024 * 1024 + 1))).rejects.toMatchObject({ name: 'InvalidParameterValue' });

    await send('x'.repeat(1024 * 1024));
    await removeAll();
  });

  it('tells its URL and ARN in the words of the stack', async () => {
    const QueueName = QueueUrl.split('/').at(-1);
    const found = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );

    expect(found.QueueUrl).toBe(QueueUrl);
    expect(Attributes?.['QueueArn']).toBe(`arn:aws:sqs:ca-central-1:000000000000:${QueueName}`);
  });

  it('that is not of the stack does not exist', async () => {
    await expect(
      sqs.send(new SendMessageCommand({ QueueUrl: `${stack.awsUrl}/000000000000/nobody`, MessageBody: 'x' })),
    ).rejects.toBeInstanceOf(QueueDoesNotExist);
  });
});
