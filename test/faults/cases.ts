import { deaths, errors, type Failpoint, nameOf, stalls } from './failpoints.ts';
import type { Armed } from './sandbox.ts';

/** One life to be lived: what is to strike in it. */
export type Case =
  | { kind: 'single' | 'error' | 'stall' | 'pair'; faults: readonly Armed[] }
  | { kind: 'random'; seed: number; steps: number };
type FaultCase = Extract<Case, { faults: unknown }>;

/** A place that is passed more often than this is not struck at every time: the schedule looks at each minute. */
const mostTimes = 60;

function once(fault: Failpoint): Armed {
  return { ...fault, nth: 1 };
}

/** Each failpoint at each time that a life without faults passes it. */
export function singles(passed: ReadonlyMap<string, number>, failpoints = deaths): FaultCase[] {
  return failpoints.flatMap((fault) => {
    const times = Math.min(mostTimes, passed.get(`${fault.fn} ${fault.at}`) ?? 0);
    const kind = kindOf(fault);
    return Array.from({ length: times }, (_, n) => ({ kind, faults: [{ ...fault, nth: n + 1 }] }));
  });
}

function kindOf(fault: Failpoint): FaultCase['kind'] {
  if (fault.moment === 'stalled') return 'stall';
  return deaths.includes(fault) ? 'single' : 'error';
}

/** As `singles`, of the worker's freezings. */
export function stallSingles(passed: ReadonlyMap<string, number>): Case[] {
  return singles(passed, stalls);
}

/** As `singles`, of the errors that a living process meets. */
export function errorSingles(passed: ReadonlyMap<string, number>): Case[] {
  return singles(passed, errors);
}

/** Each refused call, and death at the next one to the same place: that is where it would be tried again. */
export function refusedThenDead(passed: ReadonlyMap<string, number>): Case[] {
  const refusals = errors.filter(({ moment }) => moment === 'refused');
  return singles(passed, refusals).flatMap(({ faults: [refused] }) =>
    refused === undefined
      ? []
      : [
          {
            kind: 'pair' as const,
            faults: [refused, { ...refused, moment: 'before' as const, nth: refused.nth + 1 }],
          },
        ],
  );
}

/** Each failpoint once, at the first time that its place is passed. */
export function firsts(): Case[] {
  return [
    ...deaths.map((fault) => ({ kind: 'single' as const, faults: [once(fault)] })),
    ...errors.map((fault) => ({ kind: 'error' as const, faults: [once(fault)] })),
    ...stalls.map((fault) => ({ kind: 'stall' as const, faults: [once(fault)] })),
  ];
}

/** Every two deaths, the same one twice too: the second strikes the next time that its place is passed. */
export function pairs(): Case[] {
  return deaths.flatMap((first, n) =>
    deaths.slice(n).map((second) => ({ kind: 'pair' as const, faults: [once(first), once(second)] })),
  );
}

/** Some of many, spread over all of them, others with another seed. */
export function some<T>(all: readonly T[], count: number, seed: number): T[] {
  const step = Math.max(1, Math.floor(all.length / count));
  const from = seed % step;
  return all.filter((_, n) => n % step === from).slice(0, count);
}

/** Random lives, each of a seed of its own. */
export function randoms(from: number, count: number, steps: number): Case[] {
  return Array.from({ length: count }, (_, n) => ({ kind: 'random' as const, seed: from + n, steps }));
}

/** A case in words, which is all that is needed to live it again. */
export function titleOf(one: Case): string {
  if (one.kind === 'random') return `random life of seed ${one.seed}, ${one.steps} steps`;
  return one.faults.map((fault) => `${nameOf(fault)} #${fault.nth}`).join(' + ');
}
