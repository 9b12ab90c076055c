import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCheckUrl } from '../../../src/adapters/check-url.ts';
import { makePostWebhook } from '../../../src/adapters/post-webhook.ts';
import { isPublicAddress } from '../../../src/adapters/public-address.ts';

describe('what is on the public internet', () => {
  it.each([
    '8.8.8.8',
    '93.184.216.34',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '2606:4700::6810:84e5',
    '2a00:1450:4001:81b::200e',
  ])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '169.254.170.2',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::10.0.0.1',
    '64:ff9b::808:808',
    '64:ff9b:1::a00:1',
    '100::1',
    '2001::1',
    '2001:10::1',
    '2001:db8::1',
    '2002:a00:1::',
    '3fff::1',
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'localhost',
    '',
    '1.2.3',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

const hosts: Readonly<Record<string, readonly string[]>> = {
  'good.example': ['93.184.216.34', '2606:4700::6810:84e5'],
  'inside.example': ['10.0.0.8'],
  'both.example': ['93.184.216.34', '169.254.169.254'],
  localhost: ['127.0.0.1', '::1'],
};
const resolve = async (host: string) => hosts[host] ?? [];

describe('what may be saved', () => {
  const check = makeCheckUrl({ loopback: 'refused' }, resolve);

  it.each([
    ['https://good.example/hook?a=b', undefined],
    ['https://good.example:8443/', undefined],
    ['https://good.example./', undefined],
    ['http://good.example/', 'not-https'],
    ['https://good.example:25/', 'not-a-port'],
    ['https://nowhere.example/', 'no-such-host'],
    ['https://inside.example/', 'not-public'],
    ['https://both.example/', 'not-public'],
    ['https://localhost/', 'not-public'],
    ['https://localhost./', 'not-public'],
    ['https://127.0.0.1/', 'not-public'],
    ['https://2130706433/', 'not-public'],
    ['https://0x7f.1/', 'not-public'],
    ['https://0177.0.0.1/', 'not-public'],
    ['https://127.1/', 'not-public'],
    ['https://[::1]/', 'not-public'],
    ['https://[::ffff:10.0.0.1]/', 'not-public'],
    ['https://[64:ff9b::a9fe:a9fe]/', 'not-public'],
    ['https://169.254.169.254/latest/meta-data/', 'not-public'],
  ])('%s: %s', async (url, reason) => {
    expect(await check(url)).toBe(reason);
  });

  it.each([
    ['http://127.0.0.1:9999/', undefined],
    ['http://localhost:9999/', undefined],
    ['http://good.example/', 'not-https'],
    ['https://inside.example/', 'not-public'],
    ['http://169.254.169.254/', 'not-https'],
  ])('on one machine %s: %s', async (url, reason) => {
    expect(await makeCheckUrl({ loopback: 'allowed' }, resolve)(url)).toBe(reason);
  });
});

describe('what is sent', () => {
  const seen: { method: string | undefined; path: string | undefined; body: string }[] = [];
  const server = createServer((request, response) => {
    const { method, url: path } = request;
    void read(request).then((body) => {
      seen.push({ method, path, body });
      if (path === '/redirect') response.writeHead(302, { location: '/there' }).end();
      else if (path === '/busy') response.writeHead(429, { 'retry-after': '120' }).end();
      else if (path === '/endless') response.writeHead(200).write('x'.repeat(100_000));
      else if (path !== '/silent') response.writeHead(204).end();
    });
  });
  let origin = '';
  const message = { headers: { 'webhook-id': 'event-1' }, body: '{"a":"é"}' };
  const post = makePostWebhook({ loopback: 'allowed' });

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address: AddressInfo | string | null = server.address();
    origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
  });

  it('is the body as it was signed, by POST', async () => {
    expect(await post(`${origin}/hook?a=b`, message)).toMatchObject({ status: 204 });

    expect(seen.at(-1)).toEqual({ method: 'POST', path: '/hook?a=b', body: '{"a":"é"}' });
  });

  it('a redirect is an answer, and is not followed', async () => {
    const before = seen.length;

    expect(await post(`${origin}/redirect`, message)).toMatchObject({ status: 302 });

    expect(seen.slice(before).map(({ path }) => path)).toEqual(['/redirect']);
  });

  it('says how long to stay away', async () => {
    expect(await post(`${origin}/busy`, message)).toMatchObject({ status: 429, retryAfterSeconds: 120 });
  });

  it('an answer that never ends is not read', async () => {
    expect(await post(`${origin}/endless`, message)).toMatchObject({ status: 200 });
  });

  it('where nobody listens it says so, and never throws', async () => {
    expect(await post('http://127.0.0.1:1/', message)).toMatchObject({ error: 'no-connection' });
    expect(
      await makePostWebhook({ loopback: 'refused' }, resolve)('https://nowhere.example/', message),
    ).toMatchObject({
      error: 'no-such-host',
    });
  });

  it('nothing goes to this machine where that is not allowed', async () => {
    const before = seen.length;

    const strict = makePostWebhook({ loopback: 'refused' });

    expect(await strict(`${origin}/`, message)).toMatchObject({ error: 'address-refused' });
    expect(seen).toHaveLength(before);
  });

  it('a name that leads inside when it is dialled, and did not when it was looked at, leads nowhere', async () => {
    const before = seen.length;
    let looked = 0;
    const rebinding = async () => {
      looked += 1;
      return looked === 1 ? ['93.184.216.34'] : ['127.0.0.1'];
    };

    const answer = await makePostWebhook({ loopback: 'refused' }, rebinding)(
      'https://rebind.example/',
      message,
    );

    expect([answer.error, looked]).toEqual(['address-refused', 2]);
    expect(seen).toHaveLength(before);
  });
});

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
