import { dateMillis, sameForm } from './dates.ts';
import type { Operator } from './syntax.ts';

/** The number a text says, or `undefined`: `10`, `-0.5`, `1e3`. */
export function numberOf(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** Whether two comparable things stand in a relation; `~` is for texts and stands for none here. */
const relations: Readonly<Record<Operator, <T extends number | string>(held: T, asked: T) => boolean>> = {
  '=': (held, asked) => held === asked,
  '!=': (held, asked) => held !== asked,
  '>': (held, asked) => held > asked,
  '<': (held, asked) => held < asked,
  '>=': (held, asked) => held >= asked,
  '<=': (held, asked) => held <= asked,
  '~': () => false,
};

/**
 * A test whether a held scalar stands in the relation to what was asked for. What is asked is read once: as a number
 * for numbers, as a moment for dates, letter by letter for other texts. Nothing stands in no relation.
 */
export function scalarTest(operator: Operator, asked: string): (held: unknown) => boolean {
  const relation = relations[operator];
  const [number, moment, truth] = [numberOf(asked), dateMillis(asked), asked.toLowerCase()];
  return (held) => {
    if (typeof held === 'number') return number !== undefined && relation(held, number);
    if (typeof held === 'boolean') return operator === '=' && String(held) === truth;
    if (typeof held !== 'string') return false;
    if (operator === '~') return held.includes(asked);
    const heldMoment = moment === undefined ? undefined : dateMillis(held);
    if (moment !== undefined && heldMoment !== undefined) return relation(heldMoment, moment);
    return operator === '=' && held === asked;
  };
}

/**
 * Order of two held scalars, for sorting: nothing before something, false before true, dates by moment, ids and
 * other texts by their characters.
 */
export function orderScalars(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return orderTexts(a, b);
  if (isMissing(a) || isMissing(b)) return Number(isMissing(b)) - Number(isMissing(a));
  return sign(Number(a), Number(b));
}

function orderTexts(a: string, b: string): number {
  if (sameForm(a, b)) return sign(a, b);
  const [left, right] = [dateMillis(a), dateMillis(b)];
  if (left !== undefined && right !== undefined) return sign(left, right);
  return sign(a, b);
}

/** Ids in the order in which books are kept: shorter first, then by text, which is numeric order for numbers. */
export function orderIds(a: string, b: string): number {
  return sign(a.length, b.length) || sign(a, b);
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'object';
}

function sign<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
