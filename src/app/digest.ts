import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256 of a text, hex: what is kept of anything that must be recognised and never read back. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Whether `text` is what `digest` was made of, in a time that does not tell how much of it was right. */
export function isDigestOf(digest: string, text: string): boolean {
  const given = Buffer.from(digestOf(text));
  const kept = Buffer.from(digest);
  return given.length === kept.length && timingSafeEqual(given, kept);
}
