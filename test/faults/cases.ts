import { type Chapter, chapters } from './chapters.ts';
import { deaths, errors, type Failpoint, nameOf, stalls } from './failpoints.ts';
import type { Armed } from './sandbox.ts';

/** From the chapter in which faults are set to the one by whose end they have struck, both counted from 0. */
export type Span = { from: number; until: number };

type Kind = 'single' | 'error' | 'stall' | 'pair';

/** Faults that belong together, and every span of the story in which they can strike. */
export type Wish = { kind: Kind; faults: readonly Armed[]; spans: readonly Span[] };

/** A wish with the span in which it is lived. */
export type Case = { kind: Kind; faults: readonly Armed[]; span: Span };

/** How often each place is passed, chapter by chapter, in a life without faults. */
export type Passages = readonly ReadonlyMap<string, number>[];

/** A place that is passed more often than this is not struck at every time: the schedule looks at each minute. */
const mostTimes = 60;

const placeOf = ({ fn, at }: Failpoint): string => `${fn} ${at}`;

/** Each of these failpoints at each time that its place is passed. */
export function singles(passages: Passages, failpoints = deaths): Wish[] {
  return failpoints.flatMap((fault) =>
    passages
      .flatMap((passed, chapter) =>
        Array.from({ length: passed.get(placeOf(fault)) ?? 0 }, (_, n) => ({ chapter, nth: n + 1 })),
      )
      .slice(0, mostTimes)
      .map(({ chapter, nth }) => ({
        kind: kindOf(fault),
        faults: [{ ...fault, nth }],
        spans: [{ from: chapter, until: chapter }],
      })),
  );
}

function kindOf(fault: Failpoint): Kind {
  if (fault.moment === 'stalled') return 'stall';
  return deaths.includes(fault) ? 'single' : 'error';
}

/** Each refused call, and death at the next one to the same place: that is where it would be tried again. */
export function refusedThenDead(passages: Passages): Wish[] {
  const refusals = errors.filter(({ moment }) => moment === 'refused');
  return singles(passages, refusals).flatMap(({ faults: [refused], spans }) =>
    refused === undefined
      ? []
      : [
          {
            kind: 'pair' as const,
            faults: [refused, { ...refused, moment: 'before' as const, nth: refused.nth + 1 }],
            spans,
          },
        ],
  );
}

/** The chapters in which a place is passed. */
function chaptersOf(passages: Passages, fault: Failpoint): number[] {
  return passages.flatMap((passed, chapter) => (passed.has(placeOf(fault)) ? [chapter] : []));
}

/** Failpoints that no life passes by itself: the story has to lead there, or no fault can strike there. */
export function neverPassed(passages: Passages): Failpoint[] {
  return [...deaths, ...errors, ...stalls].filter((fault) => chaptersOf(passages, fault).length === 0);
}

/** Each failpoint once, in any of the chapters that pass its place. */
export function firsts(passages: Passages): Wish[] {
  return [...deaths, ...errors, ...stalls].map((fault) => ({
    kind: kindOf(fault),
    faults: [{ ...fault, nth: 1 }],
    spans: chaptersOf(passages, fault).map((chapter) => ({ from: chapter, until: chapter })),
  }));
}

/**
 * Every two deaths, the same one twice too: the second strikes the next time that its place is passed, which is in the
 * same chapter where there is one that passes both.
 */
export function pairs(passages: Passages): Wish[] {
  const where = deaths.map((fault) => chaptersOf(passages, fault));
  return deaths.flatMap((first, n) =>
    deaths.slice(n).map((second, m) => ({
      kind: 'pair' as const,
      faults: [
        { ...first, nth: 1 },
        { ...second, nth: 1 },
      ],
      spans: spansOf(where[n] ?? [], where[n + m] ?? []),
    })),
  );
}

function spansOf(some: readonly number[], others: readonly number[]): Span[] {
  const both = some.filter((chapter) => others.includes(chapter));
  if (both.length > 0) return both.map((chapter) => ({ from: chapter, until: chapter }));
  const spans = some.flatMap((one) =>
    others.map((other) => ({ from: Math.min(one, other), until: Math.max(one, other) })),
  );
  const short = spans.sort((a, b) => lengthOf(a) - lengthOf(b));
  return short.filter(({ from }, n) => short.findIndex((span) => span.from === from) === n);
}

export const lengthOf = ({ from, until }: Span): number => until - from + 1;

/** A case in words, which is all that is needed to live it again. */
export function titleOf({ faults, span }: Case): string {
  const chapter: Chapter | undefined = chapters[span.from];
  return `${faults.map((fault) => `${nameOf(fault)} #${fault.nth}`).join(' + ')} in ${chapter?.title}`;
}

/** Some of many, spread over all of them, others with another seed. */
export function some<T>(all: readonly T[], count: number, seed: number): T[] {
  const step = Math.max(1, Math.floor(all.length / count));
  const from = seed % step;
  return all.filter((_, n) => n % step === from).slice(0, count);
}
