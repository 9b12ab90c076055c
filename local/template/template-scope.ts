import type { Identity, Place } from '../resources/resource-type.ts';
import { isTypeName, resourceTypes, type TypeName } from '../resources/resource-types.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { isObject, type Json, type JsonObject, objectAt, textAt } from './json.ts';
import { parameterValue } from './parameter-value.ts';
import { Refusal } from './refusal.ts';

/** A template with everything its intrinsics may ask for, each worked out once. */
export interface TemplateScope extends Scope {
  identity(logicalId: string, where: string): Identity;
  typeOf(logicalId: string): TypeName;
}

const SECTIONS = new Set([
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Rules',
  'Resources',
  'Outputs',
]);

function refuseUnknownSections(template: JsonObject): void {
  for (const section of Object.keys(template)) {
    if (SECTIONS.has(section)) continue;
    throw new Refusal(
      `the section ${section}`,
      'the top of the template',
      'it is not read here',
      'Leave it out',
    );
  }
}

function refuseUnknownParameters(template: JsonObject, given: Readonly<Record<string, string>>): void {
  const declared = objectAt(template, 'Parameters') ?? {};
  for (const name of Object.keys(given)) {
    if (name in declared) continue;
    throw new Refusal(
      `the parameter ${name}`,
      'the values given at the start',
      'the template declares no such parameter',
      `Declared are: ${Object.keys(declared).join(', ') || 'none'}`,
    );
  }
}

function pseudoParameters(place: Place): Readonly<Record<string, string>> {
  return {
    'AWS::AccountId': place.account,
    'AWS::Region': place.region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': place.stackName,
    'AWS::StackId': `arn:aws:cloudformation:${place.region}:${place.account}:stack/${place.stackName}/local`,
  };
}

class ScopeOfTemplate implements TemplateScope {
  readonly #template: JsonObject;
  readonly #place: Place;
  readonly #parameters: Readonly<Record<string, string>>;
  readonly #identities = new Map<string, Identity>();
  readonly #conditions = new Map<string, boolean>();
  readonly #naming = new Set<string>();

  constructor(template: JsonObject, place: Place, parameters: Readonly<Record<string, string>>) {
    this.#template = template;
    this.#place = place;
    this.#parameters = parameters;
  }

  ref(name: string, where: string): Json {
    const pseudo = pseudoParameters(this.#place)[name];
    if (pseudo !== undefined) return pseudo;
    return parameterValue(this.#template, name, this.#parameters) ?? this.identity(name, where).ref;
  }

  attribute(logicalId: string, attribute: string, where: string): Json {
    const { attributes } = this.identity(logicalId, where);
    const value = attributes[attribute];
    if (value !== undefined) return value;
    const known = Object.keys(attributes).join(', ') || 'none';
    throw new Refusal(
      `the attribute ${logicalId}.${attribute}`,
      where,
      `${this.typeOf(logicalId)} has here: ${known}`,
      'Add it to its identify in local/resources/',
    );
  }

  condition(name: string, where: string): boolean {
    const known = this.#conditions.get(name);
    if (known !== undefined) return known;
    const written = objectAt(this.#template, 'Conditions')?.[name];
    if (written === undefined)
      throw new Refusal(`the condition ${name}`, where, 'the template has none of that name', 'Declare it');
    const holds = resolve(written, this, `Conditions.${name}`) === true;
    this.#conditions.set(name, holds);
    return holds;
  }

  mapping(map: string, first: string, second: string, where: string): Json {
    const value = objectAt(objectAt(objectAt(this.#template, 'Mappings'), map), first)?.[second];
    if (value !== undefined) return value;
    throw new Refusal(
      `the mapping ${map}.${first}.${second}`,
      where,
      'the template has none of that name',
      'Declare it',
    );
  }

  typeOf(logicalId: string): TypeName {
    const type = textAt(objectAt(objectAt(this.#template, 'Resources'), logicalId), 'Type') ?? 'nothing';
    if (isTypeName(type)) return type;
    throw new Refusal(
      `the resource type ${type}`,
      `Resources.${logicalId}`,
      `understood are ${Object.keys(resourceTypes).join(', ')}`,
      'Use one of those, or teach it to local/resources/',
    );
  }

  identity(logicalId: string, where: string): Identity {
    const known = this.#identities.get(logicalId);
    if (known) return known;
    const resource = objectAt(objectAt(this.#template, 'Resources'), logicalId);
    if (!resource)
      throw new Refusal(
        `the name ${logicalId}`,
        where,
        'no parameter and no resource is called that',
        'Correct the reference',
      );
    if (this.#naming.has(logicalId)) {
      throw new Refusal(
        `the name of ${logicalId}`,
        where,
        'it refers to itself through other names',
        'Break the circle',
      );
    }
    this.#naming.add(logicalId);
    const identity = resourceTypes[this.typeOf(logicalId)].identify(
      this.#nameOf(logicalId, resource),
      this.#place,
      logicalId,
    );
    this.#naming.delete(logicalId);
    this.#identities.set(logicalId, identity);
    return identity;
  }

  #nameOf(logicalId: string, resource: JsonObject): string {
    const type = resourceTypes[this.typeOf(logicalId)];
    const property = 'nameProperty' in type ? type.nameProperty : undefined;
    const written = property && objectAt(resource, 'Properties')?.[property];
    if (written === undefined || property === undefined) return type.defaultName(logicalId, this.#place);
    const name = resolve(written, this, `Resources.${logicalId}.Properties.${property}`);
    if (typeof name === 'string') return name;
    throw new Refusal(
      'a name',
      `Resources.${logicalId}.Properties.${property}`,
      'text is needed there',
      'Correct the template',
    );
  }
}

/** Opens a template for its intrinsics. */
export function scopeOf(
  template: JsonObject,
  place: Place,
  parameters: Readonly<Record<string, string>>,
): TemplateScope {
  refuseUnknownSections(template);
  refuseUnknownParameters(template, parameters);
  for (const name of Object.keys(parameters)) parameterValue(template, name, parameters);
  if (!isObject(template['Resources']))
    throw new Refusal('the template', 'its top', 'it has no Resources', 'Synthesise it again');
  return new ScopeOfTemplate(template, place, parameters);
}
