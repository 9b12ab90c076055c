/** 256 random bits, base64url: 43 characters. */
export type NewSecret = () => string;

/**
 * How an API key reads: `ll_<id>_<secret>`. Only its digest is stored: the secret has 256 random bits, so a slow hash
 * would protect nothing.
 */
export function keyText(id: string, secret: string): string {
  return `ll_${id}_${secret}`;
}

/** The id inside a key's text; `undefined` when it is not a key at all. */
export function keyIdOf(text: string): string | undefined {
  return /^ll_([0-9a-f-]{36})_[A-Za-z0-9_-]{43}$/.exec(text)?.[1];
}

/** The first characters, by which a person recognises a key in a list; nothing of the secret. */
export function prefixOf(text: string): string {
  return text.slice(0, 11);
}
