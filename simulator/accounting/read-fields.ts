import { isRow, type Json, type Row } from '../json.ts';
import { Refusal } from './refusal.ts';

// What a written field must be (§4.3). `status` is the strict one: a number sent as text is refused (errno 1015),
// and only 0 to 3 may be written (§3A.2).
export type FieldKind =
  | 'text'
  | 'int'
  | 'status'
  | 'bool'
  | 'money'
  | 'percent'
  | 'decimal'
  | 'date'
  | 'any'
  | 'read-only';

type Reading = (value: Json) => Json | undefined;
type Rule = { errno: number; status: number; wanted: string; read: Reading };

const decimal = /^-?\d+(\.\d+)?$/;
const whole = /^-?\d+$/;
const day = /^\d{4}-\d{2}-\d{2}/;

const text: Reading = (value) =>
  value === null || typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

const int: Reading = (value) => {
  if (value === null || (typeof value === 'number' && Number.isInteger(value))) return value;
  return typeof value === 'string' && whole.test(value) ? Number(value) : undefined;
};

const decimalText: Reading = (value) => {
  if (value === null) return null;
  const shown = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return decimal.test(shown) ? shown : undefined;
};

const money: Reading = (value) => {
  if (value === null) return null;
  const amount = isRow(value) ? decimalText(value['amount'] ?? null) : undefined;
  if (!isRow(value) || typeof amount !== 'string') return undefined;
  return typeof value['code'] === 'string' ? { amount, code: value['code'] } : { amount };
};

const date: Reading = (value) => {
  if (value === null) return null;
  if (typeof value !== 'string' || !day.test(value) || Number.isNaN(Date.parse(value.slice(0, 10))))
    return undefined;
  return value.slice(0, 10);
};

const rules: Readonly<Record<FieldKind, Rule>> = {
  text: { errno: 1006, status: 422, wanted: 'Expecting a string', read: text },
  int: { errno: 1015, status: 422, wanted: 'Expecting a number', read: int },
  status: {
    errno: 1015,
    status: 422,
    wanted: 'Expecting a number from 0 to 3',
    read: (value) => (typeof value === 'number' && [0, 1, 2, 3].includes(value) ? value : undefined),
  },
  bool: {
    errno: 1031,
    status: 422,
    wanted: 'Expecting a boolean',
    read: (value) => (typeof value === 'boolean' ? value : undefined),
  },
  money: { errno: 1006, status: 422, wanted: 'Expecting an amount and a code', read: money },
  percent: {
    errno: 1018,
    status: 422,
    wanted: 'Expecting a percent',
    read: (value) => {
      const shown = decimalText(value);
      return typeof shown === 'string' && shown.startsWith('-') ? undefined : shown;
    },
  },
  decimal: { errno: 1015, status: 422, wanted: 'Expecting a number', read: decimalText },
  date: { errno: 1033, status: 422, wanted: 'Expecting YYYY-MM-DD', read: date },
  any: { errno: 1006, status: 422, wanted: 'Expecting a value', read: (value) => value },
  'read-only': { errno: 1038, status: 403, wanted: 'This field is read only', read: () => undefined },
};

/**
 * Reads the known fields of a written object; unknown keys are dropped, as FreshBooks drops them. Throws a Refusal
 * for the first field of the wrong kind.
 */
export const readFields = (kinds: Readonly<Record<string, FieldKind>>, object: string, body: Row): Row => {
  const fields: Record<string, Json> = {};
  for (const [field, kind] of Object.entries(kinds)) {
    const sent = body[field];
    if (sent === undefined) continue;
    const { errno, status, wanted, read } = rules[kind];
    const value = read(sent);
    if (value === undefined) {
      throw new Refusal(status, {
        errno,
        field,
        object,
        value: sent,
        message: `${wanted} for field '${field}'.`,
      });
    }
    fields[field] = value;
  }
  return fields;
};

/** Refuses a create that lacks a required field (errno 1001 RequiredField). */
export const demand = (required: readonly string[], object: string, fields: Row): void => {
  const missing = required.filter((field) => fields[field] === undefined || fields[field] === null);
  if (missing.length === 0) return;
  throw new Refusal(
    422,
    ...missing.map((field) => ({
      errno: 1001,
      field,
      object,
      message: `Required field: ${field}`,
      value: null,
    })),
  );
};
