import type { Delivery, DeliveryEnd } from '../../app/hooks/take-delivery.ts';
import type { Log } from '../../app/ports.ts';
import { Problem } from '../../domain/problem.ts';
import type { HttpReply, HttpRequest } from '../request.ts';

const address = /^\/hooks\/freshbooks\/([^/]+)\/([^/]+)\/([^/]+)$/;
/** A delivery has six short fields. */
const mostBytes = 16_384;
const mostFields = 32;

const statusOf: Readonly<Record<DeliveryEnd, number>> = { taken: 204, unknown: 404, forged: 401 };

/**
 * What FreshBooks posts: a status and nothing else, whatever it was. Only the size and kind of a body are looked at
 * before its address is known; the address is never logged, because whoever has it can post.
 */
export function makeHandleDelivery(deps: {
  takeDelivery: (delivery: Delivery) => Promise<DeliveryEnd>;
  log: Log;
}): (request: HttpRequest) => Promise<HttpReply> {
  return async (request) => {
    const status = await statusFor(deps, request);
    deps.log.info('hooks.answered', { status, correlationId: request.requestId });
    const allow: Record<string, string> = status === 405 ? { allow: 'POST' } : {};
    return { status, headers: { 'cache-control': 'no-store', ...allow }, cookies: [], body: '' };
  };
}

async function statusFor(
  { takeDelivery, log }: Parameters<typeof makeHandleDelivery>[0],
  request: HttpRequest,
): Promise<number> {
  const [, companyId, connectionId, token] = address.exec(request.path) ?? [];
  if (!companyId || !connectionId || !token) return 404;
  if (request.method !== 'POST') return 405;
  if (Buffer.byteLength(request.body) > mostBytes) return 413;
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) return 415;
  const fields = [...new URLSearchParams(request.body)];
  if (fields.length > mostFields) return 413;
  const signature = request.headers['x-freshbooks-hmac-sha256'];
  try {
    return statusOf[await takeDelivery({ ref: { companyId, connectionId }, token, fields, signature })];
  } catch (thrown) {
    log.error('hooks.broken', { correlationId: request.requestId, cause: causeOf(thrown) });
    return 500;
  }
}

function causeOf(thrown: unknown): string {
  if (thrown instanceof Problem) return thrown.sentence;
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
