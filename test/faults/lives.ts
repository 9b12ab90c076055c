import { type Case, lengthOf, type Span, titleOf, type Wish } from './cases.ts';
import { chapters } from './chapters.ts';

/** One life to be lived. */
export type Life =
  | { kind: 'story'; cases: readonly Case[] }
  | { kind: 'random'; seed: number; steps: number };

/**
 * As few lives as all wishes fit into. The cases of a life have chapters of their own, one after the other: each begins
 * when the chapter before has come to rest with everything found well, so none disturbs another, and the chapters that
 * follow are lived on what it left. Another seed puts others together.
 */
export function livesOf(wishes: readonly Wish[], seed: number): Life[] {
  // How many lives have something in each chapter, counted from the first life.
  const heights: number[] = chapters.map(() => 0);
  const heightOf = ({ from, until }: Span) => Math.max(...heights.slice(from, until + 1));
  const lives: Case[][] = [];
  for (const { kind, faults, spans } of hardestFirst(shuffled(wishes, seed))) {
    const [span] = [...spans].sort((a, b) => lengthOf(a) - lengthOf(b) || heightOf(a) - heightOf(b));
    if (span === undefined) continue;
    const height = heightOf(span);
    lives[height] = [...(lives[height] ?? []), { kind, faults, span }];
    heights.fill(height + 1, span.from, span.until + 1);
  }
  return lives.map(storyOf);
}

/** A life with these cases and no other. */
export function storyOf(cases: readonly Case[]): Extract<Life, { kind: 'story' }> {
  return { kind: 'story', cases: [...cases].sort((a, b) => a.span.from - b.span.from) };
}

/** The long ones first, then those that fit into the fewest places. */
function hardestFirst(wishes: readonly Wish[]): Wish[] {
  const least = ({ spans: [shortest] }: Wish) => (shortest === undefined ? 0 : lengthOf(shortest));
  return [...wishes].sort((a, b) => least(b) - least(a) || a.spans.length - b.spans.length);
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

/** Some of many, spread over all of them, others with another seed. */
export function some<T>(all: readonly T[], count: number, seed: number): T[] {
  const step = Math.max(1, Math.floor(all.length / count));
  const from = seed % step;
  return all.filter((_, n) => n % step === from).slice(0, count);
}

/** Random lives, each of a seed of its own. */
export function randoms(from: number, count: number, steps: number): Life[] {
  return Array.from({ length: count }, (_, n) => ({ kind: 'random' as const, seed: from + n, steps }));
}

/** A life in words. */
export function nameOfLife(life: Life): string {
  if (life.kind === 'random') return `random life of seed ${life.seed}, ${life.steps} steps`;
  return life.cases.map(titleOf).join(', then ');
}
