import { describe, expect, it } from '@jest/globals';
import type { Connection, Want } from '../../../src/domain/connection.ts';
import type { Hooks } from '../../../src/domain/hooks.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { start } from '../../fakes/builders.ts';
import { ref, syncWorld } from './sync-world.ts';

const callback = { id: '1', event: 'client', verified: true, verifier: 'v' };
const hooks: Hooks = {
  token: 't',
  callbacks: [callback],
  strays: {},
  tended: start,
  next: plusSeconds(start, 604_800),
  tries: 0,
};

type World = Awaited<ReturnType<typeof syncWorld>>;

const want = (reason: Want['reason']): Pick<Connection, 'wanted'> => ({
  wanted: { customers: { operationId: `o-${reason}`, requested: start, reason } },
});

/** Clients that were read once, and are due again for a reason. */
async function readOnce(reason: Want['reason'], with_: Partial<Connection> = { hooks }): Promise<World> {
  const world = await syncWorld({ ...want('first-link'), ...with_ });
  world.vendor.edit('clients', '1', 'old');
  await world.sync();
  world.advance(3600);
  await world.connections.change(ref, (one) => ({ next: { ...one, ...want(reason) }, result: undefined }));
  return world;
}

const counted = ({ totals }: World) => [totals.get('hooks.missed') ?? 0, totals.get('hooks.hinted') ?? 0];

describe('a change in FreshBooks that callbacks should tell of', () => {
  it('is counted and logged as missed when the schedule alone found it', async () => {
    const world = await readOnce('schedule');
    world.vendor.edit('clients', '1', 'new');

    await world.sync();

    expect(counted(world)).toEqual([1, 0]);
    expect(world.log).toContainEqual(
      expect.objectContaining({
        event: 'hooks.missed',
        facts: { connection: 'connection-1', type: 'customers' },
      }),
    );
  });

  it('is counted as told when a hint led to it', async () => {
    const world = await readOnce('hint');
    world.vendor.edit('clients', '1', 'new');

    await world.sync();

    expect(counted(world)).toEqual([0, 1]);
  });

  it('was told in time when its hint came while the schedule read', async () => {
    const world = await readOnce('schedule');
    world.vendor.edit('clients', '1', 'new');
    world.vendor.onPage = async () => {
      await world.connections.change(ref, (one) => ({
        next: { ...one, ...want('hint') },
        result: undefined,
      }));
    };

    await world.sync();

    expect(counted(world)).toEqual([0, 0]);
  });

  it.each<[string, Want['reason'], Partial<Connection>]>([
    ['nothing is registered', 'schedule', {}],
    [
      'the callback is not verified',
      'schedule',
      { hooks: { ...hooks, callbacks: [{ ...callback, verified: false }] } },
    ],
    [
      'it is registered for something else',
      'schedule',
      { hooks: { ...hooks, callbacks: [{ ...callback, event: 'bill' }] } },
    ],
    [
      'it was registered since the last read',
      'schedule',
      { hooks: { ...hooks, tended: plusSeconds(start, 60) } },
    ],
    ['somebody asked for the read', 'refresh', { hooks }],
  ])('is not counted where %s', async (_what, reason, with_) => {
    const world = await readOnce(reason, with_);
    world.vendor.edit('clients', '1', 'new');

    await world.sync();

    expect(counted(world)).toEqual([0, 0]);
  });

  it('is not counted where there was none', async () => {
    const world = await readOnce('schedule');

    await world.sync();

    expect(counted(world)).toEqual([0, 0]);
  });
});
