import { describe, expect, it } from '@jest/globals';
import { packLines, unpackLines } from '../../../src/books/segment.ts';

const linesOf = (count: number) =>
  Array.from({ length: count }, (_, n) => JSON.stringify({ id: `${n}`, digest: `${n * 7_919}`.repeat(9) }));

describe('packed lines', () => {
  // Packed at once, packed by another thread, and unpacked by one.
  it.each([1, 40, 2_000, 40_000])(
    'come back as they were, and give the same bytes again: %d',
    async (count) => {
      const lines = linesOf(count);

      const bytes = await packLines(lines);

      expect(await unpackLines(bytes)).toEqual(lines);
      expect(await packLines(lines)).toEqual(bytes);
    },
  );
});
