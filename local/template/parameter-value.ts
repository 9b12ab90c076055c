import { isObject, type Json, type JsonObject, listAt, objectAt, textAt } from './json.ts';
import { Refusal } from './refusal.ts';

function refuseBadValue(name: string, declared: JsonObject, value: string): void {
  const where = `Parameters.${name}`;
  const allowed = listAt(declared, 'AllowedValues').map(String);
  if (allowed.length > 0 && !allowed.includes(value)) {
    throw new Refusal(
      `the value of ${name}`,
      where,
      `allowed are ${allowed.join(', ')}`,
      'Give it one of those',
    );
  }
  const pattern = textAt(declared, 'AllowedPattern');
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value)) {
    const why = textAt(declared, 'ConstraintDescription') ?? `it must match ${pattern}`;
    throw new Refusal(`the value of ${name}`, where, why, 'Give it another value');
  }
  const least = Number(declared['MinLength'] ?? 0);
  const most = Number(declared['MaxLength'] ?? Number.POSITIVE_INFINITY);
  if (value.length < least || value.length > most) {
    throw new Refusal(
      `the value of ${name}`,
      where,
      `it must have ${least} to ${most} characters`,
      'Give it another value',
    );
  }
}

/**
 * The value of a parameter: the one given at the start, else its default; undefined when the template has none of
 * that name.
 *
 * @throws {Refusal} when there is no value, or not one that the template allows
 */
export function parameterValue(
  template: JsonObject,
  name: string,
  given: Readonly<Record<string, string>>,
): Json | undefined {
  const declared = objectAt(objectAt(template, 'Parameters'), name);
  if (!isObject(declared)) return undefined;
  const value = given[name] ?? declared['Default'];
  if (value === undefined) {
    throw new Refusal(
      `the parameter ${name}`,
      `Parameters.${name}`,
      'it has no default and no value',
      'Give it a value at the start',
    );
  }
  const type = textAt(declared, 'Type') ?? '';
  const isListType = type.startsWith('List<') || type === 'CommaDelimitedList';
  if (isListType && typeof value === 'string') return value.split(',');
  // CloudFormation gives every other parameter to the template as text.
  refuseBadValue(name, declared, String(value));
  return String(value);
}
