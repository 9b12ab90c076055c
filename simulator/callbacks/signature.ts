import { createHmac } from 'node:crypto';

/** Form fields in the order in which they are sent. */
export type Fields = readonly (readonly [name: string, value: string])[];

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const quoted = (text: string): string => JSON.stringify(text).replaceAll(/[^ -~]/g, escaped);

/** §5.3: what Python's json.dumps makes of the fields: spaced separators, ASCII only, every value a string. */
export const signedText = (fields: Fields): string =>
  `{${fields.map(([name, value]) => `${quoted(name)}: ${quoted(value)}`).join(', ')}}`;

/** §5.3: the value of X-FreshBooks-Hmac-SHA256. */
export const signatureOf = (fields: Fields, verifier: string): string =>
  createHmac('sha256', verifier).update(signedText(fields)).digest('base64');
