// Fails the messages whose body says so, and logs what it saw.
export async function handler(event) {
  const failed = event.Records.filter((record) => record.body.includes('fail'));
  for (const { messageId, body, attributes } of event.Records) {
    process.stdout.write(
      `${JSON.stringify({ messageId, body, receives: attributes.ApproximateReceiveCount })}\n`,
    );
  }
  if (event.Records.some((record) => record.body.includes('explode'))) throw new Error('exploded on purpose');
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
