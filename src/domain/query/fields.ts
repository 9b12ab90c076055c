import { Problem } from '../problem.ts';
import { dateMillis } from './dates.ts';
import { malformed, type Operator, type Query } from './syntax.ts';
import { numberOf } from './values.ts';

/**
 * The kinds of property a query may name. `list` and `map` exist in the record and cannot be asked for; properties
 * inside an object have paths of their own (`metadata.isDeleted`).
 */
export type FieldKind = 'text' | 'number' | 'date' | 'boolean' | 'list' | 'map' | 'object';

/** Every property of a record by its path; closed: what is not here is unknown. */
export type Fields = Readonly<Record<string, FieldKind>>;

const ordered: readonly Operator[] = ['=', '!=', '>', '<', '>=', '<='];

type Scalar = { operators: readonly Operator[]; reads: (value: string) => boolean; says: string };

const scalars = {
  text: { operators: ['=', '!=', '~'], reads: () => true, says: 'text' },
  number: { operators: ordered, reads: (value) => numberOf(value) !== undefined, says: 'a number' },
  date: {
    operators: ordered,
    reads: (value) => dateMillis(value) !== undefined,
    says: 'a date (YYYY-MM-DD or an ISO time)',
  },
  boolean: {
    operators: ['=', '!='],
    reads: (value) => /^(true|false)$/i.test(value),
    says: 'true or false',
  },
} as const satisfies Partial<Record<FieldKind, Scalar>>;

const reasons = {
  list: 'is a list, and a query cannot look into lists',
  map: 'holds names of its own, which a query cannot look into',
  object: 'is an object; name one of its properties',
} as const satisfies Partial<Record<FieldKind, string>>;

/** Refuses a query that names an unknown property or compares one in a way that makes no sense for it. */
export function checkQuery(query: Query, fields: Fields): void {
  if (query.kind !== 'compare') {
    for (const part of query.of) checkQuery(part, fields);
    return;
  }
  const { name, kind } = scalarField(query.path, fields);
  const { operators, reads, says }: Scalar = scalars[kind];
  if (!operators.includes(query.operator)) {
    throw malformed(`"${name}" can be compared with ${operators.join(' ')}, not with ${query.operator}.`);
  }
  if (!reads(query.value))
    throw malformed(`"${name}" is compared with "${query.value}", which is not ${says}.`);
}

/** Refuses an order by an unknown property or one that has no order. */
export function checkOrder(path: readonly string[], fields: Fields): void {
  scalarField(path, fields);
}

function scalarField(path: readonly string[], fields: Fields): { name: string; kind: keyof typeof scalars } {
  const name = path.join('.');
  const kind = Object.hasOwn(fields, name) ? fields[name] : kindOfParent(path, fields);
  if (kind === undefined) {
    const known = Object.keys(fields).filter((field) => !field.includes('.'));
    throw new Problem(
      'invalid',
      `Error parsing query - Could not resolve property ${name}. Known properties are ${known.join(', ')}.`,
    );
  }
  if (kind === 'list' || kind === 'map' || kind === 'object') throw malformed(`"${name}" ${reasons[kind]}.`);
  return { name, kind };
}

/** `lineItems.quantity` is refused because lineItems is a list, which says more than "unknown". */
function kindOfParent(path: readonly string[], fields: Fields): 'list' | 'map' | undefined {
  for (let length = path.length - 1; length > 0; length -= 1) {
    const kind = fields[path.slice(0, length).join('.')];
    if (kind === 'list' || kind === 'map') return kind;
  }
  return undefined;
}
