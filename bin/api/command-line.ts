import { text } from 'node:stream/consumers';
import { type ApiClient, makeApiClient } from './api-client.ts';

/** A wrong call of a command: said in words, without a stack, and it ends with 2. */
export class BadCall extends Error {}

/**
 * The API that a command talks to. The key is never on the command line, where every process of the machine may read
 * it: it is in the environment, or is piped in.
 */
export async function apiFrom(
  from: {
    url: string | undefined;
    env: Record<string, string | undefined>;
    stdin: AsyncIterable<unknown> | undefined;
  },
  names: { url: string; key: string },
): Promise<ApiClient> {
  const url = from.url ?? from.env[names.url];
  if (url === undefined) throw new BadCall(`where? Give --url, or ${names.url} in the environment.`);
  if (!URL.canParse(url)) throw new BadCall(`${url} is no address.`);
  const piped = from.stdin === undefined ? '' : (await text(asStrings(from.stdin))).trim();
  const key = from.env[names.key] ?? piped;
  if (key === '') throw new BadCall(`no API key: put it into ${names.key}, or pipe it in.`);
  return makeApiClient(url.replace(/\/+$/, ''), `Bearer ${key}`);
}

async function* asStrings(chunks: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const chunk of chunks) yield String(chunk);
}
