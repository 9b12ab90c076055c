// Besides white space proper, the invisible characters that copying from a page or a mail brings along.
const invisible = /[\s\u200B-\u200D\u2060\uFEFF]/;

/** Whether a key holds white space anywhere, at its ends included: FreshBooks' keys never do. */
export function holdsWhiteSpace(key: string): boolean {
  return invisible.test(key);
}
