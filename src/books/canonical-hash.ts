import { hash } from 'node:crypto';
import { isRecord } from './line.ts';

/** SHA-256 (base64url) of a value's JSON with its keys in order: the same content has the same hash. */
export function canonicalHash(value: Record<string, unknown>): string {
  return hash('sha256', canonical(value), 'base64url');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const parts: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const held = value[key];
    if (held !== undefined) parts.push(`${JSON.stringify(key)}:${canonical(held)}`);
  }
  return `{${parts.join(',')}}`;
}
