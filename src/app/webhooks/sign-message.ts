import { createHmac } from 'node:crypto';
import { type Instant, millisOf } from '../../domain/instant.ts';

/** How a signing secret reads: the prefix, and the key in base64. */
const prefix = 'whsec_';

/** A new signing secret of a token of 256 random bits, base64url. */
export function secretText(token: string): string {
  return prefix + Buffer.from(token, 'base64url').toString('base64');
}

/**
 * The headers by which a receiver knows that a message is ours, whole and not old (https://www.standardwebhooks.com):
 * one signature for each secret that is live, so that neither the old nor the new one is refused while it is replaced.
 */
export function signedHeaders(
  message: { id: string; body: string; at: Instant },
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(millisOf(message.at) / 1000));
  const signed = `${message.id}.${timestamp}.${message.body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  });
  return {
    'content-type': 'application/json',
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
