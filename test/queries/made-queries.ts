import fc from 'fast-check';
import { asked, kinds } from './invoices.ts';
import type { Kind } from './plain-reading.ts';

const operators = ['=', '!=', '~', '>', '<', '>=', '<='];
const space = fc.constantFrom('', '', ' ', '  ');

/** Mostly a value of the property's kind, sometimes of another: then it is refused. */
function valueFor(kind: Kind): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...asked[kind]) },
    { weight: 1, arbitrary: fc.constantFrom(...Object.values(asked).flat(), 'null', '', '{', 'a=b') },
  );
}

const comparison = fc.constantFrom(...Object.entries(kinds)).chain(([path, kind]) =>
  fc
    .tuple(
      fc.oneof(
        {
          weight: 9,
          arbitrary: fc.constantFrom(...(kind === 'text' ? operators.slice(0, 3) : ['=', '!=', '>', '<='])),
        },
        { weight: 1, arbitrary: fc.constantFrom(...operators) },
      ),
      valueFor(kind),
      space,
      space,
    )
    .map(([operator, value, before, after]) => `${path}${before}${operator}${after}${value}`),
);

/** Queries as callers write them, here and there with a fault. */
export const madeQuery: fc.Arbitrary<string> = fc.letrec<{ part: string; both: string; query: string }>(
  (tie) => ({
    part: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      comparison,
      tie('query').map((inner) => `{${inner}}`),
    ),
    both: fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' && ')),
    query: fc.array(tie('both'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('||')),
  }),
).query;

/** Texts of the language's own pieces in any order: most are refused, and the two readings have to agree which. */
export const pieces: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'status',
        'totalAmount',
        'customerRef.id',
        '.',
        '=',
        '!=',
        '!',
        '~',
        '>',
        '<=',
        '&&',
        '&',
      ),
      fc.constantFrom('||', '|', '{', '}', '%3D', '%', ' ', 'Paid', '10', '2025-01-01', 'null', '\n', 'é'),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
