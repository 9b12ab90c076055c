import { describe, expect, it } from '@jest/globals';
import type { Connections } from '../../../src/app/ports.ts';
import { unlink } from '../../../src/domain/connection-moves.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { aLinkedConnection } from '../../fakes/builders.ts';
import { type HooksWorld, hooksWorld, ref, verifiedWorld } from './hooks-world.ts';

const noBusiness = { identityId: '', accountId: '', businessId: '', name: '' };
const access = { token: async () => '', refused: async () => '' };
const anyHooks = { token: 'y', callbacks: [], strays: {}, next: '2099-01-01T00:00:00.000Z', tries: 0 };

const events = ({ freshbooks }: HooksWorld) =>
  [...freshbooks.kept.values()]
    .map(({ event, verified }) => (verified ? event : `${event} unverified`))
    .sort();

/** Looks and handshakes for two weeks, every hour: what is to be put right has been by then. */
async function settle(world: HooksWorld): Promise<void> {
  for (let n = 0; n < 14 * 24; n += 1) {
    world.advance(3600);
    await world.tend(ref);
    await world.postHandshakes();
  }
}

describe('having FreshBooks tell of changes', () => {
  it('registers each wanted noun once, at an address that cannot be guessed', async () => {
    const world = await hooksWorld();

    await world.tend(ref);

    expect(events(world)).toEqual(['client unverified', 'invoice unverified']);
    expect(new Set([...world.freshbooks.kept.values()].map(({ uri }) => uri))).toEqual(
      new Set(['https://ledger.example/hooks/freshbooks/company-1/connection-1/token-0000000000000001']),
    );
  });

  it('is verified once the verifiers have come, and looks again a week later', async () => {
    const world = await verifiedWorld();

    expect(events(world)).toEqual(['client', 'invoice']);
    world.advance(6 * 86_400);
    expect(await world.tend(ref)).toBe('not-due');
    world.advance(86_400);
    expect(await world.tend(ref)).toBe('tended');
  });

  it('keeps a verifier that comes before the callback is known here', async () => {
    const world = await hooksWorld();
    await world.tend(ref);
    const [handshake] = world.freshbooks.handshakes;
    await world.connections.change(ref, (one) => ({
      next: { ...one, ...(one.hooks && { hooks: { ...one.hooks, callbacks: [] } }) },
      result: 0,
    }));
    await world.postHandshakes();
    world.advance(61);

    await world.tend(ref);

    const { hooks } = await world.connection();
    expect(hooks?.callbacks.find(({ id }) => id === handshake?.id)?.verified).toBe(true);
    expect(hooks?.strays).toEqual({});
  });

  it('asks for a verifier that was lost again, at ever longer distances', async () => {
    const world = await hooksWorld();
    await world.tend(ref);
    const asked: number[] = [];
    for (let minutes = 1; minutes <= 60; minutes += 1) {
      world.freshbooks.handshakes.length = 0;
      world.advance(60);
      await world.tend(ref);
      if (world.freshbooks.handshakes.length > 0) asked.push(minutes);
    }

    await world.tend(ref);
    world.advance(7_200);
    await world.tend(ref);
    await world.postHandshakes();
    await world.tend(ref);

    expect(asked).toEqual([1, 6, 36]);
    expect(events(world)).toEqual(['client', 'invoice']);
  });

  it('listens to the verbs where a bare noun is not known, and lives without a noun that is not known at all', async () => {
    const world = await hooksWorld();
    for (const event of ['invoice', 'client', 'client.create', 'client.update', 'client.delete'])
      world.freshbooks.unknown.add(event);

    await settle(world);

    expect(events(world)).toEqual(['invoice.create', 'invoice.delete', 'invoice.update']);
  });

  it('removes a second callback on a noun, one at an older address and one whose key is lost', async () => {
    const world = await verifiedWorld();
    const uri = [...world.freshbooks.kept.values()][0]?.uri ?? '';
    await world.freshbooks.callbacks.create(
      { business: (await world.connection()).business ?? noBusiness, access },
      { event: 'invoice', uri },
    );
    const older = world.addresses.of(ref, 'older');
    await world.freshbooks.callbacks.create(
      { business: noBusiness, access },
      { event: 'client', uri: older },
    );
    world.freshbooks.handshakes.length = 0;
    await world.connections.change(ref, (one) => {
      const callbacks = one.hooks?.callbacks.map(({ verifier: _lost, ...rest }) => rest) ?? [];
      return { next: { ...one, ...(one.hooks && { hooks: { ...one.hooks, callbacks } }) }, result: 0 };
    });

    await settle(world);

    expect(events(world)).toEqual(['client', 'invoice']);
  });

  it('removes the callbacks of connections that are gone, and touches nobody else’s', async () => {
    const world = await hooksWorld();
    const make = (uri: string) =>
      world.freshbooks.callbacks.create({ business: noBusiness, access }, { event: 'bill', uri });
    await make(world.addresses.of({ companyId: 'company-9', connectionId: 'gone' }, 'x'));
    await make('https://elsewhere.example/hook');
    await world.connections.insert(
      aLinkedConnection({
        id: 'other',
        linkToken: 'l',
        hooks: anyHooks,
      }),
    );
    await make(world.addresses.of({ companyId: 'company-1', connectionId: 'other' }, 'y'));

    await world.tend(ref);

    const bills = [...world.freshbooks.kept.values()].filter(({ event }) => event === 'bill');
    expect(bills.map(({ uri }) => uri)).toEqual([
      'https://elsewhere.example/hook',
      'https://ledger.example/hooks/freshbooks/company-1/other/y',
    ]);
  });

  it('looks again when the customer has consented anew', async () => {
    const world = await verifiedWorld();
    world.wanted.nouns = ['invoice', 'client', 'bill'];
    world.advance(60);
    await world.connections.change(ref, (one) => ({
      next: { ...one, authorised: world.clock() },
      result: 0,
    }));

    await world.tend(ref);

    expect(events(world)).toEqual(['bill unverified', 'client', 'invoice']);
  });

  it.each(['PendingAuth', 'Deauthorized', 'Unlinked'] as const)(
    'does nothing while it is %s',
    async (state) => {
      const world = await hooksWorld({ state });

      expect(await world.tend(ref)).toBe('not-due');
      expect(events(world)).toEqual([]);
    },
  );

  it('is done by one worker at a time', async () => {
    const world = await hooksWorld();

    await Promise.all([world.tend(ref), world.tend(ref), world.tend(ref)]);

    expect(events(world)).toEqual(['client unverified', 'invoice unverified']);
  });
});

