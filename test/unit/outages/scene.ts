import { complete, lossesThatNeedNotBe, neverWrong, type Party } from '../../faults/checker.ts';
import { founded } from '../../faults/life.ts';
import { insist } from '../../faults/people.ts';
import type { World } from '../../faults/world.ts';

// Outages over the whole product in process (test/faults): every function, FreshBooks, and time that nobody waits for.

export const hour = 3600;

/** Two companies on one consent, linked and read, and work that went on in FreshBooks since. */
export async function openScene() {
  const { world, parties } = await founded();
  // From here on each is read at its own minute of the hour.
  await world.minutes(130);
  // What FreshBooks would tell of it is lost: it is found by looking.
  await world.vendor.tells('lost');
  for (const { account } of parties) {
    await world.vendor.apply(account, { do: 'insert', to: 'clients', pick: 0 });
    await world.vendor.apply(account, { do: 'delete', to: 'clients', pick: 1 });
  }
  return { world, parties };
}

/** So many hours, of which the schedule makes up for every minute. */
export async function hours(world: World, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    world.jump(hour - 120);
    await world.minutes(2);
  }
}

/** How each company's connection stands. */
export async function standing(world: World, parties: readonly Party[]) {
  const connections = await Promise.all(parties.map(({ ref }) => world.connection(ref)));
  return connections.map((connection) => ({
    state: connection?.state,
    errors: connection?.errors,
    grant: connection?.grantId,
  }));
}

/** What readers are shown of each company: how it stands, and the snapshots of the data types made of anything. */
export async function shown(world: World, parties: readonly Party[]): Promise<unknown> {
  const connections = await Promise.all(parties.map(({ ref }) => world.connection(ref)));
  const held = connections.map((one) => world.types.map((type) => one?.datasets[type]?.snapshot));
  return [await standing(world, parties), held];
}

/** How the data types of the life stand, each kind once. */
export async function statuses(world: World, parties: readonly Party[]): Promise<string[]> {
  const connections = await Promise.all(parties.map(({ ref }) => world.connection(ref)));
  const found = connections.flatMap((one) =>
    world.types.map((type) => one?.datasets[type]?.status ?? 'none'),
  );
  return [...new Set(found)];
}

/** The sentence and state that people are shown of each company, each kind once. */
export async function healths(world: World, parties: readonly Party[]): Promise<string[]> {
  const bodies = await Promise.all(
    parties.map(async ({ ref: { companyId, connectionId } }) => {
      const path = `/companies/${companyId}/connections/${connectionId}/doctor`;
      return String((await insist(world, { method: 'GET', path }, [200])).body);
    }),
  );
  return [...new Set(bodies.map((body) => /"reason":"([^"]*)"/.exec(body)?.[1] ?? body.slice(0, 200)))];
}

/** What is wrong although a while has passed: nothing lost, nothing invented, everything as FreshBooks has it. */
export async function wrong(world: World, parties: readonly Party[]): Promise<string[]> {
  return [
    ...(await lossesThatNeedNotBe(world, parties)),
    ...(await neverWrong(world, parties)),
    ...(await complete(world, parties)),
  ];
}
