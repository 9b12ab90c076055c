import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { tellWhenDown } from './tell-when-down.ts';

/** Wakes workers through their queue. A message carries names only: no token ever travels in it. */
export function makeWaker<W extends { kind: string }>(queueUrl: string, client = new SQSClient({})) {
  tellWhenDown(client);
  return async (wake: W, options?: { delaySeconds?: number }): Promise<void> => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(wake),
        ...(options?.delaySeconds === undefined ? {} : { DelaySeconds: options.delaySeconds }),
      }),
    );
  };
}
