import { describe, expect, it } from '@jest/globals';
import type { Wake } from '../../../src/app/ports.ts';
import { makePlanSyncs } from '../../../src/app/sync/plan-syncs.ts';
import { makeRunSync } from '../../../src/app/sync/run-sync.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { slotOf } from '../../../src/domain/new-connection.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { aLinkedConnection } from '../../fakes/builders.ts';
import { memoryHeartbeat } from '../../fakes/settings.ts';
import { memoryWaker } from '../../fakes/waker.ts';
import { syncWorld } from '../sync/sync-world.ts';

const refOf = (n: number) => ({ companyId: `company-${n}`, connectionId: `connection-${n}` });

/** A world of so many connections that are due, with a queue that hands out what was sent first. */
async function manyWorld(count: number, slotted: (n: number) => number = () => 7) {
  const world = await syncWorld();
  const { waker, take } = memoryWaker();
  const deps = { ...world.deps, waker };
  for (let n = 2; n <= count; n += 1) {
    const { companyId, connectionId: id } = refOf(n);
    await world.connections.insert(aLinkedConnection({ companyId, id, slot: slotted(n) }));
  }
  return { world, deps, waker, take };
}

describe('a tenant with a huge book', () => {
  it('has one worker, which hands on when its time is up: all others are read before it goes on', async () => {
    const { world, deps, take, waker } = await manyWorld(6);
    for (let id = 1; id <= 300; id += 1) world.vendor.edit('invoices', String(id), `row ${id}`);
    world.vendor.edit('clients', '1', 'one');
    const huge = { companyId: 'company-1', connectionId: 'connection-1' };
    const runSync = makeRunSync(deps);
    const served: string[] = [];
    const serve = async (wake: Wake): Promise<void> => {
      if (wake.kind !== 'sync') return;
      const { connectionId } = wake.ref;
      // Only the huge one meets its deadline in the middle of a list.
      world.vendor.pagesBeforeDeadline = connectionId === huge.connectionId ? 20 : Number.POSITIVE_INFINITY;
      served.push(connectionId);
      await runSync(wake.ref, plusSeconds(world.clock(), 860));
    };
    for (let n = 1; n <= 6; n += 1) await waker({ kind: 'sync', ref: refOf(n) });

    for (let sent = take(); sent.length > 0; sent = take()) for (const { wake } of sent) await serve(wake);

    const others = [2, 3, 4, 5, 6].map((n) => `connection-${n}`);
    expect(served.slice(0, 6)).toEqual([huge.connectionId, ...others]);
    expect(served.length).toBeGreaterThan(9);
    expect(new Set(served.slice(6))).toEqual(new Set([huge.connectionId]));
    expect(Object.keys((await world.served('invoices')) ?? {})).toHaveLength(300);
  });

  it('keeps one worker busy and no second one, however often it is woken', async () => {
    const { world, deps } = await manyWorld(1);
    for (let id = 1; id <= 30; id += 1) world.vendor.edit('invoices', String(id), `row ${id}`);
    const runSync = makeRunSync(deps);
    const deadline = plusSeconds(world.clock(), 860);

    const ends = await Promise.all(Array.from({ length: 20 }, () => runSync(refOf(1), deadline)));

    expect(ends.filter((end) => end === 'busy')).toHaveLength(19);
  });
});

describe('many tenants after FreshBooks was down', () => {
  it('are read at their own minutes: no minute takes more than a few of them, and the hour takes all', async () => {
    const tenants = 240;
    const slot = (n: number) => slotOf(((n * 2_654_435_761) % 2 ** 32).toString(16));
    const { world, deps, take } = await manyWorld(tenants, slot);
    const plan = makePlanSyncs({
      ...deps,
      ...deps.source,
      connections: world.connections,
      heartbeat: memoryHeartbeat(),
    });
    const runSync = makeRunSync(deps);
    /** How many connections were read in a minute. */
    const minute = async (): Promise<number> => {
      world.advance(60);
      await plan();
      let read = 0;
      for (const { wake } of take()) {
        if (wake.kind !== 'sync') continue;
        if ((await runSync(wake.ref, world.deadline())) === 'published') read += 1;
      }
      return read;
    };
    for (const resource of ['clients', 'invoices', 'payments'])
      world.vendor.failures.set(resource, new Problem('unavailable', 'down'));
    for (let n = 0; n < 125; n += 1) await minute();
    world.vendor.failures.clear();

    const read: number[] = [];
    for (let n = 0; n < 60; n += 1) read.push(await minute());

    expect(read.reduce((sum, one) => sum + one, 0)).toBe(tenants);
    expect(Math.max(...read)).toBeLessThanOrEqual(4 * (tenants / 60));
    expect(read.filter((one) => one > 0).length).toBeGreaterThan(45);
  }, 120_000);
});
