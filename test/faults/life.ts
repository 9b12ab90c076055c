import type { Case, Passages } from './cases.ts';
import { chapters, founding } from './chapters.ts';
import type { Party } from './checker.ts';
import { GaveUp } from './people.ts';
import { openWorld, type World } from './world.ts';

/** What came of a life. */
export type LifeReport = {
  wrong: string[];
  struck: string[];
  /** The cases that were set in it, whether or not all of their faults struck in time. */
  lived: readonly Case[];
  /** Those that struck too late because of one before them, or were not come to: they need another life. */
  left: readonly Case[];
  passages: Passages;
  undeclared: string[];
};

/** The data types of a short life: one whose changes are asked for, and one that is listed whole each time. */
const shortTypes: readonly string[] = ['customers', 'trackingCategories'];

/**
 * The life of two companies on one person's consent, with these cases in it, as people live it: who gets no answer
 * asks again, and who lost the access gives it again. Whatever strikes, in the end all must be well.
 */
export async function live(cases: readonly Case[], types = shortTypes): Promise<LifeReport> {
  const world = await openWorld(types);
  const script = new Script(world, cases);
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
  return { wrong, struck, ...script.outcome(), passages, undeclared: [...plan.undeclared] };
}

/** Sets the faults of one case after the other, each at the beginning of its chapter, when none is set any more. */
class Script {
  readonly #world: World;
  readonly #cases: readonly Case[];
  readonly #lived: Case[] = [];
  readonly #late = new Set<Case>();

  constructor(world: World, cases: readonly Case[]) {
    this.#world = world;
    this.#cases = cases;
  }

  begin(chapter: number): void {
    const next = this.#cases.find(({ span }) => span.from === chapter);
    if (next === undefined || this.#world.plan.isArmed) return;
    this.#world.plan.arm(...next.faults);
    this.#lived.push(next);
  }

  end(chapter: number): void {
    const now = this.#lived.at(-1);
    // The first of a life is as if it were alone: when it strikes late, that is how it is.
    if (now?.span.until === chapter && now !== this.#lived[0] && this.#world.plan.isArmed)
      this.#late.add(now);
  }

  outcome(): Pick<LifeReport, 'lived' | 'left'> {
    const left = this.#cases.filter((one) => !this.#lived.includes(one) || this.#late.has(one));
    return { lived: this.#lived, left };
  }
}

/** A world in which both companies are linked and read, before anything goes wrong. */
export async function founded(): Promise<{ world: World; parties: Party[] }> {
  const world = await openWorld(shortTypes);
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
