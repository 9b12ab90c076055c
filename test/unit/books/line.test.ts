import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalHash } from '../../../src/books/canonical-hash.ts';
import { compareIds } from '../../../src/books/compare-ids.ts';
import { bodyOf, decodeLine, encodeLine } from '../../../src/books/line.ts';
import { SetDigest } from '../../../src/books/set-digest.ts';

const line = fc.record(
  {
    id: fc.string({ minLength: 1, unit: 'binary' }),
    hash: fc.string(),
    deleted: fc.boolean(),
    modified: fc.string(),
    change: fc.record({ part: fc.string(), nth: fc.nat() }),
    body: fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value)),
  },
  { requiredKeys: ['id', 'hash', 'deleted', 'body'] },
);

describe('a line of a segment', () => {
  it('is read as it was written, whatever is in it', () => {
    fc.assert(
      fc.property(line, (written) => {
        expect(decodeLine(encodeLine(written))).toEqual(written);
      }),
    );
  });

  it('is plain JSON for anybody else', () => {
    const written = { id: '7', hash: 'h', deleted: false, modified: '2026-03-02', body: '{"a":1}' };

    expect(JSON.parse(encodeLine(written))).toEqual({
      id: '7',
      h: 'h',
      d: false,
      m: '2026-03-02',
      r: { a: 1 },
    });
    const change = { part: '12-0', nth: 3 };
    expect(JSON.parse(encodeLine({ ...written, change }))).toMatchObject({ c: '12-0', n: 3, r: { a: 1 } });
  });

  it.each(['', '{}', '{"id":"1","h":"x","d":false}', '{"id":"1","h":"x","d":false,"r":{"a":1}'])(
    'that is not one is refused: %s',
    (text) => {
      expect(() => bodyOf(decodeLine(text))).toThrow();
    },
  );
});

it('puts ids in the order of their numbers', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), (numbers) => {
      const ids = numbers.map(String).sort(compareIds);
      expect(ids.map(Number)).toEqual([...numbers].sort((a, b) => a - b));
    }),
  );
});

describe('the digest of a set of rows', () => {
  const rows = fc.uniqueArray(line, { selector: (row) => row.id, minLength: 1 });
  const digestOf = (of: readonly { id: string; hash: string; deleted: boolean }[]): string => {
    const digest = new SetDigest();
    for (const row of of) digest.add(row);
    return digest.text();
  };

  it('does not depend on their order or on how they are cut', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (set, cut) => {
        const parts = new SetDigest();
        parts.addDigest(digestOf(set.slice(0, cut)));
        parts.addDigest(digestOf(set.slice(cut)));
        expect(digestOf(set.toReversed())).toBe(digestOf(set));
        expect(parts.text()).toBe(digestOf(set));
      }),
    );
  });

  it('depends on every row', () => {
    fc.assert(
      fc.property(rows, ([first, ...rest]) => {
        if (first === undefined) return;
        const all = digestOf([first, ...rest]);
        expect(digestOf(rest)).not.toBe(all);
        expect(digestOf([{ ...first, deleted: !first.deleted }, ...rest])).not.toBe(all);
      }),
    );
  });
});

it('gives the same content the same hash, and other content another', () => {
  expect(canonicalHash({ a: 1, b: { c: [1, null], d: 'x' } })).toBe(
    canonicalHash({ b: { d: 'x', c: [1, null] }, a: 1, e: undefined }),
  );
  expect(canonicalHash({ a: [1, 2] })).not.toBe(canonicalHash({ a: [2, 1] }));
  expect(canonicalHash({ a: '1' })).not.toBe(canonicalHash({ a: 1 }));
});
