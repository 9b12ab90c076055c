import type { z } from 'zod';
import type { Identity, Place } from '../resources/resource-type.ts';
import { resourceTypes, type TypeName } from '../resources/resource-types.ts';
import { resolve } from './intrinsics.ts';
import { isObject, type Json, type JsonObject, objectAt, textAt } from './json.ts';
import { Refusal } from './refusal.ts';
import { scopeOf, type TemplateScope } from './template-scope.ts';

type PropertiesOf<Name extends TypeName> = z.output<(typeof resourceTypes)[Name]['properties']>;

export interface Resource<Name extends TypeName> {
  readonly logicalId: string;
  readonly identity: Identity;
  /** The physical name: what the generated or chosen name came out as. */
  readonly properties: PropertiesOf<Name>;
}

/** A template with every intrinsic replaced and every property understood. */
export interface Stack {
  readonly place: Place;
  readonly outputs: Readonly<Record<string, string>>;
  all<Name extends TypeName>(type: Name): readonly Resource<Name>[];
}

// What CloudFormation does with a resource over time has no meaning where the state folder is deleted by hand.
const RESOURCE_KEYS = new Set([
  'Type',
  'Properties',
  'Condition',
  'DependsOn',
  'Metadata',
  'DeletionPolicy',
  'UpdateReplacePolicy',
]);

function refuseUnknownKeys(logicalId: string, resource: JsonObject): void {
  for (const key of Object.keys(resource)) {
    if (RESOURCE_KEYS.has(key)) continue;
    throw new Refusal(`the key ${key}`, `Resources.${logicalId}`, 'it is not read here', 'Leave it out');
  }
}

function refusalOf(logicalId: string, type: string, issue: z.core.$ZodIssue): Refusal {
  const path = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  const where = `Resources.${logicalId}.Properties${path}`;
  if (issue.code === 'unrecognized_keys') {
    return new Refusal(
      `the property ${issue.keys.join(', ')} of ${type}`,
      where,
      'nothing here acts on it',
      'Leave it out, or teach it to local/resources/',
    );
  }
  return new Refusal(
    `a value of ${type}`,
    where,
    issue.message,
    'Use what is understood, or teach it to local/resources/',
  );
}

function parseProperties(scope: TemplateScope, logicalId: string, resource: JsonObject): unknown {
  const type = scope.typeOf(logicalId);
  const written = resolve(resource['Properties'] ?? {}, scope, `Resources.${logicalId}.Properties`);
  const parsed = resourceTypes[type].properties.safeParse(written);
  if (parsed.success) return parsed.data;
  const issue = deepest(parsed.error.issues);
  throw issue ? refusalOf(logicalId, type, issue) : parsed.error;
}

/** The issue inside a union that got furthest: the one its author meant. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue | undefined {
  const [issue] = issues;
  if (issue?.code !== 'invalid_union') return issue;
  const branches = issue.errors.flatMap((branch) => deepest(branch) ?? []);
  const inner = branches.toSorted((left, right) => right.path.length - left.path.length)[0];
  return inner ? { ...inner, path: [...issue.path, ...inner.path] } : issue;
}

function readOutputs(template: JsonObject, scope: TemplateScope): Record<string, string> {
  const outputs = Object.entries(objectAt(template, 'Outputs') ?? {}).flatMap(([name, output]) => {
    const condition = isObject(output) ? textAt(output, 'Condition') : undefined;
    if (condition !== undefined && !scope.condition(condition, `Outputs.${name}`)) return [];
    const value: Json = isObject(output) ? (output['Value'] ?? '') : '';
    return [[name, String(resolve(value, scope, `Outputs.${name}`))] as const];
  });
  return Object.fromEntries(outputs);
}

/**
 * Reads a whole template.
 *
 * @param parameters values for its Parameters, over their defaults
 * @throws {Refusal} naming the first thing that is not understood
 */
export function readStack(
  template: JsonObject,
  place: Place,
  parameters: Readonly<Record<string, string>>,
): Stack {
  const scope = scopeOf(template, place, parameters);
  const found = new Map<TypeName, Resource<TypeName>[]>();
  for (const [logicalId, resource] of Object.entries(objectAt(template, 'Resources') ?? {})) {
    if (!isObject(resource)) continue;
    refuseUnknownKeys(logicalId, resource);
    const condition = textAt(resource, 'Condition');
    if (condition !== undefined && !scope.condition(condition, `Resources.${logicalId}`)) continue;
    const type = scope.typeOf(logicalId);
    const properties = parseProperties(scope, logicalId, resource);
    const identity = scope.identity(logicalId, `Resources.${logicalId}`);
    // The properties were parsed by the schema of this very type, which the compiler cannot follow through the table.
    const entry = { logicalId, identity, properties } as Resource<TypeName>;
    found.set(type, [...(found.get(type) ?? []), entry]);
  }
  return {
    place,
    outputs: readOutputs(template, scope),
    // Same table, same reason.
    all: <Name extends TypeName>(type: Name) =>
      (found.get(type) ?? []) as unknown as readonly Resource<Name>[],
  };
}
