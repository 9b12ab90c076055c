import { AwsError, type AwsReply, type Need, type Service } from '../aws/aws-request.ts';
import type { Upstream } from '../aws/forward.ts';
import { keyNeed } from '../aws/gatekeeper.ts';
import { type JsonProtocol, jsonErrors, readOperation } from '../aws/json-service.ts';
import { type JsonObject, objectAt, parseObject, textAt } from '../template/json.ts';

export interface QueueFacts {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly keyArn?: string;
}

const protocol: JsonProtocol = {
  contentType: 'application/x-amz-json-1.0',
  typePrefix: (code) =>
    code === 'AccessDeniedException' ? 'com.amazon.coral.service#' : 'com.amazonaws.sqs#',
  messageKey: () => 'message',
  // SQS kept the codes of its older protocol in this header and the SDK reads them there.
  extraHeaders: (error) => ({ 'x-amzn-query-error': `${queryCode(error.code)};Sender` }),
};

function queryCode(code: string): string {
  if (code === 'AccessDeniedException') return 'AccessDenied';
  return code === 'QueueDoesNotExist' ? 'AWS.SimpleQueueService.NonExistentQueue' : code;
}

/** Operation → IAM action, and what the queue's own key is used for in it (SQS developer guide, "Key management"). */
const operations: Readonly<
  Record<string, { action: string; key: readonly ('kms:Decrypt' | 'kms:GenerateDataKey')[] }>
> = {
  SendMessage: { action: 'SendMessage', key: ['kms:GenerateDataKey', 'kms:Decrypt'] },
  SendMessageBatch: { action: 'SendMessage', key: ['kms:GenerateDataKey', 'kms:Decrypt'] },
  ReceiveMessage: { action: 'ReceiveMessage', key: ['kms:Decrypt'] },
  DeleteMessage: { action: 'DeleteMessage', key: [] },
  DeleteMessageBatch: { action: 'DeleteMessage', key: [] },
  ChangeMessageVisibility: { action: 'ChangeMessageVisibility', key: [] },
  ChangeMessageVisibilityBatch: { action: 'ChangeMessageVisibility', key: [] },
  GetQueueAttributes: { action: 'GetQueueAttributes', key: [] },
  GetQueueUrl: { action: 'GetQueueUrl', key: [] },
  PurgeQueue: { action: 'PurgeQueue', key: [] },
};

function needsOf(operation: string, queue: QueueFacts): Need[] {
  const facts = operations[operation];
  if (!facts) throw new AwsError('UnsupportedOperation', `${operation} is not served on one machine`);
  const own = { action: `sqs:${facts.action}`, resource: queue.arn, context: {} };
  const keyArn = queue.keyArn;
  if (keyArn === undefined) return [own];
  return [own, ...facts.key.map((action) => keyNeed(action, keyArn, 'sqs', { 'aws:sqs:arn': queue.arn }))];
}

/** fauxqs answers with its own address and account; the caller knows the queue by ours. */
function inOurWords(reply: AwsReply, queue: QueueFacts): AwsReply {
  if (reply.status !== 200) return reply;
  const body = parseObject(reply.body.toString());
  const attributes = objectAt(body, 'Attributes');
  const url = 'QueueUrl' in body ? { QueueUrl: queue.url } : {};
  const named =
    attributes && 'QueueArn' in attributes ? { Attributes: { ...attributes, QueueArn: queue.arn } } : {};
  return { ...reply, body: JSON.stringify({ ...body, ...url, ...named }) };
}

const MAX_MESSAGE_BYTES = 1024 * 1024;

function sizeOf(message: JsonObject): number {
  const attributes = Object.entries(objectAt(message, 'MessageAttributes') ?? {});
  const extra = attributes.reduce(
    (sum, [name, value]) => sum + name.length + JSON.stringify(value).length,
    0,
  );
  return Buffer.byteLength(textAt(message, 'MessageBody') ?? '') + extra;
}

function refuseTooLarge(operation: string, input: JsonObject): void {
  const entries = Array.isArray(input['Entries']) ? input['Entries'] : [input];
  const total = entries.reduce((sum: number, entry: JsonObject) => sum + sizeOf(entry), 0);
  if (total <= MAX_MESSAGE_BYTES) return;
  if (operation === 'SendMessageBatch') {
    throw new AwsError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${MAX_MESSAGE_BYTES} bytes. You have sent ${total} bytes.`,
    );
  }
  throw new AwsError(
    'InvalidParameterValue',
    `One or more parameters are invalid. Reason: Message must be shorter than ${MAX_MESSAGE_BYTES} bytes.`,
  );
}

/**
 * SQS: permissions and the 1 MiB limit are ours, the queues are fauxqs'.
 *
 * @param fauxqsUrl where fauxqs knows its queues, `http://127.0.0.1:PORT/000000000000`
 */
export function makeSqs(
  queues: ReadonlyMap<string, QueueFacts>,
  fauxqs: Upstream,
  fauxqsUrl: string,
): Service {
  const find = (input: JsonObject): QueueFacts => {
    const name = textAt(input, 'QueueName') ?? (textAt(input, 'QueueUrl') ?? '').split('/').at(-1) ?? '';
    const queue = queues.get(name);
    if (queue) return queue;
    throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  };
  return {
    ...jsonErrors(protocol),
    denied: (message, need) =>
      need.action.startsWith('kms:')
        ? new AwsError('KmsAccessDenied', message)
        : new AwsError('AccessDeniedException', message, 403),
    plan: (request) => {
      const { operation, input } = readOperation(request);
      const queue = find(input);
      const needs = needsOf(operation, queue);
      if (operation.startsWith('SendMessage')) refuseTooLarge(operation, input);
      const target =
        operation === 'GetQueueUrl' ? { QueueName: queue.name } : { QueueUrl: `${fauxqsUrl}/${queue.name}` };
      const body = JSON.stringify({ ...input, ...target });
      const headers = { 'content-type': protocol.contentType, 'x-amz-target': `AmazonSQS.${operation}` };
      return { operation, needs, perform: async () => inOurWords(await fauxqs.send(headers, body), queue) };
    },
  };
}
