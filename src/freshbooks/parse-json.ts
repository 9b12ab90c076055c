/**
 * JSON of another's making: a key `__proto__`, however it is spelt, is left out, so that no later copy of an object
 * can set a prototype. Throws a SyntaxError that quotes nothing of the text.
 */
export function parseJson(text: string): unknown {
  try {
    const json = text.startsWith(byteOrderMark) ? text.slice(1) : text;
    return suspicious.test(json) ? JSON.parse(json, withoutProto) : JSON.parse(json);
  } catch {
    throw new SyntaxError('not JSON');
  }
}

const byteOrderMark = '\uFEFF';
const suspicious = /__proto__|\\u005f/i;

function withoutProto(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}
