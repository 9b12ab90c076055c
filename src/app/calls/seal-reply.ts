import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { IdempotentCall } from '../../domain/idempotent-call.ts';

type SealedReply = NonNullable<IdempotentCall['reply']>;

const algorithm = 'aes-256-gcm';

/**
 * Seals a reply under what only its caller has: the Idempotency-Key and the credential that was sent with it. Neither
 * is stored, so what is stored can be read by nobody else, whatever the reply holds (a new API key does).
 */
export function sealReply(text: string, secrets: { key: string; credential: string }): SealedReply {
  const iv = randomBytes(12);
  const cipher = createCipheriv(algorithm, keyOf(secrets), iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return { iv: base64(iv), tag: base64(cipher.getAuthTag()), text: base64(sealed) };
}

/** The reply again; `undefined` for anybody but its caller. */
export function openReply(
  sealed: SealedReply,
  secrets: { key: string; credential: string },
): string | undefined {
  const decipher = createDecipheriv(algorithm, keyOf(secrets), Buffer.from(sealed.iv, 'base64'));
  decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
  try {
    const opened = Buffer.concat([decipher.update(Buffer.from(sealed.text, 'base64')), decipher.final()]);
    return opened.toString('utf8');
  } catch {
    return undefined;
  }
}

function keyOf({ key, credential }: { key: string; credential: string }): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', credential, key, 'idempotent reply', 32));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
