import { describe, expect, it } from '@jest/globals';
import { recordConnections } from '../../../src/app/events/record-changes.ts';
import { isGivenTo } from '../../../src/app/grants/grant-id.ts';
import { makeReviveConnections } from '../../../src/app/grants/revive-connections.ts';
import { makeRunSync } from '../../../src/app/sync/run-sync.ts';
import type { Connection } from '../../../src/domain/connection.ts';
import { connectionHealth } from '../../../src/domain/connection-health.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { start } from '../../fakes/builders.ts';
import { makeClock, makeIds } from '../../fakes/clock.ts';
import { everyType } from '../../fakes/sync-settings.ts';
import { ref, syncWorld } from '../sync/sync-world.ts';
import { hour, makeScene } from './scene.ts';

/** A linked connection read every hour under a real grant, with its events. */
async function makeLife() {
  const time = makeClock(start);
  const scene = await makeScene(undefined, time);
  const world = await syncWorld({ grantId: scene.grantId, stateSince: start }, { time });
  await world.syncSettings.change(() => ({
    next: everyType({ syncSchedule: 0, fetchOnFirstLink: false }, { customers: { syncSchedule: 1 } }),
    result: undefined,
  }));
  const told = { clock: time.clock, newId: makeIds(), log: scene.log, announce: async () => undefined };
  const connections = recordConnections(world.connections, told);
  const reviveConnections = makeReviveConnections({
    ...scene.deps,
    ...world,
    connections,
    waker: world.deps.waker,
  });
  const worker = scene.worker({ connections, reviveConnections });
  const runSync = makeRunSync({ ...world.deps, connections, grantToken: () => worker });
  let edits = 0;
  return {
    ...scene,
    /** So many hours of the schedule: after each the connection as it is then. */
    hours: async (many: number): Promise<Connection[]> => {
      const seen: Connection[] = [];
      for (let passed = 0; passed < many; passed += 1) {
        time.advance(hour);
        edits += 1;
        world.vendor.edit('clients', '1', `edit ${edits}`);
        await runSync(ref, plusSeconds(time.clock(), 600));
        seen.push(await world.connection());
      }
      return seen;
    },
    served: () => world.served('customers'),
    lastEdit: () => `edit ${edits}`,
    health: (connection: Connection) =>
      connectionHealth(connection, {
        integration: undefined,
        now: time.clock(),
        isGivenTo,
      }),
  };
}

describe('a grant that is lost in the one way that cannot be told from outside', () => {
  it('is labelled so, read to the end of its access, and its customer is asked once', async () => {
    const life = await makeLife();
    await life.hours(5);
    life.freshBooks.fail('refresh', 'lost-after');

    const reading = await life.hours(6);
    const served = await life.served();
    const readTo = life.lastEdit();
    const after = await life.hours(30);

    const last = reading.at(-1);
    expect(last).toMatchObject({ state: 'Linked', access: { loss: { reason: 'rotation-lost' } } });
    expect(reading.map(({ datasets }) => datasets['customers']?.status)).toEqual(Array(6).fill('Complete'));
    expect(served).toEqual({ 1: readTo });
    expect(new Set(after.map(({ state }) => state))).toEqual(new Set(['Deauthorized']));
    const end = after.at(-1);
    expect(end?.loss).toBe('access-ended');
    expect(end?.errors).toHaveLength(1);
    expect(end?.outbox?.filter(({ type }) => type === 'connection.disconnected')).toHaveLength(1);
    expect(end && life.health(end).reason).toBe('access-ended');
  });

  it('is the only way: every other answer that does not come leaves it linked', async () => {
    const life = await makeLife();
    await life.hours(5);
    life.freshBooks.fail('refresh', ...Array<'lost-before'>(40).fill('lost-before'));

    const during = await life.hours(20);
    life.freshBooks.mend();
    const after = await life.hours(2);

    expect(new Set(during.map(({ state }) => state))).toEqual(new Set(['Linked']));
    expect(after.at(-1)).toMatchObject({ state: 'Linked', datasets: { customers: { status: 'Complete' } } });
    expect(after.at(-1)?.outbox?.filter(({ type }) => type === 'connection.disconnected')).toEqual([]);
  });
});
