import { parts, reportTables, wireTables } from './wire-tables.ts';

type Field = { type: string; required: boolean; nullable: boolean };
/** What is where in a record: a field of its own, and what is below it. */
type Node = { field?: Field; below: Map<string, Node> };
export type WireType = keyof typeof wireTables;
export type ReportType = keyof typeof reportTables;

const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;

const scalars: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  CurrencyRate: (value) => typeof value === 'number' && value > 0,
  boolean: (value) => typeof value === 'boolean',
  DateTime: (value) => typeof value === 'string' && dateTime.test(value) && !Number.isNaN(Date.parse(value)),
  Currency: (value) => typeof value === 'string' && /^[A-Z]{3}$/.test(value),
  map: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

function treeOf(table: string): Node {
  const root: Node = { below: new Map() };
  for (const line of table.split('\n').map((one) => one.trim())) {
    const [path, type, flags = ''] = line.split(' ');
    if (path === undefined || type === undefined) continue;
    let at = root;
    for (const name of path.split('.').map((part) => part.replace('[]', ''))) {
      const next = at.below.get(name) ?? { below: new Map() };
      at.below.set(name, next);
      at = next;
    }
    at.field = { type, required: flags.includes('R'), nullable: flags.includes('N') };
  }
  return root;
}

const trees = new Map(
  Object.entries({ ...wireTables, ...reportTables, ...parts }).map(([name, table]) => [name, treeOf(table)]),
);

/** What a client could not read in a record, as `path: why`; none for a record that is as the documents say. */
export function wireFaults(type: WireType | ReportType, record: unknown): string[] {
  const tree = trees.get(type);
  return tree === undefined ? [`there is no table of ${type}`] : faultsIn(record, tree, type);
}

function faultsIn(value: unknown, node: Node, at: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at}: no object`];
  const held: Readonly<Record<string, unknown>> = { ...value };
  const unknown = Object.keys(held).filter((name) => !node.below.has(name));
  const faults = unknown.map((name) => `${at}.${name}: is in no document`);
  for (const [name, below] of node.below) faults.push(...fieldFaults(held[name], below, `${at}.${name}`));
  return faults;
}

function fieldFaults(value: unknown, node: Node, at: string): string[] {
  const { field } = node;
  if (field === undefined) return [`${at}: the table does not say what it is`];
  if (value === undefined) return field.required ? [`${at}: is missing`] : [];
  if (value === null) return field.nullable ? [] : [`${at}: is null`];
  if (!field.type.endsWith('[]')) return valueFaults(value, field.type, node, at);
  if (!Array.isArray(value)) return [`${at}: no list`];
  const type = field.type.slice(0, -2);
  return value.flatMap((one: unknown) => valueFaults(one, type, node, `${at}[]`));
}

function valueFaults(value: unknown, type: string, node: Node, at: string): string[] {
  if (type === 'object') return faultsIn(value, node, at);
  const [, allowed] = /^enum\((.*)\)$/.exec(type) ?? [];
  if (allowed !== undefined) {
    return allowed.split('|').some((one) => one === value)
      ? []
      : [`${at}: ${String(value)} is no such value`];
  }
  const shared = trees.get(type);
  if (shared !== undefined) return faultsIn(value, shared, at);
  const holds = scalars[type];
  if (holds === undefined) return [`${at}: there is no table of ${type}`];
  return holds(value) ? [] : [`${at}: ${typeof value} is no ${type}`];
}
