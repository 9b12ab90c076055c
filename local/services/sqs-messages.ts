import { createHash } from 'node:crypto';
import { AwsError } from '../aws/aws-request.ts';
import {
  isObject,
  type Json,
  type JsonObject,
  listAt,
  objectAt,
  parseObject,
  textAt,
} from '../template/json.ts';
import type { NewMessage, StoredMessage } from './queue-store.ts';

/** The largest message, and the largest batch, in bytes. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;

// Anything else is not XML 1.0, which SQS began with (API reference, SendMessage).
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are the point
const FORBIDDEN = /[^\u0009\u000A\u000D\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

const md5 = (data: string | Buffer) => createHash('md5').update(data).digest('hex');

function sized(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly binary: boolean;
  readonly value: Buffer;
}

function attributesOf(message: JsonObject): Attribute[] {
  return Object.entries(objectAt(message, 'MessageAttributes') ?? {}).flatMap(([name, attribute]) => {
    if (!isObject(attribute)) return [];
    const text = textAt(attribute, 'StringValue');
    const value =
      text === undefined ? Buffer.from(textAt(attribute, 'BinaryValue') ?? '', 'base64') : Buffer.from(text);
    return [{ name, type: textAt(attribute, 'DataType') ?? '', binary: text === undefined, value }];
  });
}

/** The digest SQS answers for message attributes (developer guide, "Calculating the MD5 message digest"). */
function digestOfAttributes(attributes: readonly Attribute[]): string | undefined {
  if (attributes.length === 0) return undefined;
  const ordered = attributes.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const parts = ordered.flatMap(({ name, type, binary, value }) => [
    sized(Buffer.from(name)),
    sized(Buffer.from(type)),
    Buffer.from([binary ? 2 : 1]),
    sized(value),
  ]);
  return md5(Buffer.concat(parts));
}

/** Body and attributes of a message, in bytes: what the limit is about. */
export function sizeOf(message: JsonObject): number {
  const extra = attributesOf(message).reduce(
    (sum, { name, type, value }) => sum + Buffer.byteLength(name) + type.length + value.length,
    0,
  );
  return Buffer.byteLength(textAt(message, 'MessageBody') ?? '') + extra;
}

/** Reads one message of a send. @throws {AwsError} when SQS would not take it */
export function readMessage(message: JsonObject): NewMessage {
  const body = textAt(message, 'MessageBody') ?? '';
  if (body === '')
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (FORBIDDEN.test(body))
    throw new AwsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.',
    );
  const delay = message['DelaySeconds'];
  if (delay !== undefined && !(typeof delay === 'number' && delay >= 0 && delay <= 900)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value ${JSON.stringify(delay)} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    );
  }
  const attributes = JSON.stringify(objectAt(message, 'MessageAttributes') ?? {});
  return { body, attributes, delayMs: typeof delay === 'number' ? delay * 1000 : undefined };
}

/** What SQS answers for a message it has taken. */
export function sentReply(id: string, message: JsonObject): JsonObject {
  const digest = digestOfAttributes(attributesOf(message));
  return {
    MessageId: id,
    MD5OfMessageBody: md5(textAt(message, 'MessageBody') ?? ''),
    ...(digest === undefined ? {} : { MD5OfMessageAttributes: digest }),
  };
}

function picked<Value>(all: Readonly<Record<string, Value>>, names: readonly Json[]): Record<string, Value> {
  const wanted = names.map(String);
  const fits = (name: string) =>
    wanted.some(
      (each) =>
        each === 'All' ||
        each === '.*' ||
        each === name ||
        (each.endsWith('.*') && name.startsWith(each.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(all).filter(([name]) => fits(name)));
}

/** A received message with the attributes that were asked for. */
export function receivedMessage(message: StoredMessage, input: JsonObject, account: string): JsonObject {
  const system = picked(
    {
      SenderId: account,
      SentTimestamp: String(message.sent),
      ApproximateReceiveCount: String(message.receives),
      ApproximateFirstReceiveTimestamp: String(message.first_received ?? message.sent),
    },
    [...listAt(input, 'MessageSystemAttributeNames'), ...listAt(input, 'AttributeNames')],
  );
  const attributes = picked(parseObject(message.attributes), listAt(input, 'MessageAttributeNames'));
  const digest = digestOfAttributes(attributesOf({ MessageAttributes: attributes }));
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 ? { Attributes: system } : {}),
    ...(digest === undefined ? {} : { MessageAttributes: attributes, MD5OfMessageAttributes: digest }),
  };
}
