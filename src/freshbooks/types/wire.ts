import type { Big } from 'big.js';
import * as z from 'zod';
import { decimal, zero } from '../../domain/money.ts';
import { easternToUtc, isDay } from '../eastern.ts';

/**
 * What FreshBooks' values look like on the wire, and how a mapper reads one. Absent and null are the same thing; an
 * empty text says nothing; numbers come as numbers or as text (freshbooks-api §3.6). A value of a kind nobody expects
 * is read as absent: the raw row keeps it, and no row fails for a field that is not needed.
 */
export const Text = z.union([z.string(), z.number()]).nullish().catch(undefined);
export const Flag = z.union([z.boolean(), z.number(), z.string()]).nullish().catch(undefined);
export const Whole = z.union([z.number(), z.string()]).nullish().catch(undefined);
/** Primary keys: an integer in live replies, text in some SDKs. */
export const Id = z.union([z.number().int(), z.string().regex(/^[A-Za-z0-9_-]+$/)]);

const decimalText = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;
/** A decimal as FreshBooks gives it. Unlike the others not forgiving: an amount that is no number is no row. */
const Decimal = z.union([z.number(), z.string().regex(decimalText)]);
export const OptionalDecimal = z.union([Decimal, z.literal('')]).nullish();
/** `{ amount, code }`, or the amount alone. */
export const Money = z.union([z.object({ amount: OptionalDecimal, code: Text }), OptionalDecimal]).nullish();

type TextValue = z.infer<typeof Text>;
type FlagValue = z.infer<typeof Flag>;
type DecimalValue = z.infer<typeof OptionalDecimal>;
type MoneyValue = z.infer<typeof Money>;

export function text(value: TextValue): string | undefined {
  if (value === undefined || value === null) return undefined;
  const trimmed = typeof value === 'number' ? String(value) : value.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** A reference to another row: FreshBooks writes 0 (or nothing) where there is none. */
export function reference(value: TextValue): string | undefined {
  const id = text(value);
  return id === '0' ? undefined : id;
}

export function flag(value: FlagValue): boolean {
  if (typeof value === 'string') return /^(true|1)$/i.test(value);
  return value === true || value === 1;
}

export function whole(value: z.infer<typeof Whole>): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const number = Number(value);
  return Number.isInteger(number) ? number : undefined;
}

export function amountOf(value: DecimalValue): Big | undefined {
  return value === undefined || value === null || value === '' ? undefined : decimal(value);
}

export function moneyAmount(value: MoneyValue): Big | undefined {
  return amountOf(typeof value === 'object' && value !== null ? value.amount : value);
}

export function moneyCode(value: MoneyValue): string | undefined {
  return typeof value === 'object' && value !== null ? text(value.code) : undefined;
}

/** ISO 4217 in capitals; XXX, the code for "no currency", when FreshBooks names none. */
export function currency(...candidates: (string | undefined)[]): string {
  const code = candidates.find((candidate) => candidate !== undefined)?.toUpperCase();
  return code !== undefined && /^[A-Z]{3}$/.test(code) ? code : 'XXX';
}

/** A business date as the API writes it: unqualified midnight, `2021-04-26T00:00:00`. */
export function dateOf(value: TextValue): string | undefined {
  const day = text(value)?.slice(0, 10);
  return day !== undefined && isDay(day) ? `${day}T00:00:00` : undefined;
}

/**
 * For a required date of a row that has none, such as the two-field reply to a deletion: the same "no date" that
 * clients of the API know.
 */
export const noDate = '0001-01-01T00:00:00';

/** An instant out of an Eastern stamp: `2026-06-29T16:49:16Z`. */
export function stampOf(value: TextValue): string | undefined {
  const stamp = text(value);
  return stamp === undefined ? undefined : easternToUtc(stamp);
}

/** The same of the few resources whose stamps are UTC already, though they look alike (freshbooks-api §3.7). */
export function utcStampOf(value: TextValue): string | undefined {
  const stamp = text(value);
  return stamp === undefined ? undefined : easternToUtc(stamp.endsWith('Z') ? stamp : `${stamp}Z`);
}

/** `undefined` members left out: the API's clients refuse null where the schema does not name it. */
export function present(record: Record<string, unknown>): Record<string, unknown> {
  for (const key in record) if (record[key] === undefined) return withoutUndefined(record);
  return record;
}

function withoutUndefined(record: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const key in record) if (record[key] !== undefined) kept[key] = record[key];
  return kept;
}

/** FreshBooks' `vis_state`: 0 active, 1 deleted, 2 archived. */
export function isDeleted(visState: z.infer<typeof Whole>): boolean {
  return whole(visState) === 1;
}

const statusOf = { 0: 'Active', 1: 'Archived', 2: 'Archived' } as const;

/** Active, Archived or Unknown: of a row without `vis_state` nothing speaks against Active. */
export function recordStatus(visState: z.infer<typeof Whole>): 'Active' | 'Archived' | 'Unknown' {
  const state = whole(visState);
  if (state === undefined) return visState === undefined || visState === null ? 'Active' : 'Unknown';
  if (state === 0 || state === 1 || state === 2) return statusOf[state];
  return 'Unknown';
}

export function orZero(value: Big | undefined): Big {
  return value ?? zero;
}

/**
 * An amount the row cannot do without. Only the short acknowledgement of a write (an id, a state, hardly any content)
 * may lack it, and counts as zero: a whole row without it means that FreshBooks renamed the field, and a silent zero
 * would be the worst answer.
 */
export function required(amount: Big | undefined, field: string, row: Record<string, unknown>): Big {
  if (amount !== undefined) return amount;
  const content = Object.values(row).filter((value) => value !== undefined);
  if (content.length <= fewFields) return zero;
  throw new Error(`${field} is missing`);
}

/** Whole rows have dozens of fields. */
const fewFields = 6;
