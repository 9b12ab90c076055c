import { describe, expect, it } from '@jest/globals';
import { type HooksWorld, ref, verifiedWorld } from './hooks-world.ts';

const addressOf = ({ freshbooks }: HooksWorld): string => [...freshbooks.kept.values()][0]?.uri ?? '';
const keyOf = ({ freshbooks }: HooksWorld, event: string): string =>
  [...freshbooks.kept.values()].find((one) => one.event === event)?.verifier ?? '';

const tell = (world: HooksWorld, name = 'invoice.update', objectId = '7') =>
  world.deliver(addressOf(world), { name, object_id: objectId }, keyOf(world, name.split('.')[0] ?? ''));

const wanted = async (world: HooksWorld) =>
  Object.fromEntries(
    Object.entries((await world.connection()).wanted).map(([type, { reason }]) => [type, reason]),
  );

describe('a delivery of FreshBooks', () => {
  it('makes what it tells of due, and has a worker look soon', async () => {
    const world = await verifiedWorld();

    expect(await tell(world)).toBe('taken');

    expect(await wanted(world)).toEqual({ invoices: 'hint' });
    expect(world.take()).toEqual([{ wake: { kind: 'sync', ref }, delaySeconds: 10 }]);
  });

  it('follows a run at a distance of a minute', async () => {
    const world = await verifiedWorld({ datasets: {} });
    const lastRun = world.clock();
    await world.connections.change(ref, (one) => ({
      next: { ...one, datasets: { invoices: { status: 'Complete', lastRun } } },
      result: 0,
    }));
    world.advance(20);

    await tell(world);

    expect(world.take()[0]?.delaySeconds).toBe(40);
  });

  it.each([
    ['a hundred times the same', 100, () => '7'],
    ['of ten thousand objects', 10_000, (n: number) => String(n)],
  ])('%s is one want and one message', async (_what, times, idOf) => {
    const world = await verifiedWorld();

    for (let n = 0; n < times; n += 1) await tell(world, 'invoice.update', idOf(n));

    expect(Object.keys(await wanted(world))).toEqual(['invoices']);
    expect(world.take()).toHaveLength(1);
  });

  it('that comes while its data type is being read is read for once more', async () => {
    const world = await verifiedWorld();
    await world.connections.change(ref, (one) => ({
      next: {
        ...one,
        serving: { invoices: { operationId: 'o', requested: world.clock(), reason: 'first-link' as const } },
      },
      result: 0,
    }));

    await tell(world);

    expect(await wanted(world)).toEqual({ invoices: 'hint' });
  });

  it('of something that nothing is made of is taken and makes nothing due', async () => {
    const world = await verifiedWorld();
    world.wanted.nouns = ['invoice', 'client', 'project'];
    world.advance(8 * 86_400);
    await world.tend(ref);
    await world.postHandshakes();
    await world.tend(ref);
    world.take();

    expect(await tell(world, 'project.update')).toBe('taken');
    expect(await wanted(world)).toEqual({});
    expect(world.take()).toEqual([]);
  });

  it.each<[string, (world: HooksWorld) => Promise<string>, string]>([
    ['without a signature', (w) => w.deliver(addressOf(w), { name: 'invoice.update' }), 'forged'],
    [
      'signed with another noun’s key',
      (w) => w.deliver(addressOf(w), { name: 'invoice.update' }, keyOf(w, 'client')),
      'forged',
    ],
    [
      'of a noun nobody listens to',
      (w) => w.deliver(addressOf(w), { name: 'bill.create' }, keyOf(w, 'invoice')),
      'forged',
    ],
    ['without a name', (w) => w.deliver(addressOf(w), {}, keyOf(w, 'invoice')), 'forged'],
    [
      'of another account',
      (w) => w.deliver(addressOf(w), { account_id: 'zzz', name: 'invoice.update' }, keyOf(w, 'invoice')),
      'unknown',
    ],
    [
      'at another address',
      (w) => w.deliver(`${addressOf(w)}x`, { name: 'invoice.update' }, keyOf(w, 'invoice')),
      'unknown',
    ],
    [
      'for a connection that is not there',
      (w) =>
        w.deliver(w.addresses.of({ companyId: 'a', connectionId: 'b' }, 'c'), { name: 'invoice.update' }),
      'unknown',
    ],
  ])('%s changes nothing', async (_what, deliver, end) => {
    const world = await verifiedWorld();
    const before = await world.connection();

    expect(await deliver(world)).toBe(end);

    expect(await world.connection()).toEqual(before);
    expect(world.take()).toEqual([]);
    expect(world.totals.get(`hooks.${end}`)).toBe(1);
  });

  it.each(['Deauthorized', 'Unlinked'] as const)('to a connection that is %s is nobody’s', async (state) => {
    const world = await verifiedWorld();
    await world.connections.change(ref, (one) => ({ next: { ...one, state }, result: 0 }));

    expect(await tell(world)).toBe('unknown');
  });
});

describe('a verifier that is posted', () => {
  const verify = (world: HooksWorld, id: string, verifier: string) =>
    world.deliver(addressOf(world), { name: 'callback.verify', object_id: id, verifier });

  it('does not replace the key of a callback that is verified', async () => {
    const world = await verifiedWorld();
    const [id = ''] = [...world.freshbooks.kept.keys()];
    const before = await world.connection();

    await verify(world, id, 'another');

    expect(await world.connection()).toEqual(before);
  });

  it('cannot fill the item', async () => {
    const world = await verifiedWorld();

    for (let n = 0; n < 500; n += 1) await verify(world, String(n), 'v');

    expect(Object.keys((await world.connection()).hooks?.strays ?? {})).toHaveLength(64);
  });

  it.each([
    ['without an id', '', 'v'],
    ['without a verifier', '1', ''],
    ['with one as long as a book', '1', 'v'.repeat(10_000)],
  ])('%s is refused', async (_what, id, verifier) => {
    expect(await verify(await verifiedWorld(), id, verifier)).toBe('forged');
  });
});
