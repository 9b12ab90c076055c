import { Problem } from './problem.ts';
import { checkOrder, checkQuery, type Fields } from './query/fields.ts';
import { valuesAt } from './query/path.ts';
import { type Query, readQuery } from './query/syntax.ts';
import { compareScalar, orderIds, orderScalars } from './query/values.ts';

/**
 * A query in the API's language as a test for records (the grammar stands at `readQuery`):
 *
 *     const overdue = parseQuery('status=Submitted&&dueDate<2026-03-01', invoiceFields);
 *     invoices.filter(overdue);
 *
 * Texts are compared letter by letter; `~` is "contains". Where a path leads through a list, `=` means that some
 * element equals and `!=` that none does. A missing value is unequal to everything and in no order. With `fields`,
 * unknown properties and senseless comparisons are refused. Throws Problem `invalid`.
 */
export function parseQuery(text: string, fields?: Fields): (record: unknown) => boolean {
  const query = readQuery(text);
  if (fields) checkQuery(query, fields);
  return (record) => matches(record, query);
}

function matches(record: unknown, query: Query): boolean {
  switch (query.kind) {
    case 'any':
      return query.of.some((part) => matches(record, part));
    case 'all':
      return query.of.every((part) => matches(record, part));
    case 'compare': {
      const held = valuesAt(record, query.path);
      if (query.operator === '!=') return !held.some((value) => compareScalar(value, '=', query.value));
      return held.some((value) => compareScalar(value, query.operator, query.value));
    }
  }
}

/**
 * An order as a comparison for sorting: `dueDate` ascending, `-dueDate` descending. Records without the property
 * come first, last when descending. Records that are equal keep the order they had. Throws Problem `invalid`.
 */
export function parseOrderBy(text: string, fields?: Fields): (a: unknown, b: unknown) => number {
  const [, descending, name] = /^\s*(-?)\s*([A-Za-z_][\w.-]*)\s*$/.exec(text) ?? [];
  if (name === undefined) {
    throw new Problem(
      'invalid',
      `"${text.slice(0, 50)}" is not an order. Name one property, with - before it for descending order.`,
    );
  }
  const path = name.split('.');
  if (fields) checkOrder(path, fields);
  const order = name === 'id' ? orderIdValues : orderScalars;
  const ascending = (a: unknown, b: unknown) => order(valuesAt(a, path)[0], valuesAt(b, path)[0]);
  return descending === '-' ? (a, b) => ascending(b, a) : ascending;
}

function orderIdValues(a: unknown, b: unknown): number {
  return typeof a === 'string' && typeof b === 'string' ? orderIds(a, b) : orderScalars(a, b);
}
