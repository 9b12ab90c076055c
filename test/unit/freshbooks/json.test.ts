import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalHash, canonicalJson } from '../../../src/freshbooks/canonical-json.ts';
import { parseJson } from '../../../src/freshbooks/parse-json.ts';

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, shuffled(item)]),
  );
}

describe('canonical JSON', () => {
  it('is the same whatever the order of keys, at any depth', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('means the same as what it was made of', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('keeps the order of lists, and so does its hash', () => {
    expect(canonicalHash([1, 2])).not.toBe(canonicalHash([2, 1]));
  });
});

describe('JSON of another’s making', () => {
  it.each(['{"a":1,"__proto__":{"admin":true}}', '{"a":1,"\\u005f_proto__":{"admin":true}}'])(
    'comes without a prototype to set: %s',
    (text) => {
      const parsed = parseJson(text);

      expect(Object.hasOwn(Object(parsed), '__proto__')).toBe(false);
      expect(Object.assign({}, parsed)).toEqual({ a: 1 });
    },
  );

  it('is otherwise what it says', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!text.includes('__proto__'));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('that is none is refused without a word of it', () => {
    expect(() => parseJson('{"email":"person@example.com",')).toThrow(/^not JSON$/);
  });
});
