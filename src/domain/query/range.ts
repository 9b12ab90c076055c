import { dateMillis } from './dates.ts';
import { type Query, readQuery } from './syntax.ts';

/**
 * Bounds that every match of a query must keep for one date property, in milliseconds, inclusive: what a reader
 * may use to leave out segments unread. Only a plain conjunction bounds anything; infinite bounds say "read all".
 */
export function dateRange(text: string, property: string): { from: number; to: number } {
  const range = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  for (const part of conjuncts(readQuery(text))) {
    if (part.kind !== 'compare' || part.path.join('.') !== property) continue;
    const millis = dateMillis(part.value);
    if (millis === undefined) continue;
    if (part.operator === '=' || part.operator.startsWith('>')) range.from = Math.max(range.from, millis);
    if (part.operator === '=' || part.operator.startsWith('<')) range.to = Math.min(range.to, millis);
  }
  return range;
}

function conjuncts(query: Query): readonly Query[] {
  return query.kind === 'all' ? query.of.flatMap(conjuncts) : [query];
}
