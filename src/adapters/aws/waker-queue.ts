import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Waker } from '../../app/ports.ts';

/** Wakes workers through the sync queue. A message carries names only: no token ever travels in it. */
export function makeWaker(queueUrl: string, client = new SQSClient({})): Waker {
  return async (wake, options) => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(wake),
        ...(options?.delaySeconds === undefined ? {} : { DelaySeconds: options.delaySeconds }),
      }),
    );
  };
}
