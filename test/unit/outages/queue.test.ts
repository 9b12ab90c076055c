import { describe, expect, it } from '@jest/globals';
import { seeded } from '../../e2e/kill.ts';
import { openScene, wrong } from './scene.ts';

describe('the queue', () => {
  it('that delivers everything twice changes nothing', async () => {
    const { world, parties } = await openScene();
    world.queue.twice = true;

    await world.minutes(62);

    expect(await wrong(world, parties)).toEqual([]);
  });

  it('that delivers late and in another order changes nothing', async () => {
    const { world, parties } = await openScene();
    const random = seeded(7);

    for (let minute = 0; minute < 124; minute += 1) {
      const waiting = world.wakes().length;
      // Some by seconds, so that others overtake them; some by longer than a run may take.
      for (let n = 0; n < waiting; n += 1)
        if (random() < 0.7) world.queue.delay(n, random() < 0.5 ? 45 : 20 * 60);
      await world.time.pass(60);
      await world.tick();
      for (let n = 0; n < world.wakes().length; n += 1)
        if (random() < 0.7) world.queue.delay(n, random() < 0.5 ? 45 : 20 * 60);
      await world.deliver();
    }

    await world.minutes(62);
    expect(await wrong(world, parties)).toEqual([]);
  });

  it('that loses messages for a while changes nothing: the schedule sends them again', async () => {
    const { world, parties } = await openScene();
    for (let minute = 0; minute < 62; minute += 1) {
      await world.time.pass(60);
      await world.tick();
      for (let message = world.queue.receive(); message !== undefined; message = world.queue.receive())
        world.queue.acknowledge(message);
    }

    await world.minutes(62);

    expect(await wrong(world, parties)).toEqual([]);
  });
});

describe('a poisoned message', () => {
  it('is parked after five tries, and everything else goes on meanwhile', async () => {
    const { world, parties } = await openScene();
    world.plan.refuse((place) => place === 'sync-worker attempts.find');
    await world.queue.send({ kind: 'resume', attemptId: 'nobody can read this' });

    await world.minutes(62);

    expect(await wrong(world, parties)).toEqual([]);
    expect(world.queue.parked).toEqual([]);
    await world.minutes(40);
    expect(world.queue.parked.map(({ wake }) => wake.kind)).toEqual(['resume']);
    expect(world.wakes().filter(({ kind }) => kind === 'resume')).toEqual([]);
  });
});
