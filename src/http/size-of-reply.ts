import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Problem } from '../domain/problem.ts';
import type { HttpReply, HttpRequest } from './request.ts';

const compress = promisify(gzip);

/**
 * A function's answer, as the JSON text it is handed over in, may have 6 MiB (AWS Lambda quotas, synchronous
 * invocation); the gateway's own limit of 10 MB is never reached. Some of it is for status, headers and cookies.
 */
export const replyLimit = 6 * 1024 * 1024 - 8 * 1024;

/** Below this size compression costs more than it saves. */
const worthCompressing = 2 * 1024;

/**
 * Compresses a large body for a client that accepts it, and refuses one that the gateway would refuse: with the page
 * size that fits, where the request has pages.
 */
export async function fitReply(
  request: HttpRequest,
  reply: HttpReply,
  limit: number = replyLimit,
): Promise<HttpReply> {
  if (typeof reply.body !== 'string') {
    refuseFileAbove(limit, base64Length(reply.body));
    return reply;
  }
  if (reply.body.length < worthCompressing) return reply;
  const headers = { ...reply.headers, vary: 'accept-encoding' };
  if (acceptsGzip(request)) {
    const body = await compress(reply.body, { level: 5 });
    refuseAbove(limit, base64Length(body), request);
    return { ...reply, headers: { ...headers, 'content-encoding': 'gzip' }, body };
  }
  refuseAbove(limit, escapedBytes(reply.body), request);
  return { ...reply, headers };
}

/** Bytes travel as base64: four characters for three of them. */
function base64Length(body: Uint8Array): number {
  return Math.ceil(body.length / 3) * 4;
}

function refuseFileAbove(limit: number, bytes: number): void {
  if (bytes <= limit) return;
  throw new Problem(
    'unprocessable',
    `This file takes ${megabytes(bytes)} MB to send and at most ${megabytes(limit)} MB can be sent. Open it in FreshBooks.`,
  );
}

/** Text travels inside a JSON text: its quotes and backslashes take two bytes each. */
function escapedBytes(body: string): number {
  return Buffer.byteLength(JSON.stringify(body));
}

function acceptsGzip(request: HttpRequest): boolean {
  const accepted = (request.headers['accept-encoding'] ?? '').toLowerCase().split(',');
  return accepted.some((coding) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/.test(coding));
}

function refuseAbove(limit: number, bytes: number, request: HttpRequest): void {
  if (bytes <= limit) return;
  const asked = Number(request.query['pageSize']?.[0] ?? 100);
  // A tenth less than the share that fits: rows differ in size.
  const fits = Math.max(1, Math.floor((asked * limit * 0.9) / bytes));
  const gzipped = acceptsGzip(request) ? '' : ', or accept gzip ("Accept-Encoding: gzip")';
  throw new Problem(
    'invalid',
    `This reply would have ${megabytes(bytes)} MB and at most ${megabytes(limit)} MB can be sent. Ask for pageSize=${fits}${gzipped}.`,
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
