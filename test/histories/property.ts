import { expect } from '@jest/globals';
import fc from 'fast-check';
import { histories } from './history.ts';
import { play } from './play.ts';

/**
 * Plays so many histories, others for each `part`. A failure prints the seed, and the shortest history that fails the
 * same way.
 */
export async function playAll(numRuns: number, part = 0): Promise<void> {
  const seed = Number(process.env['HISTORIES_SEED'] ?? 20261122) + part;
  const property = fc.asyncProperty(histories(), async (history) => {
    expect(await play(history)).toEqual([]);
  });
  await fc.assert(property, { numRuns, seed });
}
