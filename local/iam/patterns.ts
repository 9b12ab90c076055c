const compiled = new Map<string, RegExp>();

function compile(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}

/** Whether text fits an IAM pattern, where `*` is any run of characters and `?` any one of them. */
export function matches(pattern: string, text: string): boolean {
  if (pattern === '*' || pattern === text) return true;
  const known = compiled.get(pattern);
  if (known) return known.test(text);
  const fresh = compile(pattern);
  compiled.set(pattern, fresh);
  return fresh.test(text);
}

/** The same for actions, whose letters may be written in either case. */
export function matchesAction(pattern: string, action: string): boolean {
  return matches(pattern.toLowerCase(), action.toLowerCase());
}
