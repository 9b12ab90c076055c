import { AwsError, type Need, type Plan, type Service } from '../aws/aws-request.ts';
import { keyNeed } from '../aws/gatekeeper.ts';
import { type JsonProtocol, jsonErrors, jsonReply, readOperation } from '../aws/json-service.ts';
import { isObject, type JsonObject, listAt, textAt } from '../template/json.ts';
import type { QueueRules, QueueStore } from './queue-store.ts';
import type { QueueWaiters } from './queue-waiters.ts';
import { MAX_MESSAGE_BYTES, readMessage, receivedMessage, sentReply, sizeOf } from './sqs-messages.ts';

export interface QueueFacts extends QueueRules {
  readonly arn: string;
  readonly url: string;
  readonly waitMs: number;
  readonly keyArn?: string;
  /** Attributes as GetQueueAttributes gives them. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Queues {
  readonly facts: ReadonlyMap<string, QueueFacts>;
  readonly store: QueueStore;
  readonly waiters: QueueWaiters;
  readonly now: () => number;
}

const protocol: JsonProtocol = {
  contentType: 'application/x-amz-json-1.0',
  typePrefix: (code) =>
    code === 'AccessDeniedException' ? 'com.amazon.coral.service#' : 'com.amazonaws.sqs#',
  messageKey: () => 'message',
  // SQS kept the codes of its older protocol in this header and the SDK reads them there.
  extraHeaders: (error) => ({ 'x-amzn-query-error': `${queryCode(error.code)};Sender` }),
};

const QUERY_CODES: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
};
const queryCode = (code: string) => QUERY_CODES[code] ?? code;

const invalid = (message: string) => new AwsError('InvalidParameterValue', message);

function sendMessage({ store, waiters }: Queues, queue: QueueFacts, input: JsonObject): JsonObject {
  if (sizeOf(input) > MAX_MESSAGE_BYTES) {
    throw invalid(
      `One or more parameters are invalid. Reason: Message must be shorter than ${MAX_MESSAGE_BYTES} bytes.`,
    );
  }
  const id = store.send(queue, readMessage(input));
  waiters.wake(queue.name);
  return sentReply(id, input);
}

/** The entries of a batch. @throws {AwsError} when the batch as a whole is not acceptable */
function entriesOf(input: JsonObject): JsonObject[] {
  const entries = listAt(input, 'Entries').filter(isObject);
  const ids = new Set(entries.map((entry) => entry['Id']));
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', 'The batch request contains no entries.');
  if (entries.length > 10)
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  if (ids.size < entries.length)
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries have the same Id.');
  return entries;
}

/** Does each entry of a batch alone: one that fails leaves the others as they are. */
function eachEntry(input: JsonObject, act: (entry: JsonObject) => JsonObject): JsonObject {
  const Successful: JsonObject[] = [];
  const Failed: JsonObject[] = [];
  for (const entry of entriesOf(input)) {
    const Id = textAt(entry, 'Id') ?? '';
    try {
      Successful.push({ Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
}

function sendBatch(queues: Queues, queue: QueueFacts, input: JsonObject): JsonObject {
  const total = entriesOf(input).reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (total > MAX_MESSAGE_BYTES) {
    throw new AwsError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${MAX_MESSAGE_BYTES} bytes. You have sent ${total} bytes.`,
    );
  }
  return eachEntry(input, (entry) => sendMessage(queues, queue, entry));
}

function numberIn(input: JsonObject, name: string, least: number, most: number): number | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw invalid(
    `Value ${JSON.stringify(value)} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}

async function receiveMessage(queues: Queues, queue: QueueFacts, input: JsonObject): Promise<JsonObject> {
  const most = numberIn(input, 'MaxNumberOfMessages', 1, 10) ?? 1;
  const hidden = numberIn(input, 'VisibilityTimeout', 0, 43_200);
  const wait = numberIn(input, 'WaitTimeSeconds', 0, 20);
  const end = performance.now() + (wait === undefined ? queue.waitMs : wait * 1000);
  for (;;) {
    const found = queues.store.receive(queue, most, hidden === undefined ? undefined : hidden * 1000);
    const account = queue.arn.split(':')[4] ?? '';
    if (found.length > 0)
      return { Messages: found.map((message) => receivedMessage(message, input, account)) };
    const untilNext = (queues.store.nextVisible(queue) ?? Number.POSITIVE_INFINITY) - queues.now();
    const left = Math.min(end - performance.now(), Math.max(1, untilNext));
    if (end - performance.now() <= 0 || !(await queues.waiters.wait(queue.name, left))) return {};
  }
}

function deleteMessage({ store }: Queues, queue: QueueFacts, input: JsonObject): JsonObject {
  const receipt = textAt(input, 'ReceiptHandle') ?? '';
  if (store.delete(queue, receipt)) return {};
  throw new AwsError(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${receipt}" is not a valid receipt handle.`,
  );
}

function changeVisibility({ store, waiters }: Queues, queue: QueueFacts, input: JsonObject): JsonObject {
  const receipt = textAt(input, 'ReceiptHandle') ?? '';
  const seconds = numberIn(input, 'VisibilityTimeout', 0, 43_200) ?? 0;
  const changed = store.hide(queue, receipt, seconds * 1000);
  if (changed === undefined)
    throw new AwsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${receipt}" is not a valid receipt handle.`,
    );
  if (!changed)
    throw new AwsError('MessageNotInflight', 'The message is not available for visibility timeout change.');
  waiters.wake(queue.name);
  return {};
}

function queueAttributes({ store }: Queues, queue: QueueFacts, input: JsonObject): JsonObject {
  const { waiting, inFlight, delayed } = store.counts(queue);
  const all: Record<string, string> = {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(waiting),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ...queue.attributes,
  };
  const names = listAt(input, 'AttributeNames').map(String);
  const shown = names.includes('All')
    ? all
    : Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
  return { Attributes: shown };
}

type Key = 'kms:Decrypt' | 'kms:GenerateDataKey';
type Answer = (queues: Queues, queue: QueueFacts, input: JsonObject) => JsonObject | Promise<JsonObject>;

const SEND_KEYS: readonly Key[] = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** Operation → IAM action, use of the queue's own key (SQS developer guide, "Key management"), answer. */
const operations: Readonly<Record<string, { action: string; keys: readonly Key[]; answer: Answer }>> = {
  SendMessage: { action: 'SendMessage', keys: SEND_KEYS, answer: sendMessage },
  SendMessageBatch: { action: 'SendMessage', keys: SEND_KEYS, answer: sendBatch },
  ReceiveMessage: { action: 'ReceiveMessage', keys: ['kms:Decrypt'], answer: receiveMessage },
  DeleteMessage: { action: 'DeleteMessage', keys: [], answer: deleteMessage },
  DeleteMessageBatch: {
    action: 'DeleteMessage',
    keys: [],
    answer: (queues, queue, input) => eachEntry(input, (entry) => deleteMessage(queues, queue, entry)),
  },
  ChangeMessageVisibility: { action: 'ChangeMessageVisibility', keys: [], answer: changeVisibility },
  ChangeMessageVisibilityBatch: {
    action: 'ChangeMessageVisibility',
    keys: [],
    answer: (queues, queue, input) => eachEntry(input, (entry) => changeVisibility(queues, queue, entry)),
  },
  GetQueueAttributes: { action: 'GetQueueAttributes', keys: [], answer: queueAttributes },
  GetQueueUrl: { action: 'GetQueueUrl', keys: [], answer: (_queues, queue) => ({ QueueUrl: queue.url }) },
  PurgeQueue: {
    action: 'PurgeQueue',
    keys: [],
    answer: ({ store }, queue) => {
      store.purge(queue);
      return {};
    },
  },
};

function needsOf(action: string, keys: readonly Key[], queue: QueueFacts): Need[] {
  const own = { action: `sqs:${action}`, resource: queue.arn, context: {} };
  const { keyArn } = queue;
  if (keyArn === undefined) return [own];
  return [own, ...keys.map((key) => keyNeed(key, keyArn, 'sqs', { 'aws:sqs:arn': queue.arn }))];
}

/** SQS for the standard queues of the stack: ours, so that no acknowledged message is ever between two places. */
export function makeSqs(queues: Queues): Service {
  const find = (input: JsonObject): QueueFacts => {
    const name = textAt(input, 'QueueName') ?? (textAt(input, 'QueueUrl') ?? '').split('/').at(-1) ?? '';
    const queue = queues.facts.get(name);
    if (queue) return queue;
    throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  };
  return {
    ...jsonErrors(protocol),
    denied: (message, need) =>
      need.action.startsWith('kms:')
        ? new AwsError('KmsAccessDenied', message)
        : new AwsError('AccessDeniedException', message, 403),
    plan: (request): Plan => {
      const { operation, input } = readOperation(request);
      const known = operations[operation];
      if (!known) throw new AwsError('UnsupportedOperation', `${operation} is not served on one machine`);
      const queue = find(input);
      return {
        operation,
        needs: needsOf(known.action, known.keys, queue),
        perform: async () => jsonReply(protocol, await known.answer(queues, queue, input), request.id),
      };
    },
  };
}
