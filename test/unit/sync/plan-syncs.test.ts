import { describe, expect, it } from '@jest/globals';
import type { Wake } from '../../../src/app/ports.ts';
import { makePlanSyncs } from '../../../src/app/sync/plan-syncs.ts';
import type { Connection } from '../../../src/domain/connection.ts';
import { dataTypes } from '../../../src/domain/data-types.ts';
import { millisOf, plusSeconds } from '../../../src/domain/instant.ts';
import { aConnection, aLinkedConnection, aProof, start } from '../../fakes/builders.ts';
import { makeClock } from '../../fakes/clock.ts';
import { memoryConnections } from '../../fakes/connections.ts';
import { memoryLog } from '../../fakes/log.ts';
import { memoryHeartbeat, memorySyncSettings } from '../../fakes/settings.ts';
import { everyType } from '../../fakes/sync-settings.ts';
import { memoryWaker } from '../../fakes/waker.ts';

/** 15:00 of the day the tests begin is minute 0 of its hour. */
async function scheduleWorld(connections: Partial<Connection>[], at: { failing?: number } = {}) {
  const store = memoryConnections();
  for (const [n, one] of connections.entries()) {
    await store.insert({ ...aLinkedConnection(), id: `c${n}`, linkToken: `l${n}`, ...one });
  }
  const { clock, advance } = makeClock(start);
  const { waker, take } = memoryWaker();
  let failing = at.failing ?? 0;
  const heartbeat = memoryHeartbeat();
  await heartbeat.move(undefined, millisOf(start) / 60_000 - 1);
  const deps = {
    connections: store,
    heartbeat,
    clock,
    syncSettings: memorySyncSettings(),
    rawOnly: ['projects'],
    log: memoryLog().log,
    waker: async (wake: Wake, options?: { delaySeconds?: number }) => {
      failing -= 1;
      if (failing >= 0) throw new Error('the queue is down');
      await waker(wake, options);
    },
  } satisfies Parameters<typeof makePlanSyncs>[0];
  const woken = () =>
    take().map(({ wake }) => ('ref' in wake ? `${wake.kind} ${wake.ref.connectionId}` : ''));
  return { plan: makePlanSyncs(deps), deps, advance, woken, store };
}

const ranAt = (lastRun: string): Partial<Connection> => ({
  datasets: Object.fromEntries(dataTypes.map((type) => [type, { status: 'Complete' as const, lastRun }])),
  resources: { projects: { proof: aProof({ at: lastRun }) } },
});
const want = { operationId: 'o', requested: start, reason: 'refresh' as const };

describe('a tick', () => {
  it('wakes what is due in its minute, and nothing else', async () => {
    const world = await scheduleWorld([
      { slot: 0 },
      { slot: 1 },
      { slot: 0, ...ranAt(plusSeconds(start, -1800)) },
      { slot: 0, ...ranAt(plusSeconds(start, -3599)) },
      { slot: 0, state: 'Deauthorized' },
    ]);

    await world.plan();

    expect(world.woken()).toEqual(['sync c0', 'sync c3']);
  });

  it('wakes what no data type is made of alone: read in vain an hour ago, or never', async () => {
    const daily = ranAt(plusSeconds(start, -3600));
    const trouble = { status: 'FetchError' as const, message: 'down', at: plusSeconds(start, -3600) };
    const world = await scheduleWorld([
      { slot: 0, ...daily },
      { slot: 0, ...daily, resources: { projects: { proof: aProof(), trouble } } },
      { slot: 0, ...daily, resources: {} },
      { slot: 0, ...daily, resources: {}, state: 'Deauthorized' },
    ]);
    await world.deps.syncSettings.change(() => ({ next: everyType({ syncSchedule: 24 }), result: 0 }));

    await world.plan();

    expect(world.woken()).toEqual(['sync c1', 'sync c2']);
  });

  it('does nothing twice in a minute', async () => {
    const world = await scheduleWorld([{ slot: 0 }]);
    await world.plan();
    world.woken();
    world.advance(20);

    await world.plan();

    expect(world.woken()).toEqual([]);
  });

  it('makes up for missed minutes, each once', async () => {
    const world = await scheduleWorld([{ slot: 3 }, { slot: 4 }, { slot: 5 }, { slot: 6 }]);
    world.advance(3 * 60);
    await world.plan();
    world.woken();
    world.advance(2 * 60 + 30);

    await world.plan();

    expect(world.woken()).toEqual(['sync c1', 'sync c2']);
  });

  it('looks at every slot once after a long stop, never more than an hour back', async () => {
    const world = await scheduleWorld(Array.from({ length: 60 }, (_, slot) => ({ slot })));
    await world.plan();
    world.woken();
    world.advance(5 * 24 * 3600);

    const { replayed } = await world.plan();

    expect(replayed).toBe(59);
    expect(world.woken()).toHaveLength(60);
  });

  it('without a heartbeat looks at every slot, for the first tick of all may have died', async () => {
    const world = await scheduleWorld([{ slot: 0 }, { slot: 30 }]);
    const plan = makePlanSyncs({ ...world.deps, heartbeat: memoryHeartbeat() });

    await plan();

    expect(world.woken().sort()).toEqual(['sync c0', 'sync c1']);
  });

  it('looks at everybody when a time of day of all companies comes, and only then', async () => {
    const at = { syncSchedule: 24, timeOfDay: '10:02', timeZone: 'America/Toronto' };
    const yesterday = ranAt(plusSeconds(start, -24 * 3600));
    const world = await scheduleWorld([
      { slot: 17, ...yesterday },
      { slot: 41, ...yesterday },
    ]);
    await world.deps.syncSettings.change(() => ({ next: everyType(at), result: 0 }));
    await world.plan();
    expect(world.woken()).toEqual([]);
    world.advance(3 * 60);

    await world.plan();

    expect(world.woken().sort()).toEqual(['sync c0', 'sync c1']);
  });

  it('that dies while it wakes is made up for by the next', async () => {
    const world = await scheduleWorld([{ slot: 0 }, { slot: 0 }], { failing: 1 });
    await expect(world.plan()).rejects.toThrow('the queue is down');
    world.advance(60);

    await world.plan();

    expect(world.woken()).toEqual(['sync c0', 'sync c1']);
  });

  it('wakes what is wanted for more than a minute although nobody works on it', async () => {
    const lease = { owner: 'w', until: plusSeconds(start, 200) };
    const done = ranAt(start);
    const world = await scheduleWorld([
      { slot: 30, ...done, wanted: { invoices: want } },
      { slot: 30, ...done, wanted: { invoices: { ...want, requested: plusSeconds(start, 60) } } },
      { slot: 30, ...done, serving: { invoices: want }, lease },
      { slot: 30, ...done, serving: { invoices: want }, lease: { owner: 'w', until: start } },
      { slot: 30, ...done, wanted: { invoices: want }, state: 'Deauthorized' },
    ]);
    world.advance(90);

    await world.plan();

    expect(world.woken()).toEqual(['sync c0', 'sync c3']);
  });

  it('wakes again what was to be released or erased', async () => {
    const world = await scheduleWorld([]);
    await world.store.insert(aLinkedConnection({ id: 'left', linkToken: 'a', state: 'Unlinked' }));
    await world.store.insert(aConnection({ id: 'gone', linkToken: 'b', erasing: start }));
    world.advance(61);

    await world.plan();

    expect(world.woken().sort()).toEqual(['erase gone', 'release left']);
  });
});
