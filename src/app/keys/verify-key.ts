import { timingSafeEqual } from 'node:crypto';
import type { ApiKey, ApiKeys, Clock } from '../ports.ts';
import { hashOf, keyIdOf } from './key-text.ts';

/** The stored key that a caller's text is, or nothing: unknown, wrong, revoked and expired are one answer. */
export type VerifyKey = (text: string) => Promise<ApiKey | undefined>;

export function makeVerifyKey({
  apiKeys,
  clock,
}: {
  apiKeys: Pick<ApiKeys, 'find'>;
  clock: Clock;
}): VerifyKey {
  return async (text) => {
    const id = keyIdOf(text);
    const key = id === undefined ? undefined : await apiKeys.find(id);
    if (!key || !sameHash(hashOf(text), key.hash)) return undefined;
    if (key.expires !== undefined && key.expires <= clock()) return undefined;
    return key;
  };
}

/** Compares in constant time: how long it takes says nothing about how much was right. */
function sameHash(given: string, stored: string): boolean {
  const [left, right] = [Buffer.from(given, 'hex'), Buffer.from(stored, 'hex')];
  return left.length === right.length && timingSafeEqual(left, right);
}
