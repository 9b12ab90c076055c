import { isList, isObject, type Json, type JsonObject } from './json.ts';
import { Refusal } from './refusal.ts';

/** What the intrinsics of a template may ask for. */
export interface Scope {
  ref(name: string, where: string): Json;
  attribute(logicalId: string, attribute: string, where: string): Json;
  condition(name: string, where: string): boolean;
  mapping(map: string, first: string, second: string, where: string): Json;
}

/** Stands for AWS::NoValue while resolving: the property or element that holds it disappears. */
const NO_VALUE = Symbol('AWS::NoValue');
type Resolved = Json | typeof NO_VALUE;

const UNDERSTOOD = 'Ref, Fn::GetAtt, Sub, Join, Select, Split, If, Equals, Not, And, Or, FindInMap, GetAZs';

function unwrap(value: Resolved, where: string): Json {
  if (value === NO_VALUE) throw new Refusal('AWS::NoValue', where, 'a value is needed there', 'Give a value');
  return value;
}

function text(value: Json, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Refusal(
    'a value',
    where,
    `text is needed there, not ${JSON.stringify(value)}`,
    'Correct the template',
  );
}

function list(value: Json, where: string): readonly Json[] {
  if (isList(value)) return value;
  throw new Refusal(
    'a value',
    where,
    `a list is needed there, not ${JSON.stringify(value)}`,
    'Correct the template',
  );
}

function substitute(argument: Json, scope: Scope, where: string): string {
  const [pattern, variables] = isList(argument) ? [argument[0] ?? '', argument[1] ?? {}] : [argument, {}];
  const local = isObject(variables) ? variables : {};
  return text(pattern, where).replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const own = local[name];
    if (own !== undefined) return text(resolve(own, scope, `${where}.${name}`), where);
    const dot = name.indexOf('.');
    const value =
      dot < 0 ? scope.ref(name, where) : scope.attribute(name.slice(0, dot), name.slice(dot + 1), where);
    return text(value, `${where}.\${${name}}`);
  });
}

function getAttribute(argument: Json, scope: Scope, where: string): Json {
  const [id, ...rest] = typeof argument === 'string' ? argument.split('.') : list(argument, where);
  const name = rest.map((part) => text(resolve(part, scope, where), where)).join('.');
  return scope.attribute(text(id ?? '', where), name, where);
}

function booleanOf(argument: Json, scope: Scope, where: string): boolean {
  if (typeof argument === 'boolean') return argument;
  if (isObject(argument) && typeof argument['Condition'] === 'string') {
    return scope.condition(argument['Condition'], where);
  }
  const value = resolve(argument, scope, where);
  if (typeof value === 'boolean') return value;
  return text(value, where) === 'true';
}

type Intrinsic = (argument: Json, scope: Scope, where: string) => Resolved;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope, where) =>
    argument === 'AWS::NoValue' ? NO_VALUE : scope.ref(text(argument, where), where),
  'Fn::GetAtt': getAttribute,
  'Fn::Sub': substitute,
  'Fn::Join': (argument, scope, where) => {
    const [separator, parts] = list(argument, where);
    const items = list(resolve(parts ?? [], scope, where), where);
    return items.map((item) => text(item, where)).join(text(separator ?? '', where));
  },
  'Fn::Select': (argument, scope, where) => {
    const [index, items] = list(argument, where);
    const chosen = list(resolve(items ?? [], scope, where), where)[Number(resolve(index ?? 0, scope, where))];
    if (chosen === undefined)
      throw new Refusal('Fn::Select', where, 'the list is shorter', 'Correct the index');
    return chosen;
  },
  'Fn::Split': (argument, scope, where) => {
    const [separator, source] = list(argument, where);
    return text(resolve(source ?? '', scope, where), where).split(text(separator ?? '', where));
  },
  'Fn::If': (argument, scope, where) => {
    const [name, yes, no] = list(argument, where);
    const branch = scope.condition(text(name ?? '', where), where) ? yes : no;
    return resolveAny(branch ?? null, scope, where);
  },
  'Fn::Equals': (argument, scope, where) => {
    const [left, right] = list(argument, where).map((side) => text(resolve(side, scope, where), where));
    return left === right;
  },
  'Fn::Not': (argument, scope, where) => !booleanOf(list(argument, where)[0] ?? false, scope, where),
  'Fn::And': (argument, scope, where) => list(argument, where).every((each) => booleanOf(each, scope, where)),
  'Fn::Or': (argument, scope, where) => list(argument, where).some((each) => booleanOf(each, scope, where)),
  'Fn::FindInMap': (argument, scope, where) => {
    const [map, first, second] = list(argument, where).map((part) =>
      text(resolve(part, scope, where), where),
    );
    return scope.mapping(map ?? '', first ?? '', second ?? '', where);
  },
  'Fn::GetAZs': (_argument, scope, where) =>
    ['a', 'b'].map((zone) => `${text(scope.ref('AWS::Region', where), where)}${zone}`),
};

function resolveObject(value: JsonObject, scope: Scope, where: string): Resolved {
  const entries = Object.entries(value);
  const [first] = entries;
  if (first && entries.length === 1 && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) {
    const intrinsic = intrinsics[first[0]];
    if (intrinsic) return intrinsic(first[1], scope, `${where}.${first[0]}`);
    throw new Refusal(
      `the intrinsic ${first[0]}`,
      where,
      `understood are ${UNDERSTOOD}`,
      'Use one of those, or teach it to local/template/intrinsics.ts',
    );
  }
  const kept = entries
    .map(([key, child]) => [key, resolveAny(child, scope, `${where}.${key}`)] as const)
    .flatMap(([key, child]) => (child === NO_VALUE ? [] : [[key, child] as const]));
  return Object.fromEntries(kept);
}

function resolveAny(value: Json, scope: Scope, where: string): Resolved {
  if (isList(value)) {
    return value
      .map((child, index) => resolveAny(child, scope, `${where}[${index}]`))
      .flatMap((child) => (child === NO_VALUE ? [] : [child]));
  }
  return isObject(value) ? resolveObject(value, scope, where) : value;
}

/**
 * Replaces every intrinsic function inside a value by what it stands for.
 *
 * @throws {Refusal} at an intrinsic that is not understood
 */
export function resolve(value: Json, scope: Scope, where: string): Json {
  return unwrap(resolveAny(value, scope, where), where);
}
