/** The order of every snapshot: by length, then by text. For decimal ids that is the order of their numbers. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
