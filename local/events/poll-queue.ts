import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { AwsReply } from '../aws/aws-request.ts';
import type { Outcome } from '../runtime/lambda-function.ts';

/** An event source mapping: a queue that wakes a function. */
export interface QueueMapping {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly region: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly pollers: number;
  readonly partialFailures: boolean;
  /** A call to SQS with the role of the function. */
  readonly sqs: (operation: string, input: object) => Promise<AwsReply>;
  readonly invoke: (event: string) => Promise<Outcome>;
  readonly onProblem: (line: string) => void;
}

const Message = z.looseObject({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string(),
  Attributes: z.record(z.string(), z.string()).default({}),
  MessageAttributes: z
    .record(
      z.string(),
      z.object({
        DataType: z.string(),
        StringValue: z.string().optional(),
        BinaryValue: z.string().optional(),
      }),
    )
    .default({}),
});
type Message = z.infer<typeof Message>;
const Received = z.object({ Messages: z.array(Message).nullish() });

const Failures = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

const LONG_POLL_SECONDS = 20;
const TROUBLE_PAUSE_MS = 1000;

function recordOf(message: Message, mapping: QueueMapping): object {
  const attributes = Object.entries(message.MessageAttributes).map(
    ([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        dataType: DataType,
        stringValue: StringValue,
        binaryValue: BinaryValue,
        stringListValues: [],
        binaryListValues: [],
      },
    ],
  );
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: mapping.queueArn,
    awsRegion: mapping.region,
  };
}

/**
 * Which messages of a batch are done with (Lambda developer guide, "Reporting batch item failures"): none when the
 * function failed or its report makes no sense, all when it reported nothing, else those it did not name.
 */
export function doneMessages<M extends { MessageId: string }>(
  batch: readonly M[],
  outcome: Outcome,
  partialFailures: boolean,
): readonly M[] {
  if (outcome.kind !== 'done') return [];
  if (!partialFailures) return batch;
  const report = Failures.safeParse(JSON.parse(outcome.payload));
  if (!report.success) return [];
  const failed = (report.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  const known = failed.every((id) => batch.some(({ MessageId }) => MessageId === id));
  return known ? batch.filter(({ MessageId }) => !failed.includes(MessageId)) : [];
}

async function receive(mapping: QueueMapping, most: number, waitSeconds: number): Promise<Message[]> {
  const reply = await mapping.sqs('ReceiveMessage', {
    QueueUrl: mapping.queueUrl,
    MaxNumberOfMessages: Math.min(10, most),
    WaitTimeSeconds: waitSeconds,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  if (reply.status !== 200)
    throw new Error(`polling ${mapping.queueArn} was refused: ${reply.body.toString()}`);
  return Received.parse(JSON.parse(reply.body.toString())).Messages ?? [];
}

async function collect(mapping: QueueMapping): Promise<Message[]> {
  const batch = await receive(mapping, mapping.batchSize, LONG_POLL_SECONDS);
  const end = performance.now() + mapping.windowMs;
  while (batch.length > 0 && batch.length < mapping.batchSize && mapping.windowMs > 0) {
    const left = end - performance.now();
    if (left <= 0) break;
    const more = await receive(mapping, mapping.batchSize - batch.length, 0);
    batch.push(...more);
    if (more.length === 0) await wait(Math.min(left, 100));
  }
  return batch;
}

async function removeDone(mapping: QueueMapping, done: readonly Message[]): Promise<void> {
  if (done.length === 0) return;
  for (const { ReceiptHandle } of done) {
    const reply = await mapping.sqs('DeleteMessage', { QueueUrl: mapping.queueUrl, ReceiptHandle });
    if (reply.status !== 200)
      mapping.onProblem(`deleting from ${mapping.queueArn} was refused: ${reply.body.toString()}`);
  }
}

async function turn(mapping: QueueMapping): Promise<void> {
  const batch = await collect(mapping);
  if (batch.length === 0) return;
  const event = JSON.stringify({ Records: batch.map((message) => recordOf(message, mapping)) });
  const outcome = await mapping.invoke(event);
  if (outcome.kind === 'throttled') await wait(TROUBLE_PAUSE_MS);
  await removeDone(mapping, doneMessages(batch, outcome, mapping.partialFailures));
}

/** Polls a queue for a function until it is told to stop; what was not deleted comes back by its visibility time-out. */
export function pollQueue(mapping: QueueMapping): { stop: () => void } {
  let stopped = false;
  const check = async () => {
    // Lambda looks at the queue before it polls, which needs a permission of its own.
    const reply = await mapping.sqs('GetQueueAttributes', {
      QueueUrl: mapping.queueUrl,
      AttributeNames: ['VisibilityTimeout'],
    });
    if (reply.status !== 200)
      mapping.onProblem(`looking at ${mapping.queueArn} was refused: ${reply.body.toString()}`);
  };
  const poll = async () => {
    while (!stopped) {
      try {
        await turn(mapping);
      } catch (error) {
        if (stopped) return;
        mapping.onProblem(error instanceof Error ? error.message : String(error));
        await wait(TROUBLE_PAUSE_MS);
      }
    }
  };
  void check().catch((error: unknown) => mapping.onProblem(String(error)));
  for (let index = 0; index < mapping.pollers; index += 1) void poll();
  return {
    stop: () => {
      stopped = true;
    },
  };
}
