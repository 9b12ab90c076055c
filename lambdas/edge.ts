import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { PartialItemFailureResponse } from '@aws-lambda-powertools/batch/types';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  EventBridgeEvent,
  SQSEvent,
  SQSRecord,
} from 'aws-lambda';
import type { Count, Log } from '../src/app/ports.ts';
import type { HttpReply, HttpRequest } from '../src/http/request.ts';

/** What every function is composed with: its log and its counters, both of Powertools. */
type Telemetry = { log: Log; count: Count };

const namespace = 'Ledgerlink';

/** What the composition root makes once, at cold start. */
export type FunctionTelemetry = Telemetry & { logger: Logger; metrics: Metrics };

export function makeTelemetry(service: string): FunctionTelemetry {
  const logger = new Logger({ serviceName: service });
  const metrics = new Metrics({ namespace, serviceName: service });
  return {
    logger,
    metrics,
    log: {
      info: (event, facts = {}) => logger.info(event, facts),
      warn: (event, facts = {}) => logger.warn(event, facts),
      error: (event, facts = {}) => logger.error(event, facts),
    },
    count: (metric, value = 1) => {
      metrics.addMetric(metric, MetricUnit.Count, value);
    },
  };
}

function edge<E, R>({ logger, metrics }: FunctionTelemetry) {
  // Powertools' own middleware warns at every call that counted nothing; most do.
  const publish = () => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
  return middy<E, R>()
    .use(injectLambdaContext(logger, { clearState: true }))
    .use({ after: publish, onError: publish });
}

/** API Gateway (payload 2.0) → `HttpRequest` → reply. */
export function httpEdge(telemetry: FunctionTelemetry, handle: (request: HttpRequest) => Promise<HttpReply>) {
  return edge<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(telemetry).handler(async (event) =>
    encode(await handle(decode(event))),
  );
}

/** One minute's tick. */
export function scheduleEdge(telemetry: FunctionTelemetry, tick: () => Promise<void>) {
  return edge<EventBridgeEvent<string, unknown>, void>(telemetry).handler(tick);
}

/**
 * SQS → one call a message; a message whose call throws goes back to the queue, the others do not. The processor keeps
 * what was thrown to itself: without the line that is logged here, a failing worker would be silent.
 */
export function queueEdge(
  telemetry: FunctionTelemetry,
  take: (body: string, time: { millisLeft: () => number }) => Promise<void>,
) {
  const processor = new BatchProcessor(EventType.SQS);
  return edge<SQSEvent, PartialItemFailureResponse>(telemetry).handler((event, context) =>
    processPartialResponse(
      event,
      async (record: SQSRecord) => {
        try {
          await take(record.body, { millisLeft: () => context.getRemainingTimeInMillis() });
        } catch (thrown) {
          telemetry.log.error('queue.message.failed', factsOf(record, thrown));
          throw thrown;
        }
      },
      processor,
      { context, throwOnFullBatchFailure: false },
    ),
  );
}

function factsOf({ messageId, attributes }: SQSRecord, thrown: unknown): Record<string, unknown> {
  const cause = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { messageId, received: attributes.ApproximateReceiveCount, cause };
}

function decode(event: APIGatewayProxyEventV2): HttpRequest {
  return {
    method: event.requestContext.http.method,
    path: event.rawPath,
    query: readQuery(event.rawQueryString),
    headers: event.headers,
    cookies: readCookies(event.cookies ?? []),
    body: event.isBase64Encoded
      ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
      : (event.body ?? ''),
    requestId: event.requestContext.requestId,
  };
}

function readQuery(text: string): Record<string, string[]> {
  const query: Record<string, string[]> = Object.create(null);
  const parameters = new URLSearchParams(text);
  for (const name of new Set(parameters.keys())) query[name] = parameters.getAll(name);
  return query;
}

function readCookies(pairs: readonly string[]): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at > 0) cookies[pair.slice(0, at).trim()] = pair.slice(at + 1).trim();
  }
  return cookies;
}

function encode(reply: HttpReply): APIGatewayProxyStructuredResultV2 {
  const bytes = typeof reply.body !== 'string';
  return {
    statusCode: reply.status,
    headers: reply.headers,
    ...(reply.cookies.length === 0 ? {} : { cookies: reply.cookies }),
    body: typeof reply.body === 'string' ? reply.body : Buffer.from(reply.body).toString('base64'),
    isBase64Encoded: bytes,
  };
}
