import { type Case, lengthOf, type Wish } from './cases.ts';
import { chapters } from './chapters.ts';

type Entry = { wish: Wish; isTaken: boolean };

/** Cases that are still to be lived: a life takes one at the beginning of each chapter in which none is set. */
export class Pool {
  /** The wishes that may begin with each chapter, those first that can begin with the fewest others. */
  readonly #byChapter: Entry[][];
  #size: number;

  constructor(wishes: readonly Wish[]) {
    const possible = wishes.filter(({ spans }) => spans.length > 0);
    this.#size = possible.length;
    const entries = hardestFirst(possible).map((wish) => ({ wish, isTaken: false }));
    this.#byChapter = chapters.map((_, chapter) =>
      entries.filter(({ wish }) => wish.spans.some(({ from }) => from === chapter)),
    );
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  take(chapter: number): Case | undefined {
    const waiting = (this.#byChapter[chapter] ?? []).filter(({ isTaken }) => !isTaken);
    this.#byChapter[chapter] = waiting;
    const [entry] = waiting;
    const span = entry?.wish.spans.find(({ from }) => from === chapter);
    if (entry === undefined || span === undefined) return undefined;
    entry.isTaken = true;
    this.#size -= 1;
    return { kind: entry.wish.kind, faults: entry.wish.faults, span };
  }

  /** One that could not be lived as it should. */
  giveBack({ span, ...rest }: Case): void {
    this.#size += 1;
    this.#byChapter[span.from]?.push({ wish: { ...rest, spans: [span] }, isTaken: false });
  }
}

/** Those that fit into the fewest chapters first, and of these the short ones. */
function hardestFirst(wishes: readonly Wish[]): Wish[] {
  const least = ({ spans: [shortest] }: Wish) => (shortest === undefined ? 0 : lengthOf(shortest));
  return [...wishes].sort((a, b) => a.spans.length - b.spans.length || least(b) - least(a));
}

/** So many cases fill some seventy lives well. */
const casesAPool = 750;

/** The same wishes in pools of their own, always the same ones for a seed, whoever lives them. */
export function poolsOf(wishes: readonly Wish[], seed: number): Wish[][] {
  const count = Math.max(2, Math.round(wishes.length / casesAPool));
  const pools: Wish[][] = Array.from({ length: count }, () => []);
  for (const [n, wish] of shuffled(wishes, seed).entries()) pools[n % count]?.push(wish);
  return pools;
}

/** The same in another order, always the same one for a seed. */
function shuffled<T>(all: readonly T[], seed: number): T[] {
  const mixed = [...all];
  let state = seed + 1;
  for (let n = mixed.length - 1; n > 0; n -= 1) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (n + 1);
    const [one, two] = [mixed[n], mixed[other]];
    if (one !== undefined && two !== undefined) [mixed[n], mixed[other]] = [two, one];
  }
  return mixed;
}
