/** The order of ids everywhere: by length, then by text, which is numeric order for FreshBooks' ids. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
