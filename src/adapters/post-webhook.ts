import type { LookupAddress, LookupOptions } from 'node:dns';
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { PostWebhook } from '../app/event-ports.ts';
import type { Answer } from '../domain/delivery.ts';
import {
  type EgressRules,
  hostOf,
  makeCheckUrl,
  mayConnect,
  type Resolve,
  resolveHost,
} from './check-url.ts';

/** From the first look-up of the host to the last byte of the answer's head. */
const timeoutMillis = 15_000;

type Fault = NonNullable<Answer['error']>;

class Refused extends Error {}

/**
 * Posts to an endpoint as it is at this moment: the host is looked up once, each of its addresses is checked, and the
 * connection goes to a checked one, so a name that answers differently the next time leads nowhere. Redirects are
 * answers like any other, and what the endpoint says is not read.
 */
export function makePostWebhook(rules: EgressRules, resolve: Resolve = resolveHost): PostWebhook {
  const checkUrl = makeCheckUrl(rules, resolve);
  return async (text, message) => {
    const started = performance.now();
    const answer = await post(text, message).catch((error: unknown) => ({ error: faultOf(error) }));
    return { ...answer, milliseconds: Math.round(performance.now() - started) };
  };

  async function post(
    text: string,
    message: Parameters<PostWebhook>[1],
  ): Promise<Omit<Answer, 'milliseconds'>> {
    const signal = AbortSignal.timeout(timeoutMillis);
    const wrong = await Promise.race([checkUrl(text), ended(signal)]);
    if (wrong !== undefined) return { error: wrong === 'no-such-host' ? wrong : 'address-refused' };
    const response = await send(new URL(text), message, signal);
    const retryAfterSeconds = readRetryAfter(response.headers['retry-after'], response.headers.date);
    response.destroy();
    return {
      status: response.statusCode ?? 0,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    };
  }

  function send(
    url: URL,
    { headers, body }: Parameters<PostWebhook>[1],
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const send = url.protocol === 'http:' ? requestHttp : requestHttps;
    return new Promise((done, failed) => {
      const length = Buffer.byteLength(body);
      const request = send(url, {
        method: 'POST',
        headers: { ...headers, 'content-length': length, 'user-agent': 'Ledgerlink-Webhooks' },
        // A connection of its own for each message: one that was kept might lead to what the host was before.
        agent: false,
        signal,
        lookup: (host, options, tell) => void pinned(host, options, tell),
      });
      request.once('response', done).once('error', failed);
      refuseWrongSocket(request, url);
      request.end(body);
    });
  }

  /** An address in the URL itself is never looked up, and it was checked; the socket is looked at all the same. */
  function refuseWrongSocket(request: ClientRequest, url: URL): void {
    request.once('socket', (socket) => {
      socket.once('connect', () => {
        const address = socket.remoteAddress ?? hostOf(url);
        if (!mayConnect(address, rules)) request.destroy(new Refused('the socket leads elsewhere'));
      });
    });
  }

  async function pinned(
    host: string,
    { all }: LookupOptions,
    tell: (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void,
  ): Promise<void> {
    const addresses = await resolve(host).catch(() => []);
    if (addresses.length === 0)
      return tell(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }), '');
    if (!addresses.every((address) => mayConnect(address, rules))) return tell(new Refused('not public'), '');
    const found = addresses.map((address) => ({ address, family: isIP(address) }));
    if (all) return tell(null, found);
    const [first = { address: '', family: 0 }] = found;
    return tell(null, first.address, first.family);
  }
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_done, failed) => {
    signal.addEventListener('abort', () => failed(signal.reason), { once: true });
  });
}

function faultOf(error: unknown): Fault {
  if (error instanceof Refused) return 'address-refused';
  if (!(error instanceof Error)) return 'no-connection';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no-such-host';
  return /CERT|SSL|TLS|SELF_SIGNED|ALTNAME/.test(code) ? 'tls' : 'no-connection';
}

/** Seconds, or a date against the endpoint's own clock. */
function readRetryAfter(text: string | undefined, date: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const seconds = (Date.parse(text) - Date.parse(date ?? '')) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}
