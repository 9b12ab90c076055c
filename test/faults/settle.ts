import { complete, listening, lossesThatNeedNotBe, neverWrong, type Party } from './checker.ts';
import { untold } from './events-checker.ts';
import { authorise } from './people.ts';
import type { World } from './world.ts';

const hour = 3600;
/** Two, and one that is part of the story. */
const mostFaults = 3;

/**
 * Lets the world come to rest, asking again who lost the access, and holds everything to the truth. A data type that
 * could not be read is read an hour later by the schedule, each time that a fault strikes it.
 */
export async function settled(world: World, parties: readonly Party[]): Promise<string[]> {
  await rest(world, parties);
  for (let n = 0; n < mostFaults && (await complete(world, parties)).length > 0; n += 1) {
    world.jump(hour);
    await rest(world, parties);
  }
  const wrong = await lossesThatNeedNotBe(world, parties);
  for (const { ref, account } of parties) {
    if ((await world.connection(ref))?.state !== 'Deauthorized') continue;
    await authorise(world, ref, account);
    await rest(world, parties);
  }
  return [...wrong, ...(await neverWrong(world, parties)), ...(await complete(world, parties))];
}

/** W5, W7: FreshBooks tells of each connection's books at its own address, and at no other; after a while at the latest. */
export async function listenedTo(world: World, parties: readonly Party[]): Promise<string[]> {
  for (let n = 0; n < 4 && (await listening(world, parties)).length > 0; n += 1) {
    world.jump(hour);
    await rest(world, parties);
  }
  return listening(world, parties);
}

/** At least two minutes, and then until nobody waits for anything; half an hour at most (I8). */
export async function rest(world: World, parties: readonly Party[]): Promise<void> {
  await world.minutes(2);
  for (let n = 0; n < 30 && (await busy(world, parties)); n += 1) await world.minutes(1);
}

async function busy(world: World, parties: readonly Party[]): Promise<boolean> {
  if (world.plan.away.size > 0 || untold(world).length > 0) return true;
  for (const { ref } of parties) {
    const connection = await world.connection(ref);
    if (connection === undefined) continue;
    if (connection.lease !== undefined || connection.erasing !== undefined) return true;
    if (Object.keys({ ...connection.wanted, ...connection.serving }).length > 0) return true;
    if (connection.state === 'Unlinked' && connection.grantId !== undefined) return true;
    if (connection.state !== 'Linked') continue;
    const failed = world.types.some((type) => connection.datasets[type]?.status !== 'Complete');
    if (failed) return true;
  }
  return false;
}
