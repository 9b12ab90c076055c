import fc from 'fast-check';
import { rawNames, typeNames } from './books.ts';

/**
 * What people do in the books. `kind` and `pick` choose what it is done to among the kinds that matter to what is read,
 * and among the rows it can be done to, whatever their number.
 */
export type Edit = {
  do: 'insert' | 'change' | 'delete' | 'undelete' | 'archive' | 'unarchive' | 'downgrade' | 'promote';
  kind: number;
  pick: number;
};

/** Something that happens before the nth request of a run is let through. */
type Happening = { request: number; edits: readonly Edit[]; seconds: number; late: boolean };
/** One worker's turn, when it begins, and what happens in the middle of it. */
export type Turn = {
  begins: Beginning;
  /** How far the worker's clock is from FreshBooks', in seconds. */
  skew: number;
  /** Seconds until the worker's deadline: each request takes one. */
  patience: number;
  meanwhile: readonly Happening[];
  after: readonly Edit[];
};
/** A while after the turn before, or so many seconds before New York's next midnight or next change of clocks. */
type Beginning = { kind: 'later' | 'midnight' | 'clock-change'; hours: number; seconds: number };

export type History = {
  /** The data types that are read. */
  types: readonly string[];
  /** Of the resources that no data type is made of, those that are read. */
  rawOnly: readonly string[];
  start: string;
  /** Rows in a page: 100 as it was asked for, or fewer, as a FreshBooks that gives what it likes. */
  perPage: number;
  /** Rows of each kind that are made before the first turn. */
  extra: number;
  /** Rows that our person may not see until the end. */
  hidden: number;
  switches: Record<string, string>;
  /** What was done before the first turn: there are deleted and archived rows then. */
  before: readonly Edit[];
  turns: readonly Turn[];
  /** Whether a week passes in the end, after which even what nothing told of is right. */
  week: boolean;
};

/** Moving rows across pages is what a reader stumbles over: inserts, deletions and restorings come most. */
const edit: fc.Arbitrary<Edit> = fc.record({
  do: fc.oneof(
    { weight: 3, arbitrary: fc.constant('insert' as const) },
    { weight: 3, arbitrary: fc.constant('change' as const) },
    { weight: 4, arbitrary: fc.constant('delete' as const) },
    { weight: 3, arbitrary: fc.constant('undelete' as const) },
    { weight: 2, arbitrary: fc.constantFrom('archive' as const, 'unarchive' as const) },
    { weight: 1, arbitrary: fc.constantFrom('downgrade' as const, 'promote' as const) },
  ),
  kind: fc.nat({ max: 59 }),
  pick: fc.nat({ max: 9999 }),
});

const happening = fc.record({
  request: fc.nat({ max: 40 }),
  edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
  seconds: fc.constantFrom(0, 0, 1, 15),
  late: fc.boolean(),
});

const turn: fc.Arbitrary<Turn> = fc.record({
  begins: fc.record({
    kind: fc.constantFrom('later' as const, 'midnight' as const, 'clock-change' as const),
    hours: fc.constantFrom(2, 5, 26, 24 * 9),
    seconds: fc.nat({ max: 30 }),
  }),
  skew: fc.integer({ min: -600, max: 600 }),
  patience: fc.constantFrom(900, 900, 900, 25, 9),
  meanwhile: fc.array(happening, { maxLength: 8 }),
  after: fc.array(edit, { maxLength: 3 }),
});

const played = (name: string, ...values: string[]) => fc.record({ [name]: fc.constantFrom(...values) });
const bumps = ['bumped', 'kept', 'after-reply'];
const filters = ['honoured', 'ignored'];
/** All that matter to a reader. */
const switches = fc
  .tuple(
    played('updated-filter.clients', ...filters),
    played('updated-filter.invoices', ...filters),
    played('updated-filter.payments', ...filters),
    played('updated-filter.expenses', ...filters),
    played('updated-filter.taxes', ...filters),
    played('updated-filter.others', ...filters),
    played('delete-bumps-updated.clients', ...bumps),
    played('delete-bumps-updated.invoices', ...bumps),
    played('delete-bumps-updated.payments', ...bumps),
    played('delete-bumps-updated.expenses', ...bumps),
    played('payment-delete-touches-invoice', 'touched', 'quiet'),
    played('invoice-lines-on-put', 'replaced', 'merged'),
    played('bill-lines', 'asked', 'always'),
    played('default-list', 'active-and-archived', 'active-only'),
    played('total-counts-hidden', 'counted', 'left'),
  )
  .map((parts) => Object.assign({}, ...parts));

/** Whatever can happen to books and their sync. Few of them have books of more than a page of a hundred, which take long to make. */
export function histories(): fc.Arbitrary<History> {
  const shape = fc.oneof(
    {
      weight: 39,
      arbitrary: fc.record({ perPage: fc.constantFrom(2, 3, 5, 8, 15), extra: fc.constantFrom(0, 3, 6) }),
    },
    { weight: 1, arbitrary: fc.record({ perPage: fc.constant(100), extra: fc.constantFrom(100, 200) }) },
  );
  // Few at once, so that what is done meets what is read: some types, or what no type is made of; sometimes everything.
  const some = (names: readonly string[], maxLength: number) =>
    fc.shuffledSubarray([...names], { minLength: 1, maxLength });
  const read = fc.oneof(
    { weight: 40, arbitrary: fc.record({ types: some(typeNames, 4), rawOnly: fc.constant<string[]>([]) }) },
    { weight: 29, arbitrary: fc.record({ types: fc.constant(['company']), rawOnly: some(rawNames, 3) }) },
    { weight: 1, arbitrary: fc.constant({ types: [...typeNames], rawOnly: [...rawNames] }) },
  );
  const rest = fc.record({
    start: fc.constantFrom('2026-10-31T20:00:00Z', '2027-03-13T20:00:00Z', '2027-07-01T12:00:00Z'),
    hidden: fc.constantFrom(0, 0, 0, 2),
    switches,
    before: fc.array(edit, { maxLength: 12 }),
    turns: fc.array(turn, { minLength: 1, maxLength: 3 }),
    week: fc.boolean(),
  });
  return fc.tuple(shape, read, rest).map(([one, two, other]) => ({ ...one, ...two, ...other }));
}
