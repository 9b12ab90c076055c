import * as z from 'zod';
import { type RowType, servedRaw } from './mapping.ts';
import { Flag, Id, OptionalDecimal, Text } from './wire.ts';

/** A project, freshbooks-api §3A.18; served raw. Its money has no currency, its stamps are UTC without a `Z`. */
export const Project = z.object({
  id: Id,
  title: Text,
  client_id: Text,
  rate: OptionalDecimal,
  fixed_price: OptionalDecimal,
  active: Flag,
  complete: Flag,
  updated_at: Text,
});
export type Project = z.infer<typeof Project>;

export const projects = {
  schema: Project,
  fates: servedRaw(
    [
      ...Object.keys(Project.shape),
      ...['abilities', 'billed_amount', 'billed_status', 'billing_method', 'budget', 'created_at'],
      ...['description', 'due_date', 'expense_markup', 'group', 'groupId', 'group_id', 'internal'],
      ...['logged_duration', 'project_manager_id', 'project_type', 'retainer_id', 'sample'],
      ...['service_estimate_type', 'services'],
    ],
    {
      billed_status: ['billed', 'partially_billed', 'unbilled'],
      billing_method: ['business_rate', 'project_rate', 'service_rate', 'team_member_rate'],
      project_type: ['fixed_price', 'hourly_rate'],
    },
  ),
} as const satisfies RowType<Project>;
