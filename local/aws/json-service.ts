import { type JsonObject, parseObject } from '../template/json.ts';
import { AwsError, type AwsReply, type AwsRequest, type Service } from './aws-request.ts';

/** The error shapes of the services that speak AWS JSON, which differ in small ways the SDK reads. */
export interface JsonProtocol {
  readonly contentType: string;
  /** What stands before the code in `__type`. */
  readonly typePrefix: (code: string) => string;
  /** `message` or `Message`: DynamoDB and Secrets Manager say `Message` for refused access. */
  readonly messageKey: (code: string) => 'message' | 'Message';
  readonly extraHeaders: (error: AwsError) => Readonly<Record<string, string>>;
}

export const plainProtocol = (contentType: string): JsonProtocol => ({
  contentType,
  typePrefix: () => '',
  messageKey: (code) => (code === 'AccessDeniedException' ? 'Message' : 'message'),
  extraHeaders: () => ({}),
});

export function jsonReply(protocol: JsonProtocol, body: unknown, requestId: string): AwsReply {
  return {
    status: 200,
    headers: { 'content-type': protocol.contentType, 'x-amzn-requestid': requestId },
    body: JSON.stringify(body),
  };
}

/** The operation a JSON request names in `X-Amz-Target`, and its input. */
export function readOperation(request: AwsRequest): { operation: string; input: JsonObject } {
  const operation = (request.headers['x-amz-target'] ?? '').split('.').at(-1) ?? '';
  try {
    return { operation, input: parseObject(request.body.toString('utf8')) };
  } catch (cause) {
    throw new AwsError('SerializationException', `The body is not JSON: ${String(cause)}`);
  }
}

/** The half of a service that turns errors into replies, for the JSON protocols. */
export function jsonErrors(protocol: JsonProtocol): Pick<Service, 'render' | 'denied'> {
  return {
    denied: (message) => new AwsError('AccessDeniedException', message),
    render: (error, requestId) => ({
      status: error.status,
      headers: {
        'content-type': protocol.contentType,
        'x-amzn-requestid': requestId,
        'x-amzn-errortype': error.code,
        ...protocol.extraHeaders(error),
      },
      body: JSON.stringify({
        __type: `${protocol.typePrefix(error.code)}${error.code}`,
        [protocol.messageKey(error.code)]: error.message,
      }),
    }),
  };
}
