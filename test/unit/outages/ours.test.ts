import { describe, expect, it } from '@jest/globals';
import { isFailure, pullOperations } from '../../../src/domain/pull-operation.ts';
import { neverWrong } from '../../faults/checker.ts';
import { hour, hours, openScene, standing, wrong } from './scene.ts';

const ports = {
  tables: /(companies|connections|integration|linkSettings|syncSettings|attempts|grants|apiKeys|heartbeat)\./,
  'reads of consents': / grants\.find$/,
  keys: / seal\./,
  objects: / (objects|escrow)\./,
  'the puts of objects': / objects\.put$/,
  'the queue': / queue\.send$/,
  'the secret': / secret\.open$/,
};

describe('a service of AWS', () => {
  it.each(
    Object.entries(ports).flatMap(([what, places]) => [
      { what, places, long: 'twenty minutes', seconds: 20 * 60, later: 0 },
      // Beyond the half-life of the access token, so that a refresh falls into it.
      { what, places, long: 'an hour at a half-life', seconds: hour, later: 6 * hour },
    ]),
  )('refuses $what for $long: no state gets worse, and within the hour all is there', async (row) => {
    const { world, parties } = await openScene();
    world.jump(row.later);
    const before = await standing(world, parties);
    world.plan.refuse((place) => row.places.test(place));

    for (let n = 0; n < row.seconds / 60; n += 1) await world.minutes(1);
    const during = await standing(world, parties);
    const invented = await neverWrong(world, parties);
    const connections = await Promise.all(parties.map(({ ref }) => world.connection(ref)));
    world.plan.refuse();

    // A worker that has a token in hand may read on.
    expect(during).toEqual(before);
    expect(invented).toEqual([]);
    const ended = connections.flatMap((one) => (one === undefined ? [] : pullOperations(one)));
    expect(ended.filter(({ status }) => isFailure(status))).toEqual([]);
    await hours(world, 1);
    expect(await wrong(world, parties)).toEqual([]);
    expect(world.vendor.presented.filter(({ answer }) => answer === 'refused')).toEqual([]);
  });
});
