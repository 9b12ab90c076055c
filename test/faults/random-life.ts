import fc from 'fast-check';
import { leaks, lossesThatNeedNotBe, neverWrong, type Party } from './checker.ts';
import { deaths, errors, stalls } from './failpoints.ts';
import { calm, founded } from './life.ts';
import { authorise, call, GaveUp, insist } from './people.ts';
import { settled } from './settle.ts';
import type { Edit } from './vendor.ts';
import type { World } from './world.ts';

/** Something that happens in a random life; `who` is one of the two companies. */
export type Step =
  | { do: 'edit'; who: number; edit: Edit }
  | { do: 'minutes'; count: number }
  | { do: 'hours'; count: number }
  | { do: 'fault'; which: number; nth: number }
  | { do: 'outage' | 'deaf'; on: boolean }
  | { do: 'twice'; on: boolean }
  | { do: 'late'; pick: number; seconds: number }
  | { do: 'refresh' | 'unlink' | 'authorise' | 'look'; who: number }
  | { do: 'rotate' };

const pick = fc.nat({ max: 999 });
const who = fc.nat({ max: 1 });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    do: fc.constantFrom('insert' as const, 'change' as const, 'delete' as const, 'undelete' as const),
    to: fc.constant('clients' as const),
    pick,
  }),
  fc.record({
    do: fc.constantFrom('insert' as const, 'vanish' as const),
    to: fc.constant('expense_categories' as const),
    pick,
  }),
  fc.record({
    do: fc.constantFrom('insert' as const, 'delete' as const),
    to: fc.constant('invoices' as const),
    pick,
  }),
  fc.record({
    do: fc.constantFrom('insert' as const, 'delete' as const),
    to: fc.constant('payments' as const),
    pick,
  }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('edit' as const), who, edit }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('minutes' as const), count: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('hours' as const), count: fc.constantFrom(1, 1, 2, 7, 13) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      which: pick,
      nth: fc.integer({ min: 1, max: 15 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('outage' as const, 'deaf' as const), on: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('twice' as const), on: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('late' as const), pick, seconds: fc.constantFrom(30, 600) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('refresh' as const, 'look' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('unlink' as const, 'authorise' as const), who }) },
  { weight: 1, arbitrary: fc.constant({ do: 'rotate' as const }) },
);

/** The steps of a seed's life: always the same ones. */
export function stepsOf(seed: number, count: number): Step[] {
  const [steps = []] = fc.sample(fc.array(step, { minLength: count, maxLength: count }), {
    seed,
    numRuns: 1,
  });
  return steps;
}

/** Lives so: what was wrong at any time, or when all faults have stopped and a while has passed. */
export async function liveSteps(steps: readonly Step[]): Promise<string[]> {
  const { world, parties } = await founded();
  let n = 0;
  try {
    for (; n < steps.length; n += 1) {
      const now = steps[n];
      if (now !== undefined) await happen(world, parties, now);
      const wrong = n % 10 === 9 ? await neverWrong(world, parties) : [];
      if (wrong.length > 0) return wrong.map((what) => `after step ${n + 1}: ${what}`);
    }
    return await quiet(world, parties);
  } catch (error) {
    return [`at step ${n + 1}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}

const faults = [...deaths, ...errors, ...stalls];
const hour = 3600;

async function happen(world: World, parties: readonly Party[], now: Step): Promise<void> {
  const party = parties['who' in now ? now.who : 0];
  if (party === undefined) return;
  const { ref, account } = party;
  const company = `/companies/${ref.companyId}`;
  switch (now.do) {
    case 'edit':
      return world.vendor.apply(account, now.edit);
    case 'minutes':
      return world.minutes(now.count);
    case 'hours':
      world.jump(now.count * hour);
      return world.minutes(1);
    case 'fault': {
      const fault = faults[now.which % faults.length];
      if (fault !== undefined) world.plan.arm({ ...fault, nth: now.nth });
      return;
    }
    case 'outage':
      return world.vendor.outage(now.on);
    case 'deaf':
      world.consumer.down = now.on;
      return;
    case 'twice':
      world.queue.twice = now.on;
      world.eventQueue.twice = now.on;
      return;
    case 'late':
      return world.queue.delay(now.pick, now.seconds);
    case 'refresh':
      await call(world, { method: 'POST', path: `${company}/data/all` });
      return;
    case 'look':
      await call(world, { method: 'GET', path: `${company}/data/customers` });
      return;
    case 'unlink': {
      const path = `${company}/connections/${ref.connectionId}`;
      await call(world, { method: 'PATCH', path, body: { status: 'Unlinked' } });
      return;
    }
    case 'authorise':
      // In an outage nobody gets through, and everybody comes back later.
      await authorise(world, ref, account).catch(forgive);
      return;
    case 'rotate':
      world.vendor.newSecret(`canary-secret-${world.time.now()}`);
      await insist(
        world,
        { method: 'PUT', path: '/setup/integration/keys', body: world.vendor.keys() },
        [200],
      );
  }
}

function forgive(error: unknown): void {
  if (!(error instanceof GaveUp)) throw error;
}

/** The faults stop, those who left come back, and everything is as FreshBooks has it. */
async function quiet(world: World, parties: readonly Party[]): Promise<string[]> {
  calm(world);
  const wrong = await lossesThatNeedNotBe(world, parties);
  for (const { ref, account } of parties)
    if ((await world.connection(ref))?.state === 'Unlinked') await authorise(world, ref, account);
  world.jump(hour);
  return [...wrong, ...(await settled(world, parties)), ...leaks(world)];
}

/** The shortest part of these steps that is still wrong: ever smaller pieces are left out. */
export async function shortest(steps: readonly Step[], tries = 80): Promise<readonly Step[]> {
  let kept = steps;
  let left = tries;
  for (
    let size = Math.ceil(kept.length / 2);
    size >= 1 && left > 0;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let at = 0; at < kept.length && left > 0; ) {
      const without = [...kept.slice(0, at), ...kept.slice(at + size)];
      left -= 1;
      if ((await liveSteps(without)).length > 0) kept = without;
      else at += size;
    }
  }
  return kept;
}
