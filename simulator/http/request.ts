import type { IncomingMessage } from 'node:http';

/** A request, read whole. Header names are lower case. */
export type Asked = {
  method: string;
  path: string;
  query: URLSearchParams;
  search: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
};

const limit = 10_000_000;

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > limit) throw new Error('the body is larger than the simulator reads');
    parts.push(bytes);
  }
  return Buffer.concat(parts);
};

/** Reads method, path, query, headers and body of a request. */
export const readRequest = async (request: IncomingMessage): Promise<Asked> => {
  const { pathname, searchParams, search } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value ?? '')]);
  return {
    method: request.method ?? 'GET',
    path: pathname,
    query: searchParams,
    search: search.slice(1),
    headers: Object.fromEntries(headers),
    body: await bodyOf(request),
  };
};

/** The bearer token, if one was sent. */
export const bearerOf = ({ headers }: Asked): string | undefined =>
  /^bearer\s+(\S+)$/i.exec(headers['authorization'] ?? '')?.[1];
