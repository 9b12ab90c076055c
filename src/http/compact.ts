type Compact<T> = { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> } & {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
};

/** The object without its undefined properties: what was not sent is absent further in, not undefined. */
export function compact<T extends object>(value: T): Compact<T> {
  const given = Object.entries(value).filter(([, held]) => held !== undefined);
  // The type says what the filter did: optional properties are absent or have a value.
  return Object.fromEntries(given) as Compact<T>;
}
