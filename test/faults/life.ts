import type { Case, Passages } from './cases.ts';
import { chapters, founding } from './chapters.ts';
import { compared, type Party } from './checker.ts';
import { GaveUp } from './people.ts';
import type { Pool } from './pool.ts';
import { openWorld, type World } from './world.ts';

/** What came of a life. */
export type LifeReport = {
  wrong: string[];
  struck: string[];
  /** The cases that were lived in it. */
  cases: readonly Case[];
  passages: Passages;
  undeclared: string[];
};

/**
 * The life of two companies on one person's consent, with some of these cases in it, as people live it: who gets no
 * answer asks again, and who lost the access gives it again. Whatever strikes, in the end all must be well.
 */
export async function live(pool: Pool): Promise<LifeReport> {
  const world = await openWorld(Object.keys(compared));
  const script = new Script(world, pool);
  const parties: Party[] = [];
  const wrong: string[] = [];
  const passages: ReadonlyMap<string, number>[] = [];
  try {
    for (const [n, { title, happen }] of chapters.entries()) {
      script.begin(n);
      const found = await happen(world, parties);
      wrong.push(...found.map((what) => `${title}: ${what}`));
      passages.push(world.plan.takePassed());
      script.end(n);
      if (wrong.length > 0) break;
    }
  } catch (error) {
    wrong.push(error instanceof GaveUp ? error.message : `${error instanceof Error ? error.stack : error}`);
  }
  const { plan } = world;
  const struck = plan.struck.map(({ name }) => name);
  return { wrong, struck, cases: script.cases, passages, undeclared: [...plan.undeclared] };
}

/** Sets the faults of one case after the other, each at the beginning of its chapter, when none is set any more. */
class Script {
  readonly #world: World;
  readonly #pool: Pool;
  readonly cases: Case[] = [];

  constructor(world: World, pool: Pool) {
    this.#world = world;
    this.#pool = pool;
  }

  begin(chapter: number): void {
    const next = this.#world.plan.isArmed ? undefined : this.#pool.take(chapter);
    if (next === undefined) return;
    this.#world.plan.arm(...next.faults);
    this.cases.push(next);
  }

  /**
   * One that did not strike when its place was passed so often, because of a case before it, is lived in another life.
   * The first of a life is as if it were alone, and the second of a pair strikes when its place is passed again.
   */
  end(chapter: number): void {
    const now = this.cases.at(-1);
    if (now === undefined || this.cases.length === 1 || now.faults.length > 1) return;
    if (now.span.until !== chapter || !this.#world.plan.isArmed) return;
    this.#world.plan.disarm();
    this.cases.pop();
    this.#pool.giveBack(now);
  }
}

/** A world in which both companies are linked and read, before anything goes wrong. */
export async function founded(): Promise<{ world: World; parties: Party[] }> {
  const world = await openWorld(Object.keys(compared));
  const parties: Party[] = [];
  for (const { happen } of founding) {
    const wrong = await happen(world, parties);
    if (wrong.length > 0) throw new Error(wrong.join('; '));
  }
  return { world, parties };
}

/** Nothing fails any more from now on. */
export function calm({ plan, vendor, queue, eventQueue, consumer }: World): void {
  plan.disarm();
  vendor.outage(false);
  queue.twice = false;
  eventQueue.twice = false;
  consumer.down = false;
}
