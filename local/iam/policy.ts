import { z } from 'zod';
import { CONDITION_KEYS, operatorOf } from './conditions.ts';

const many = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const values = z
  .union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number(), z.boolean()]))])
  .transform((value) => [value].flat().map(String));

const Condition = z.record(z.string(), z.record(z.string(), values)).superRefine((operators, context) => {
  for (const [operator, keys] of Object.entries(operators)) {
    if (!operatorOf(operator)) {
      context.addIssue({
        code: 'custom',
        path: [operator],
        message: `the condition operator ${operator} is unknown`,
      });
    }
    for (const key of Object.keys(keys)) {
      if (CONDITION_KEYS.some((known) => known.test(key))) continue;
      context.addIssue({
        code: 'custom',
        path: [operator, key],
        message: `the condition key ${key} is unknown`,
      });
    }
  }
});

const Principal = z.union([z.literal('*'), z.partialRecord(z.enum(['AWS', 'Service']), many)]);

export const Statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: Principal.optional(),
  Action: many.optional(),
  NotAction: many.optional(),
  Resource: many.optional(),
  NotResource: many.optional(),
  Condition: Condition.optional(),
});

/** An IAM policy document; an unknown element, condition operator or condition key is refused. */
export const PolicyDocument = z.strictObject({
  Version: z.literal('2012-10-17').optional(),
  Id: z.string().optional(),
  Statement: z.union([Statement.transform((one) => [one]), z.array(Statement)]),
});

export type Statement = z.infer<typeof Statement>;
export type PolicyDocument = z.infer<typeof PolicyDocument>;

/** A document with the place it was written at, so that a decision can name its statement. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** A document that hangs on a resource (bucket, queue, key) and names principals. */
export interface ResourcePolicy extends NamedPolicy {
  /** KMS: without a statement for the account, identity policies count for nothing. */
  readonly guardsAlone: boolean;
}
