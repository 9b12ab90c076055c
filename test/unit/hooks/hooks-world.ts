import { makeHookAddresses } from '../../../src/app/hooks/hook-address.ts';
import { makeRemoveHooks } from '../../../src/app/hooks/remove-hooks.ts';
import { type Delivery, makeTakeDelivery } from '../../../src/app/hooks/take-delivery.ts';
import { makeTendHooks } from '../../../src/app/hooks/tend-hooks.ts';
import type { Connections } from '../../../src/app/ports.ts';
import type { Connection } from '../../../src/domain/connection.ts';
import { aLinkedConnection, start } from '../../fakes/builders.ts';
import { makeClock, makeIds, makeTokens } from '../../fakes/clock.ts';
import { memoryConnections } from '../../fakes/connections.ts';
import { memoryCallbacks } from '../../fakes/freshbooks-callbacks.ts';
import { memoryCount, memoryLog } from '../../fakes/log.ts';
import { memoryWaker } from '../../fakes/waker.ts';

export const ref = { companyId: 'company-1', connectionId: 'connection-1' };
const origin = 'https://ledger.example';
const scopes = ['user:invoices:read', 'user:clients:read'];

type Around = {
  connections?: (real: Connections) => Connections;
  callbacks?: (
    real: ReturnType<typeof memoryCallbacks>['callbacks'],
  ) => ReturnType<typeof memoryCallbacks>['callbacks'];
};

/** A linked connection, FreshBooks' callbacks, and the two who see to them. */
export async function hooksWorld(with_: Partial<Connection> = {}, around: Around = {}) {
  const connections = memoryConnections();
  await connections.insert(aLinkedConnection({ scopes, authorised: start, ...with_ }));
  const { clock, advance } = makeClock(start);
  const { waker, take } = memoryWaker();
  const { count, totals } = memoryCount();
  const { log, lines } = memoryLog();
  const freshbooks = memoryCallbacks();
  const addresses = makeHookAddresses(origin);
  const wanted = { nouns: ['invoice', 'client'] };
  const deps = {
    connections: around.connections?.(connections) ?? connections,
    callbacks: around.callbacks?.(freshbooks.callbacks) ?? freshbooks.callbacks,
    grantToken: () => ({ token: async () => 'access', refused: async () => 'access' }),
    nounsOf: () => wanted.nouns,
    addresses,
    waker,
    clock,
    newId: makeIds(),
    newToken: makeTokens(),
    typesOf: (noun: string) =>
      noun === 'invoice' ? (['invoices'] as const) : noun === 'client' ? (['customers'] as const) : [],
    isSigned: (_fields: Delivery['fields'], signature: string, key: string) => signature === key,
    log,
    count,
  };
  const takeDelivery = makeTakeDelivery({ ...deps, connections });
  const deliver = (uri: string, form: Record<string, string>, signature?: string) =>
    takeDelivery({
      ref: addresses.refOf(uri) ?? ref,
      token: uri.split('/').at(-1) ?? '',
      fields: Object.entries({ account_id: 'xQ8z', ...form }),
      signature,
    });
  return {
    connections,
    freshbooks,
    wanted,
    advance,
    clock,
    take,
    totals,
    lines,
    addresses,
    deliver,
    tend: makeTendHooks(deps),
    removeHooks: makeRemoveHooks(deps),
    connection: async () => (await connections.find(ref)) ?? aLinkedConnection(),
    /** FreshBooks posts the verifiers that it has not posted yet. */
    postHandshakes: async () => {
      for (const { uri, id, verifier } of freshbooks.handshakes.splice(0))
        await deliver(uri, { name: 'callback.verify', object_id: id, verifier });
    },
  };
}

export type HooksWorld = Awaited<ReturnType<typeof hooksWorld>>;

/** Registered, shaken hands with, verified: how it is after the first minutes. */
export async function verifiedWorld(with_: Partial<Connection> = {}): Promise<HooksWorld> {
  const world = await hooksWorld(with_);
  await world.tend(ref);
  await world.postHandshakes();
  world.advance(61);
  await world.tend(ref);
  world.take();
  return world;
}
