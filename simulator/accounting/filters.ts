import { Big } from 'big.js';
import { amountOf, numberOf, type Row, textOf } from '../json.ts';
import type { Plays } from '../switches.ts';
import { Refusal } from './refusal.ts';

export type Test = (row: Row) => boolean;

/**
 * A known `search[...]` key (§3.3): whether it takes one value or a list, when it is honoured, and the test it makes.
 * `make` throws a Refusal for a malformed value.
 */
export type Filter = {
  readonly takes: 'one' | 'list';
  readonly known?: (plays: Plays) => boolean;
  readonly make: (values: readonly string[], key: string, plays: Plays) => Test;
};

const malformed = (errno: number, key: string, value: string, wanted: string): Refusal =>
  new Refusal(422, {
    errno,
    field: key,
    object: null,
    value,
    message: `Invalid value for filter '${key}': ${wanted}.`,
  });

const wholeNumber = (value: string, key: string): number => {
  if (!/^-?\d+$/.test(value)) throw malformed(1024, key, value, 'expecting a number');
  return Number(value);
};

const day = (value: string, key: string): string => {
  const date = value.slice(0, 10);
  const good = /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date));
  if (!good) throw malformed(1023, key, value, 'expecting YYYY-MM-DD');
  return date;
};

const one = (make: (value: string, key: string, plays: Plays) => Test): Filter => ({
  takes: 'one',
  make: ([value = ''], key, plays) => make(value, key, plays),
});

export const equalsNumber = (field: string): Filter =>
  one((value, key) => {
    const wanted = wholeNumber(value, key);
    return (row) => numberOf(row, field) === wanted;
  });

export const equalsText = (field: string): Filter =>
  one((value) => {
    const wanted = value.toLowerCase();
    return (row) => textOf(row, field).toLowerCase() === wanted;
  });

/** Substring match, whatever the case, in any of the fields. */
export const like = (...fields: readonly string[]): Filter =>
  one((value) => {
    const wanted = value.toLowerCase();
    return (row) => fields.some((field) => textOf(row, field).toLowerCase().includes(wanted));
  });

/** `search[ids][]=1&search[ids][]=2` */
export const numberIn = (field: string): Filter => ({
  takes: 'list',
  make: (values, key) => {
    const wanted = new Set(values.map((value) => wholeNumber(value, key)));
    return (row) => wanted.has(numberOf(row, field));
  },
});

/** `search[statuses][]=paid&search[statuses][]=partial` */
export const textIn = (field: string): Filter => ({
  takes: 'list',
  make: (values) => {
    const wanted = new Set(values.map((value) => value.toLowerCase()));
    return (row) => wanted.has(textOf(row, field).toLowerCase());
  },
});

/** Booleans are read whatever their case: the Python client sends `False` (§7 no. 32). */
export const yes = (holds: Test): Filter =>
  one((value, key) => {
    const wanted = { true: true, false: false, '1': true, '0': false }[value.toLowerCase()];
    if (wanted === undefined) throw malformed(1032, key, value, 'expecting a boolean');
    return (row) => holds(row) === wanted;
  });

const below = (shown: number, plays: Plays): boolean =>
  shown < 0 || (shown === 0 && plays('max-filter', 'inclusive'));

/** `<name>_min` (inclusive) and `<name>_max` (below) on a date column. */
export const dayBetween = (name: string, field: string): Record<string, Filter> => ({
  [`${name}_min`]: one((value, key) => {
    const from = day(value, key);
    return (row) => textOf(row, field).slice(0, 10) >= from;
  }),
  [`${name}_max`]: one((value, key, plays) => {
    const to = day(value, key);
    return (row) => below(textOf(row, field).slice(0, 10).localeCompare(to), plays);
  }),
});

/** As dayBetween on `updated`: by day only (§3.3), and honoured or not as the resource's switch says. */
export const updatedBetween = (known: (plays: Plays) => boolean): Record<string, Filter> =>
  Object.fromEntries(
    Object.entries(dayBetween('updated', 'updated')).map(([name, filter]) => [
      name,
      {
        takes: 'one',
        known,
        make: (values, key, plays) => {
          const [value = ''] = values;
          if (value.length > 10 && plays('updated-filter-time', 'error')) {
            throw malformed(1023, key, value, 'expecting YYYY-MM-DD');
          }
          return filter.make(values, key, plays);
        },
      } satisfies Filter,
    ]),
  );

const amount = (value: string, key: string): Big => {
  if (!/^-?\d+(\.\d+)?$/.test(value)) throw malformed(1024, key, value, 'expecting a number');
  return new Big(value);
};

export const amountBetween = (name: string, field: string): Record<string, Filter> => ({
  [`${name}_min`]: one((value, key) => {
    const from = amount(value, key);
    return (row) => new Big(amountOf(row, field)).gte(from);
  }),
  [`${name}_max`]: one((value, key, plays) => {
    const to = amount(value, key);
    return (row) => below(new Big(amountOf(row, field)).cmp(to), plays);
  }),
});

/** The same filters, known only while a switch says so. */
export const onlyIf = (
  known: (plays: Plays) => boolean,
  filters: Record<string, Filter>,
): Record<string, Filter> =>
  Object.fromEntries(Object.entries(filters).map(([name, filter]) => [name, { ...filter, known }]));
