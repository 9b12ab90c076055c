/** JSON as a template holds it: nothing is trusted before a schema or a resolver has looked at it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** Parses text from outside into an object; anything else is an empty object. */
export function parseObject(text: string): JsonObject {
  const value: unknown = text === '' ? {} : JSON.parse(text);
  return isObject(value) ? value : {};
}

/** The text at a key, or undefined when it is absent or not text. */
export function textAt(object: JsonObject | undefined, key: string): string | undefined {
  const value = object?.[key];
  return typeof value === 'string' ? value : undefined;
}

export function objectAt(object: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = object?.[key];
  return isObject(value) ? value : undefined;
}

export function listAt(object: JsonObject | undefined, key: string): readonly Json[] {
  const value = object?.[key];
  return isList(value) ? value : [];
}
