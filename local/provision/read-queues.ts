import type { QueueFacts } from '../services/sqs.ts';
import type { Resource, Stack } from '../template/read-stack.ts';
import { Refusal } from '../template/refusal.ts';

type QueueResource = Resource<'AWS::SQS::Queue'>;

// SQS' own defaults, in seconds (API reference, CreateQueue).
const VISIBILITY_S = 30;
const RETENTION_S = 345_600;

function redriveOf(queue: QueueResource, stack: Stack): QueueFacts['redrive'] {
  const policy = queue.properties.RedrivePolicy;
  if (!policy) return undefined;
  const target = stack
    .all('AWS::SQS::Queue')
    .find(({ identity }) => identity.attributes['Arn'] === policy.deadLetterTargetArn);
  if (target)
    return { target: String(target.identity.attributes['QueueName']), maxReceives: policy.maxReceiveCount };
  throw new Refusal(
    `the queue ${policy.deadLetterTargetArn}`,
    `Resources.${queue.logicalId}.Properties.RedrivePolicy`,
    'the stack has no such queue',
    'Redrive to a queue of this stack',
  );
}

/** The queues a stack declares. @param findKey any name of a key → its ARN */
export function readQueues(stack: Stack, findKey: (name: string) => string | undefined): QueueFacts[] {
  return stack.all('AWS::SQS::Queue').map((queue) => {
    const { identity, properties } = queue;
    const keyArn = properties.KmsMasterKeyId === undefined ? undefined : findKey(properties.KmsMasterKeyId);
    const seconds = {
      VisibilityTimeout: properties.VisibilityTimeout ?? VISIBILITY_S,
      DelaySeconds: properties.DelaySeconds ?? 0,
      MessageRetentionPeriod: properties.MessageRetentionPeriod ?? RETENTION_S,
      ReceiveMessageWaitTimeSeconds: properties.ReceiveMessageWaitTimeSeconds ?? 0,
    };
    return {
      name: String(identity.attributes['QueueName']),
      arn: String(identity.attributes['Arn']),
      url: identity.ref,
      visibilityMs: seconds.VisibilityTimeout * 1000,
      delayMs: seconds.DelaySeconds * 1000,
      retentionMs: seconds.MessageRetentionPeriod * 1000,
      waitMs: seconds.ReceiveMessageWaitTimeSeconds * 1000,
      redrive: redriveOf(queue, stack),
      attributes: {
        ...Object.fromEntries(Object.entries(seconds).map(([name, value]) => [name, String(value)])),
        ...(properties.RedrivePolicy ? { RedrivePolicy: JSON.stringify(properties.RedrivePolicy) } : {}),
      },
      ...(keyArn === undefined ? {} : { keyArn }),
    };
  });
}