describe('a worker that dies', () => {
  it('before or after any call leaves what the next look puts right', async () => {
    const whole = await dyingWorld(Number.POSITIVE_INFINITY);
    await settle(whole.world);
    expect(whole.killer.crossed).toBeGreaterThan(8);

    for (let at = 1; at <= 12; at += 1)
      for (const side of ['before', 'after'] as const) {
        const { world, killer } = await dyingWorld(at, side);
        await settle(world);

        expect([at, side, events(world)]).toEqual([at, side, ['client', 'invoice']]);
        expect(killer.crossed).toBeGreaterThan(at);
        const { hooks } = await world.connection();
        expect(hooks?.callbacks.every(({ verified, verifier }) => verified && verifier)).toBe(true);
      }
  });
});

/** A world in which one call fails, done or not. */
async function dyingWorld(at: number, side: 'before' | 'after' = 'before') {
  const killer = { crossed: 0 };
  const passing =
    <A extends unknown[], R>(call: (...words: A) => Promise<R>) =>
    async (...words: A): Promise<R> => {
      killer.crossed += 1;
      const mine = killer.crossed;
      if (mine === at && side === 'before') throw new Error('killed');
      const result = await call(...words);
      if (mine === at) throw new Error('killed');
      return result;
    };
  const world = await hooksWorld(
    {},
    {
      connections: (real): Connections => ({
        ...real,
        change: (one, decide) => passing(() => real.change(one, decide))(),
      }),
      callbacks: (real) => ({
        list: passing(real.list),
        create: passing(real.create),
        confirm: passing(real.confirm),
        resend: passing(real.resend),
        remove: passing(real.remove),
      }),
    },
  );
  const { tend } = world;
  return {
    killer,
    world: { ...world, tend: (one: typeof ref) => tend(one).catch(() => 'not-due' as const) },
  };
}

describe('a connection that is left', () => {
  it('takes all its callbacks away, also those that a dead worker left', async () => {
    const world = await verifiedWorld();
    await world.freshbooks.callbacks.create(
      { business: noBusiness, access },
      { event: 'bill', uri: world.addresses.of(ref, 'another') },
    );
    await world.connections.change(ref, (one) => ({ next: unlink(one, world.clock()), result: 0 }));

    await world.removeHooks(await world.connection());

    expect(events(world)).toEqual([]);
  });

  it.each([
    { kind: 'unavailable', throws: true },
    { kind: 'access-lost', throws: false },
  ] as const)('when FreshBooks says $kind is tried again: $throws', async ({ kind, throws }) => {
    const world = await hooksWorld(
      { hooks: anyHooks },
      {
        callbacks: (real) => ({
          ...real,
          list: async () => {
            throw new Problem(kind, 'no');
          },
        }),
      },
    );
    const removed = world.removeHooks(await world.connection()).then(
      () => false,
      () => true,
    );

    expect(await removed).toBe(throws);
  });
});
