// The wire's own types. A row is exactly the JSON object FreshBooks would send, kept whole and never changed in
// place: a change makes a new row, so that a row's text can be remembered.

export type Json = null | boolean | number | string | readonly Json[] | Row;
export type Row = { readonly [field: string]: Json };

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parses JSON text; throws SyntaxError as JSON.parse does. */
export const parseJson = (text: string): Json => JSON.parse(text);

/** A field as text; a missing or null field is the empty text. */
export const textOf = (row: Row, field: string): string => {
  const value = row[field];
  return value === null || value === undefined ? '' : String(value);
};

/** A field as a number; a missing or null field is 0. */
export const numberOf = (row: Row, field: string): number => {
  const value = Number(row[field] ?? 0);
  return Number.isFinite(value) ? value : 0;
};

/** A field that is a list of objects; anything else is an empty list. */
export const rowsOf = (row: Row, field: string): readonly Row[] => {
  const value = row[field];
  return Array.isArray(value) ? value.filter(isRow) : [];
};

/** The amount text of a money field ({ amount, code }, §3.6); '0' where there is none. */
export const amountOf = (row: Row, field: string): string => {
  const value = row[field];
  return isRow(value) ? textOf(value, 'amount') || '0' : '0';
};

export const without = (row: Row, ...fields: readonly string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([field]) => !fields.includes(field)));
