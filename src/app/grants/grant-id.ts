import { createHash } from 'node:crypto';
import type { Connection } from '../../domain/connection.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The id of a person's consent to an app: base32 (RFC 4648, lower case, unpadded) of the SHA-256 of client id and
 * identity id. The same person and app always give the same id, so a second consent finds the first.
 */
export function grantIdOf(clientId: string, identityId: string): string {
  const digest = createHash('sha256').update(`${clientId}\n${identityId}`).digest();
  const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet.charAt(Number.parseInt(group.padEnd(5, '0'), 2))).join('');
}

/** Whether a connection's consent was given to the app with this client id; a consent cannot move to another app. */
export function isGivenTo(clientId: string, { grantId, business }: Connection): boolean {
  return business !== undefined && grantId === grantIdOf(clientId, business.identityId);
}
