import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Problem } from '../../../src/domain/problem.ts';
import { parseOrderBy, parseQuery } from '../../../src/domain/query.ts';

// A reading of the grammar that shares nothing with the parser: queries are made as trees, written down as text, and
// each tree is answered by plain JavaScript.

type Row = { text: string; number: number; day: string; flag?: boolean; inner?: { text: string } };
type Tree = { text: string; holds: (row: Row) => boolean };

const words = ['a', 'b', 'ab', 'a b', 'é', 'A&B', '10', 'x|y'];
const days = ['2026-01-01', '2026-02-28', '2026-12-31'];
const numbers = [-1.5, 0, 3, 10, 100000];

const row: fc.Arbitrary<Row> = fc.record(
  {
    text: fc.constantFrom(...words),
    number: fc.constantFrom(...numbers),
    day: fc.constantFrom(...days.map((day) => `${day}T00:00:00`)),
    flag: fc.boolean(),
    inner: fc.record({ text: fc.constantFrom(...words) }),
  },
  { requiredKeys: ['text', 'number', 'day'] },
);

const numeric: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
};
const textual: Record<string, (a: string | undefined, b: string) => boolean> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '~': (a, b) => a?.includes(b) ?? false,
};

const space = fc.constantFrom('', ' ', '  ');
const written = (path: string, operator: string, value: string) =>
  fc.tuple(space, space).map(([before, after]) => `${path}${before}${operator}${after}${value}`);

/** A value as a query writes it and as JavaScript compares it. */
type Asked<V> = { written: string; value: V };
const asWritten = <V>(values: readonly V[]): Asked<V>[] =>
  values.map((value) => ({ written: String(value), value }));

function comparison<V, H>(
  path: string,
  table: Record<string, (held: H, asked: V) => boolean>,
  values: readonly Asked<V>[],
  read: (row: Row) => H,
): fc.Arbitrary<Tree> {
  return fc
    .tuple(fc.constantFrom(...Object.keys(table)), fc.constantFrom(...values))
    .chain(([operator, asked]) =>
      written(path, operator, asked.written).map((text) => ({
        text,
        holds: (row: Row) => table[operator]?.(read(row), asked.value) ?? false,
      })),
    );
}

const askedDays = days.map((day) => ({ written: day, value: Date.parse(`${day}T00:00:00Z`) }));
const truth: Record<string, (a: boolean | undefined, b: boolean) => boolean> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

const leaf: fc.Arbitrary<Tree> = fc.oneof(
  comparison('text', textual, asWritten(words), (row) => row.text),
  comparison('inner.text', textual, asWritten(words), (row) => row.inner?.text),
  comparison('number', numeric, asWritten(numbers), (row) => row.number),
  comparison('day', numeric, askedDays, (row) => Date.parse(`${row.day}Z`)),
  comparison('flag', truth, asWritten([true, false]), (row) => row.flag),
);

const { tree } = fc.letrec<{ tree: Tree; joined: Tree; unit: Tree }>((tie) => ({
  /** What may stand beside && without braces. */
  unit: fc.oneof(
    { maxDepth: 4 },
    leaf,
    tie('tree').map(({ text, holds }) => ({ text: `{${text}}`, holds })),
  ),
  joined: fc.array(tie('unit'), { minLength: 1, maxLength: 3 }).map((parts) => ({
    text: parts.map(({ text }) => text).join('&&'),
    holds: (row: Row) => parts.every(({ holds }) => holds(row)),
  })),
  tree: fc.array(tie('joined'), { minLength: 1, maxLength: 3 }).map((parts) => ({
    text: parts.map(({ text }) => text).join(' || '),
    holds: (row: Row) => parts.some(({ holds }) => holds(row)),
  })),
}));

describe('a query', () => {
  it('finds what a plain reading of it finds', () => {
    fc.assert(
      fc.property(
        tree.filter(({ text }) => text.length < 2048),
        fc.array(row, { minLength: 1, maxLength: 20 }),
        ({ text, holds }, rows) => {
          expect(rows.filter(parseQuery(text))).toEqual(rows.filter(holds));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is read or refused in words, whatever it is made of', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom('a', '.', '=', '!=', '~', '>', '<=', '&&', '||', '{', '}', '%3D', ' ', '-'),
        fc.string(),
      ),
    );
    fc.assert(
      fc.property(pieces, row, (parts, row) => {
        try {
          parseQuery(parts.join(''))(row);
          parseOrderBy(parts.join(''))(row, row);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(Problem);
          expect(thrown).toMatchObject({ kind: 'invalid' });
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an order', () => {
  const field = fc.constantFrom('text', 'number', 'day', 'flag', 'inner.text');

  it('sorts any rows the same whatever order they came in, ties aside', () => {
    fc.assert(
      fc.property(field, fc.array(row), (name, rows) => {
        const compare = parseOrderBy(name);
        const sorted = rows.toSorted(compare);
        for (let index = 1; index < sorted.length; index += 1) {
          expect(compare(sorted[index - 1], sorted[index])).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  it('puts dates in the order of their moments, in whatever forms they are written', () => {
    const two = (from: number, to: number) =>
      fc.integer({ min: from, max: to }).map((number) => String(number).padStart(2, '0'));
    const fraction = fc.constantFrom('', '.1', '.12', '.05');
    const seconds = fc.tuple(two(0, 2), fraction).map((parts) => parts.join(''));
    const zone = fc.constantFrom('', 'Z', '+00:00', '-01:00', '-02:00');
    const moment = fc
      .tuple(two(1, 1), two(0, 1), seconds, zone)
      .map(([day, hour, second, zone]) => ({ text: `2026-03-${day}T${hour}:00:${second}${zone}`, zone }));
    const millis = ({ text, zone }: { text: string; zone: string }) => Date.parse(zone ? text : `${text}Z`);

    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const order = parseOrderBy('at')({ at: a.text }, { at: b.text });
        expect(Math.sign(order)).toBe(Math.sign(millis(a) - millis(b)));
      }),
      { numRuns: 5000 },
    );
  });

  it('is turned round by -', () => {
    fc.assert(
      fc.property(field, row, row, (name, a, b) => {
        expect(Math.sign(parseOrderBy(`-${name}`)(a, b))).toBe(Math.sign(parseOrderBy(name)(b, a)));
      }),
    );
  });
});
