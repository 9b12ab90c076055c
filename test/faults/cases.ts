import { deaths, errors, type Failpoint, nameOf } from './failpoints.ts';
import type { Armed } from './sandbox.ts';

/** One life to be lived: what is to strike in it. */
export type Case = { kind: 'single' | 'error' | 'pair'; faults: readonly Armed[] };

/** A place that is passed more often than this is not struck at every time: the schedule looks at each minute. */
const mostTimes = 60;

function once(fault: Failpoint): Armed {
  return { ...fault, nth: 1 };
}

/** Each failpoint at each time that a life without faults passes it. */
export function singles(passed: ReadonlyMap<string, number>, failpoints = deaths): Case[] {
  return failpoints.flatMap((fault) => {
    const times = Math.min(mostTimes, passed.get(`${fault.fn} ${fault.at}`) ?? 0);
    const kind = deaths.includes(fault) ? ('single' as const) : ('error' as const);
    return Array.from({ length: times }, (_, n) => ({ kind, faults: [{ ...fault, nth: n + 1 }] }));
  });
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

/** A case in words, which is all that is needed to live it again. */
export function titleOf({ faults }: Case): string {
  return faults.map((fault) => `${nameOf(fault)} #${fault.nth}`).join(' + ');
}
