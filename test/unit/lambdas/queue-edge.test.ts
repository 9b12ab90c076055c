import { describe, expect, it } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { makeTelemetry, queueEdge } from '../../../lambdas/edge.ts';
import { memoryLog } from '../../fakes/log.ts';

const event = (...bodies: readonly string[]): SQSEvent => ({
  Records: bodies.map((body, n) => ({
    messageId: `message-${n}`,
    receiptHandle: '',
    body,
    attributes: {
      ApproximateReceiveCount: '2',
      SentTimestamp: '0',
      SenderId: 'sender',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:ca-central-1:000000000000:wake',
    awsRegion: 'ca-central-1',
  })),
});

const context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'worker',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:ca-central-1:000000000000:function:worker',
  memoryLimitInMB: '128',
  awsRequestId: 'request-1',
  logGroupName: '',
  logStreamName: '',
  getRemainingTimeInMillis: () => 1000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

function makeWorker() {
  const { log, lines } = memoryLog();
  const take = async (body: string): Promise<void> => {
    if (body.includes('broken')) throw new RangeError('no such table');
  };
  return { handler: queueEdge({ ...makeTelemetry('worker'), log }, take), lines };
}

describe('the edge of a queue', () => {
  it('sends back the messages whose work failed, and only those', async () => {
    const { handler } = makeWorker();

    const reply = await handler(event('good', 'broken', 'good'), context);

    expect(reply).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
  });

  it('says in the log which message failed, how often it came and why, and nothing of what it held', async () => {
    const { handler, lines } = makeWorker();

    await handler(event('broken, and of a customer'), context);

    expect(lines).toEqual([
      {
        level: 'error',
        event: 'queue.message.failed',
        facts: { messageId: 'message-0', received: '2', cause: expect.stringContaining('no such table') },
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain('of a customer');
  });
});
