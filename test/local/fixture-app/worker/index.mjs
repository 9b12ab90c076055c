// Fails the messages whose body says so, and logs what it saw.
import { setTimeout as wait } from 'node:timers/promises';

export async function handler(event) {
  if (event.sleep) return wait(event.sleep, 'slept');
  if (event.grow) for (const kept = []; ; ) kept.push(new Array(100_000).fill(Math.random()));
  const failed = event.Records.filter((record) => record.body.includes('fail'));
  for (const { messageId, body, attributes } of event.Records) {
    process.stdout.write(
      `${JSON.stringify({ messageId, body, receives: attributes.ApproximateReceiveCount })}\n`,
    );
  }
  if (event.Records.some((record) => record.body.includes('explode'))) throw new Error('exploded on purpose');
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
