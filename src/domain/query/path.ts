/**
 * Every value a path leads to in a record: none when a property is missing, several when it leads through a list
 * (connections of a company). Only a record's own properties are followed.
 */
export function valuesAt(record: unknown, path: readonly string[]): unknown[] {
  const [name, ...rest] = path;
  if (Array.isArray(record)) return record.flatMap((element) => valuesAt(element, path));
  if (name === undefined) return record === undefined || record === null ? [] : [record];
  if (!isObject(record) || !Object.hasOwn(record, name)) return [];
  return valuesAt(record[name], rest);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
