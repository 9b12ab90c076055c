import { createHash } from 'node:crypto';

/** JSON with the keys of every object in order, so that two equal rows have one text whatever order they came in. */
export function canonicalJson(value: unknown): string {
  // FreshBooks' own keys come in order: looking is much cheaper than copying.
  return JSON.stringify(isInOrder(value) ? value : inOrder(value));
}

/** SHA-256 of the canonical JSON, base64url. */
export function canonicalHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('base64url');
}

function isInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  let last = '';
  for (const [key, item] of Object.entries(value)) {
    if (key < last || !isInOrder(item)) return false;
    last = key;
  }
  return true;
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, inOrder(item)]));
}
