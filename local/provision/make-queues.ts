import type { Upstream } from '../aws/forward.ts';
import type { QueueFacts } from '../services/sqs.ts';
import type { Stack } from '../template/read-stack.ts';
import { callJson } from './call-json.ts';

/** A queue of the stack with the attributes fauxqs makes it with. */
export interface StackQueue extends QueueFacts {
  readonly attributes: Readonly<Record<string, string>>;
}

// fauxqs knows one account.
const FAUXQS_ACCOUNT = '000000000000';

const COPIED = [
  'FifoQueue',
  'ContentBasedDeduplication',
  'DelaySeconds',
  'VisibilityTimeout',
  'MessageRetentionPeriod',
  'MaximumMessageSize',
  'ReceiveMessageWaitTimeSeconds',
] as const;

/** The queues a stack declares. @param findKey any name of a key → its ARN */
export function readQueues(stack: Stack, findKey: (name: string) => string | undefined): StackQueue[] {
  return stack.all('AWS::SQS::Queue').map(({ identity, properties }) => {
    const copied = COPIED.flatMap((name) =>
      properties[name] === undefined ? [] : [[name, String(properties[name])] as const],
    );
    const redrive = properties.RedrivePolicy;
    const target = redrive && {
      deadLetterTargetArn: redrive.deadLetterTargetArn.replace(/:\d{12}:/, `:${FAUXQS_ACCOUNT}:`),
      maxReceiveCount: redrive.maxReceiveCount,
    };
    const keyArn = properties.KmsMasterKeyId === undefined ? undefined : findKey(properties.KmsMasterKeyId);
    return {
      name: String(identity.attributes['QueueName']),
      arn: String(identity.attributes['Arn']),
      url: identity.ref,
      attributes: {
        ...Object.fromEntries(copied),
        ...(target ? { RedrivePolicy: JSON.stringify(target) } : {}),
      },
      ...(keyArn === undefined ? {} : { keyArn }),
    };
  });
}

/** Makes the queues that are not there yet, dead-letter queues first, and gives the others the template's attributes. */
export async function makeQueues(
  fauxqs: Upstream,
  fauxqsUrl: string,
  queues: readonly StackQueue[],
): Promise<void> {
  const ordered = queues.toSorted(
    (left, right) => Number('RedrivePolicy' in left.attributes) - Number('RedrivePolicy' in right.attributes),
  );
  for (const { name, attributes } of ordered) {
    const made = await callJson(fauxqs, 'AmazonSQS.CreateQueue', { QueueName: name, Attributes: attributes });
    if (made.status === 200) continue;
    const { FifoQueue: _fixed, ...changeable } = attributes;
    const input = { QueueUrl: `${fauxqsUrl}/${name}`, Attributes: changeable };
    const changed = await callJson(fauxqs, 'AmazonSQS.SetQueueAttributes', input);
    if (changed.status !== 200)
      throw new Error(`The queue ${name} could not be made: ${JSON.stringify(made.body)}`);
  }
}
