import { Problem } from './problem.ts';
import { checkOrder, checkQuery, type Fields } from './query/fields.ts';
import { valuesAt } from './query/path.ts';
import { type Query, readQuery } from './query/syntax.ts';
import { orderIds, orderScalars, scalarTest } from './query/values.ts';

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
  return testOf(query);
}

type Test = (record: unknown) => boolean;

/** The query as one function: what can be worked out once is not worked out for every record. */
function testOf(query: Query): Test {
  if (query.kind === 'compare') return comparisonOf(query);
  const tests = query.of.map(testOf);
  return query.kind === 'any'
    ? (record) => tests.some((test) => test(record))
    : (record) => tests.every((test) => test(record));
}

function comparisonOf({ path, operator, value }: Extract<Query, { kind: 'compare' }>): Test {
  if (operator !== '!=') {
    const holds = scalarTest(operator, value);
    return (record) => valuesAt(record, path).some(holds);
  }
  const equals = scalarTest('=', value);
  return (record) => !valuesAt(record, path).some(equals);
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
