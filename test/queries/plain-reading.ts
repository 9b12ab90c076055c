/**
 * A reading of the query language that shares nothing with the product: it cuts the text at its joins and looks at
 * what is left, where the product reads letter by letter. Written from docs/public-api.md alone.
 */
export type Kind = 'text' | 'number' | 'date' | 'boolean';
type Holds = (record: unknown) => boolean;

const refused = new Error('refused');

/** A query as a test of records of these properties, or `refused` when it may not be asked. */
export function readPlainly(text: string, kinds: Readonly<Record<string, Kind>>): Holds | 'refused' {
  try {
    if (text.length >= 2048) throw refused;
    return any(onceMore(text), kinds);
  } catch (error) {
    if (error === refused) return 'refused';
    throw error;
  }
}

/** Some callers encode twice. */
function onceMore(text: string): string {
  if (/[=~<>]/.test(text) || !/%[0-9A-Fa-f]{2}/.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function any(text: string, kinds: Readonly<Record<string, Kind>>): Holds {
  const parts = cut(text, '||').map((part) => all(part, kinds));
  return (record) => parts.some((holds) => holds(record));
}

function all(text: string, kinds: Readonly<Record<string, Kind>>): Holds {
  const parts = cut(text, '&&').map((part) => one(part.trim(), kinds));
  return (record) => parts.every((holds) => holds(record));
}

function one(text: string, kinds: Readonly<Record<string, Kind>>): Holds {
  if (text.startsWith('{') && text.endsWith('}')) return any(text.slice(1, -1), kinds);
  const [, path = '', operator = '', rest = ''] =
    /^([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)\s*(!=|>=|<=|=|~|>|<)(.*)$/s.exec(text) ?? [];
  const value = rest.trim();
  const kind = Object.hasOwn(kinds, path) ? kinds[path] : undefined;
  if (kind === undefined || value === '' || /[={}~<>]|!=/.test(value)) throw refused;
  if (value.toLowerCase() === 'null') throw refused;
  const compare = comparisons[kind](operator, value);
  return (record) => compare(at(record, path.split('.')));
}

/** The text in pieces where the join stands outside of braces. */
function cut(text: string, join: string): string[] {
  const pieces: string[] = [];
  let [depth, from] = [0, 0];
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '{') depth += 1;
    if (text[index] === '}') depth -= 1;
    if (depth < 0 || depth > 50) throw refused;
    if (depth > 0 || !text.startsWith(join, index)) continue;
    pieces.push(text.slice(from, index));
    from = index + join.length;
    index = from - 1;
  }
  if (depth !== 0) throw refused;
  return [...pieces, text.slice(from)];
}

export function at(record: unknown, path: readonly string[]): unknown {
  let held = record;
  for (const name of path) {
    held = typeof held === 'object' && held !== null ? Reflect.get(held, name) : undefined;
  }
  return held ?? undefined;
}

type Compare = (held: unknown) => boolean;

const comparisons: Readonly<Record<Kind, (operator: string, value: string) => Compare>> = {
  text: (operator, value) => {
    if (operator === '=') return (held) => held === value;
    if (operator === '!=') return (held) => held !== value;
    if (operator === '~') return (held) => typeof held === 'string' && held.includes(value);
    throw refused;
  },
  boolean: (operator, value) => {
    if (!['=', '!='].includes(operator) || !/^(true|false)$/i.test(value)) throw refused;
    const asked = value.toLowerCase() === 'true';
    return operator === '=' ? (held) => held === asked : (held) => held !== asked;
  },
  number: (operator, value) => {
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) throw refused;
    return ordered(operator, Number(value), (held) => (typeof held === 'number' ? held : undefined));
  },
  date: (operator, value) => {
    const asked = moment(value);
    if (asked === undefined) throw refused;
    return ordered(operator, asked, moment);
  },
};

function ordered(operator: string, asked: number, read: (held: unknown) => number | undefined): Compare {
  const tests: Readonly<Record<string, (held: number) => boolean>> = {
    '=': (held) => held === asked,
    '>': (held) => held > asked,
    '<': (held) => held < asked,
    '>=': (held) => held >= asked,
    '<=': (held) => held <= asked,
  };
  if (operator === '!=') return (held) => read(held) !== asked;
  const test = tests[operator];
  if (test === undefined) throw refused;
  return (value) => {
    const held = read(value);
    return held !== undefined && test(held);
  };
}

/** Milliseconds of a day or of an ISO time; without a zone it is UTC. */
export function moment(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const parts =
    /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(value);
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const days = [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30];
  const length = [...days, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  if (day < 1 || day > length || hour > 23 || minute > 59 || second > 59) return undefined;
  const millis = Math.floor(Number(`0.${parts[7] ?? '0'}`) * 1000 + 1e-9);
  const [, sign = '+', offsetHours = '0', offsetMinutes = '0'] =
    /^([+-])(\d\d):(\d\d)$/.exec(parts[8] ?? '') ?? [];
  if (Number(offsetHours) > 23 || Number(offsetMinutes) > 59) return undefined;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
  return Date.UTC(year, month - 1, day, hour, minute - offset, second, millis);
}
