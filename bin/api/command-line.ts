import { text } from 'node:stream/consumers';
import { type ApiClient, makeApiClient } from './api-client.ts';

/** A wrong call of a command: said in words, without a stack, and it ends with 2. */
export class BadCall extends Error {}

type From = {
  url: string | undefined;
  env: Record<string, string | undefined>;
  stdin: AsyncIterable<unknown> | undefined;
};
type Names = { url: string; key: string };

/** The origin of the API that a command talks to. */
export function originFrom(from: Pick<From, 'url' | 'env'>, names: Pick<Names, 'url'>): string {
  const url = from.url ?? from.env[names.url];
  if (url === undefined) throw new BadCall(`where? Give --url, or ${names.url} in the environment.`);
  if (!URL.canParse(url)) throw new BadCall(`${url} is no address.`);
  return url.replace(/\/+$/, '');
}

/**
 * The API that a command talks to. The key is never on the command line, where every process of the machine may read
 * it: it is in the environment, or is piped in. `Basic` is the key alone in base64, as Codat's API wants it.
 */
export async function apiFrom(
  from: From,
  names: Names,
  scheme: 'Basic' | 'Bearer' = 'Bearer',
): Promise<ApiClient> {
  const origin = originFrom(from, names);
  const given = from.env[names.key];
  const piped = given !== undefined || from.stdin === undefined ? '' : await text(asStrings(from.stdin));
  const key = given ?? piped.trim();
  if (key === '') throw new BadCall(`no API key: put it into ${names.key}, or pipe it in.`);
  const credential = scheme === 'Basic' ? Buffer.from(key).toString('base64') : key;
  return makeApiClient(origin, `${scheme} ${credential}`);
}

async function* asStrings(chunks: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const chunk of chunks) yield String(chunk);
}
