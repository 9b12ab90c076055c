import * as z from 'zod';
import { because, type RowType, visStates } from './mapping.ts';
import { Id, Money, Text, Whole } from './wire.ts';

/** A task, freshbooks-api §3A.9: FreshBooks keeps a service for each. Only the task carries taxes and a currency. */
export const Task = z.object({
  id: Id,
  name: Text,
  description: Text,
  rate: Money,
  tax1: Text,
  tax2: Text,
  updated: Text,
  vis_state: Whole,
});
export type Task = z.infer<typeof Task>;

export const tasks = {
  schema: Task,
  fates: {
    mapped: Object.keys(Task.shape),
    ignored: {
      taskid: because.duplicateId,
      billable: because.noPlace,
      project_default: because.noPlace,
      tname: 'the same text as name',
      tdesc: 'the same text as description',
      visState: because.fixture,
    },
    vocabulary: visStates,
  },
} as const satisfies RowType<Task>;
