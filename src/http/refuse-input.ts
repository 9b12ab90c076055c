import type * as z from 'zod';
import { Problem } from '../domain/problem.ts';

/** The part of a request that a fault is in. */
export type Part = 'path' | 'query' | 'body';

/** One fault of an input: which property, and a sentence about it. */
export type InputFault = { itemId: string; message: string; validatorName: string };

/** A refused input, with every fault found in it. */
export class InvalidInput extends Problem {
  readonly faults: readonly InputFault[];

  constructor(faults: readonly InputFault[]) {
    super('invalid', faults.map(({ message }) => message).join(' '));
    this.name = 'InvalidInput';
    this.faults = faults;
  }
}

/** Turns what a schema found wrong into sentences that say what, where, why and what to do. */
export function refuseInput(part: Part, issues: readonly z.core.$ZodIssue[]): InvalidInput {
  const faults = issues.slice(0, 10).map((issue) => ({
    itemId: issue.path.join('.'),
    message: sentence(part, issue),
    validatorName: part,
  }));
  return new InvalidInput(faults);
}

const places: Record<Part, string> = {
  path: 'in the path',
  query: 'in the query string',
  body: 'in the body',
};

/** Type names as a person says them. */
const typeNames: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a JSON object',
  record: 'a JSON object',
  array: 'a list',
};

function sentence(part: Part, issue: z.core.$ZodIssue): string {
  const where = issue.path.length ? `"${issue.path.join('.')}" ${places[part]}` : `What is ${places[part]}`;
  switch (issue.code) {
    case 'invalid_type':
      return `${where} is missing or has the wrong type: send ${typeNames[issue.expected] ?? issue.expected}.`;
    case 'unrecognized_keys':
      return `${where} holds ${issue.keys.map((key) => `"${key}"`).join(', ')}, which this operation does not know. Leave it out.`;
    case 'invalid_value':
      return `${where} must be one of ${issue.values.map((value) => `"${String(value)}"`).join(', ')}.`;
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1)
        return `${where} is empty. Write something there.`;
      return `${where} is too small or too short: at least ${issue.minimum}.`;
    case 'too_big':
      return `${where} is too large or too long: at most ${issue.maximum}.`;
    case 'invalid_key':
      return `${where} is a name that cannot be used here: it is empty or too long.`;
    case 'custom':
      return `${where} ${issue.message}`;
    default:
      return `${where} has not the form that it should have. The API's description shows it (/openapi.json).`;
  }
}
