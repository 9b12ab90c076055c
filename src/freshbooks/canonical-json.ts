import { createHash } from 'node:crypto';

/** JSON with the keys of every object in order, so that two equal rows have one text whatever order they came in. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

/** SHA-256 of the canonical JSON, base64url. */
export function canonicalHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('base64url');
}

/** The value itself when its keys are in order already, as FreshBooks' are: a copy would cost more than the hash. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return sameOrNew(value, value.map(inOrder));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  let ordered = true;
  let changed = false;
  let last = '';
  const next = entries.map(([key, item]): [string, unknown] => {
    if (key < last) ordered = false;
    last = key;
    const done = typeof item === 'object' && item !== null ? inOrder(item) : item;
    if (done !== item) changed = true;
    return [key, done];
  });
  if (ordered && !changed) return value;
  return Object.fromEntries(ordered ? next : next.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sameOrNew(before: unknown[], after: unknown[]): unknown[] {
  return after.every((item, index) => item === before[index]) ? before : after;
}
