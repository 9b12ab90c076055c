import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Row } from '../../simulator/json.ts';
import { makeHookAddresses } from '../../src/app/hooks/hook-address.ts';
import { makeRemoveHooks } from '../../src/app/hooks/remove-hooks.ts';
import { makeTakeDelivery } from '../../src/app/hooks/take-delivery.ts';
import { makeTendHooks } from '../../src/app/hooks/tend-hooks.ts';
import { isSigned } from '../../src/freshbooks/hook-signature.ts';
import { nounsOf, typesOf } from '../../src/freshbooks/hooks.ts';
import { makeSourceCallbacks } from '../../src/freshbooks/source.ts';
import { makeTransport } from '../../src/freshbooks/transport.ts';
import { makeHandleDelivery } from '../../src/http/hooks/handle-delivery.ts';
import { aBusiness, aLinkedConnection } from '../fakes/builders.ts';
import { makeIds, makeTokens } from '../fakes/clock.ts';
import { memoryConnections } from '../fakes/connections.ts';
import { memoryCount, memoryLog } from '../fakes/log.ts';
import { memoryWaker } from '../fakes/waker.ts';
import { accounts, type Bench, people, rowWithin, startBench } from './harness.ts';

const ref = { companyId: 'company-1', connectionId: 'connection-1' };
const scopes = ['clients', 'invoices', 'taxes', 'projects'].map((object) => `user:${object}:read`);

let now: number;
let bench: Bench;
let world: Awaited<ReturnType<typeof listeningWorld>>;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 10, 17);
  bench = await startBench({ now: () => now, postEveryMs: 0 });
  world = await listeningWorld();
});
afterEach(async () => {
  await bench.close();
  await world.close();
});

/** The product's side: the worker's and the callback function's own code, and a port that they listen on. */
async function listeningWorld() {
  const { simulator } = bench;
  const token = await bench.tokenFor(people.alex, scopes);
  const connections = memoryConnections();
  const business = aBusiness({ accountId: accounts.tiny });
  await connections.insert(aLinkedConnection({ scopes, business }));
  const { waker } = memoryWaker();
  const { count, totals } = memoryCount();
  const { log } = memoryLog();
  const clock = () => new Date(now).toISOString();
  const world = { connections, waker, log, count, clock, newId: makeIds(), newToken: makeTokens() };
  const takeDelivery = makeTakeDelivery({ ...world, typesOf, isSigned });
  const handle = makeHandleDelivery({ takeDelivery, log });
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const headers = Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k, String(v)]));
    const { method = '', url: path = '' } = request;
    const body = Buffer.concat(parts).toString('utf8');
    const reply = await handle({ method, path, headers, body, query: {}, cookies: {}, requestId: '' });
    response.writeHead(reply.status).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const addresses = makeHookAddresses(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
  const tools = { sleep: async () => {}, random: () => 0, now: () => now };
  const hooks = {
    ...world,
    addresses,
    nounsOf,
    callbacks: makeSourceCallbacks({ apiUrl: simulator.url, transport: makeTransport(), tools }),
    grantToken: () => ({ token: async () => token, refused: async () => token }),
  };
  return {
    totals,
    tend: makeTendHooks(hooks),
    removeHooks: makeRemoveHooks(hooks),
    connection: async () => (await connections.find(ref)) ?? aLinkedConnection(),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const seconds = (more: number): void => {
  now += more * 1_000;
};
const plays = (wish: Row) => bench.control('PUT', '/switches', wish);

/** An hour of looks, with whatever FreshBooks posts meanwhile. */
async function register(): Promise<string[]> {
  for (let minute = 0; minute < 60; minute += 1) {
    await world.tend(ref);
    await bench.simulator.postNotices();
    seconds(60);
  }
  const { hooks } = await world.connection();
  return (hooks?.callbacks ?? []).filter(({ verified }) => verified).map(({ event }) => event);
}

async function newClient(): Promise<string> {
  const { json } = await bench.api('POST', 'users/clients', { body: { client: { fname: 'Zoé' } } });
  return String(rowWithin(json, 'response', 'result', 'client')['id']);
}

describe('listening to FreshBooks', () => {
  it.each<Row>([{}, { 'callback-handshake': 'signed' }, { 'callback-events': 'all' }])(
    'registers and verifies what its scopes allow: %o',
    async (wish) => {
      await plays(wish);

      const verified = await register();

      expect(verified).toEqual([
        ...['client', 'invoice'],
        ...(wish['callback-events'] === 'all' ? ['tax'] : []),
      ]);
    },
  );

  it('gets over a handshake that was lost', async () => {
    await plays({ 'callback-handshake': 'lost' });
    const without = await register();
    await plays({ 'callback-handshake': 'unsigned' });

    expect(without).toEqual([]);
    for (let n = 0; n < 20; n += 1) {
      seconds(3_600);
      await world.tend(ref);
      await bench.simulator.postNotices();
    }
    expect((await world.connection()).hooks?.callbacks.map(({ verified }) => verified)).toEqual([true, true]);
  });

  it.each<[Row, number]>([
    [{}, 1],
    [{ 'callback-fields': 'older' }, 1],
    [{ 'callback-delivery': 'twice' }, 2],
    [{ 'callback-delivery': 'backwards' }, 1],
  ])('takes what is told, signed over names in any script: %o', async (wish, taken) => {
    await register();
    const before = world.totals.get('hooks.taken') ?? 0;
    await plays(wish);
    await newClient();
    seconds(300);

    await bench.simulator.postNotices();

    expect((world.totals.get('hooks.taken') ?? 0) - before).toBe(taken);
    expect(world.totals.get('hooks.forged')).toBeUndefined();
    expect(Object.keys((await world.connection()).wanted)).toEqual(['customers']);
  });

  it('takes everything away when it leaves', async () => {
    await register();

    await world.removeHooks(await world.connection());

    const { json } = await bench.control('GET', '/callbacks');
    expect(json).toEqual({ callbacks: [], waiting: [] });
  });
});
