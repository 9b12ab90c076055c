import * as z from 'zod';
import { pullStatuses } from '../../domain/dataset.ts';
import type { PullOperation } from '../../domain/pull-operation.ts';
import { DateTime } from '../../domain/unified/scalars.ts';
import { inLanguage } from '../in-language.ts';
import type { Language } from '../link/language.ts';
import { HealthReply } from './health-reply.ts';
import { listOf } from './links.ts';

/** One pull of one data type, as the API shows it. */
export const PullOperationReply = z.strictObject({
  id: z.string(),
  companyId: z.string(),
  connectionId: z.string(),
  dataType: z.string(),
  status: z.enum(pullStatuses),
  statusDescription: z.string().optional(),
  errorMessage: z.string().optional(),
  requested: DateTime,
  completed: DateTime.optional(),
  /** Percent. */
  progress: z.number().int(),
  isCompleted: z.boolean(),
  isErrored: z.boolean(),
  durationSeconds: z.number().int().optional(),
  recordsModified: z.number().int().optional(),
  recordsHeld: z.number().int().optional(),
});

/** Its sentences in a language. */
export function pullReply(operation: PullOperation, language: Language): z.infer<typeof PullOperationReply> {
  const { statusDescription, errorMessage } = operation;
  return {
    ...operation,
    ...(statusDescription === undefined
      ? {}
      : { statusDescription: inLanguage(statusDescription, language) }),
    ...(errorMessage === undefined ? {} : { errorMessage: inLanguage(errorMessage, language) }),
  };
}

const Finding = z.strictObject({
  ruleId: z.string(),
  itemId: z.string(),
  message: z.string(),
  validatorName: z.string(),
});

/** What a pull found wrong; warnings did not keep it from completing. */
export const ValidationReply = z.strictObject({ errors: z.array(Finding), warnings: z.array(Finding) });

export const PullOperationsReply = listOf(PullOperationReply);

/** How one data type of a company stands. */
export const DataStatusReply = z.strictObject({
  dataType: z.string(),
  lastSuccessfulSync: DateTime.optional(),
  currentStatus: z.enum(pullStatuses),
  message: z.string().optional(),
  latestSyncId: z.string().optional(),
  latestSuccessfulSyncId: z.string().optional(),
  health: HealthReply,
});
