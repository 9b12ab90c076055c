import { createHmac, timingSafeEqual } from 'node:crypto';

const unit = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const ascii = (text: string): string => JSON.stringify(text).replaceAll(/[\u007f-\uffff]/g, unit);

/**
 * Whether a delivery is signed with `key`: HMAC-SHA256, base64, over the form's fields in the order they came, as
 * Python's `json.dumps` writes them: a space after comma and colon, nothing but ASCII (freshbooks-api §5.3).
 */
export function isSigned(
  fields: readonly (readonly [name: string, value: string])[],
  signature: string,
  key: string,
): boolean {
  const message = `{${fields.map(([name, value]) => `${ascii(name)}: ${ascii(value)}`).join(', ')}}`;
  const wanted = createHmac('sha256', key).update(message).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
