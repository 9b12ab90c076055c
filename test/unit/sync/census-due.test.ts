import { describe, expect, it } from '@jest/globals';
import { censusDue } from '../../../src/app/sync/census-due.ts';
import type { ResourceState } from '../../../src/domain/dataset.ts';

const day = 86_400;
const at = (seconds: number): string => new Date(Date.UTC(2026, 5, 1) + seconds * 1000).toISOString();

function state(
  more: Partial<ResourceState> = {},
  proof: { sourceTotal?: number; held?: number; hiddenRows?: number } = {},
): ResourceState {
  return {
    cursor: '2026-05-31',
    compared: { at: at(0), beyond: 0, hidden: 0, sure: true },
    proof: {
      at: at(0),
      complete: true,
      pages: 1,
      rowsRead: 5,
      sourceTotal: 5,
      hiddenRows: 0,
      held: 5,
      deleted: 0,
      digest: '',
      warnings: [],
      ...proof,
    },
    ...more,
  };
}

/** The day on which each of so many resources is compared first. */
const firstDays = Array.from({ length: 60 }, (_, n) =>
  Array.from({ length: 9 }, (__, days) => days).find((days) => censusDue(state(), `c ${n}`, at(days * day))),
);

describe('comparing a resource whole', () => {
  it('falls due within a week for each, and not on one day for all', () => {
    expect(Math.max(...firstDays.map((days) => days ?? 99))).toBeLessThanOrEqual(7);
    expect(new Set(firstDays).size).toBeGreaterThan(4);
  });

  it('falls due again a week later, and not before', () => {
    const first = firstDays[0] ?? 0;
    const compared = { compared: { at: at(first * day), beyond: 0, hidden: 0, sure: true } };

    expect(censusDue(state(compared), 'c 0', at((first + 6) * day))).toBe(false);
    expect(censusDue(state(compared), 'c 0', at((first + 7) * day))).toBe(true);
  });

  it('falls due again at once after one that found other rows hidden than the one before', () => {
    expect(
      censusDue(state({ compared: { at: at(0), beyond: 2, hidden: 2, sure: false } }), 'c', at(60)),
    ).toBe(true);
  });

  it('is not to be done before a first read has ended', () => {
    expect(censusDue(undefined, 'c', at(99 * day))).toBe(false);
    expect(censusDue({}, 'c', at(99 * day))).toBe(false);
  });

  it.each([
    ['FreshBooks counts another number of rows beyond ours than it did', { sourceTotal: 6 }, true],
    ['more rows were hidden from us', { hiddenRows: 1 }, true],
    ['as many rows came to both', { sourceTotal: 6, held: 6 }, false],
  ])('when %s: %j is %s at once', (_, proof, due) => {
    expect(censusDue(state({}, proof), 'c', at(60))).toBe(due);
  });
});
