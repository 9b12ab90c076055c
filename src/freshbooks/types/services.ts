import * as z from 'zod';
import { asNumber } from '../../domain/money.ts';
import type { TaxById } from '../tax-index.ts';
import { because, type RowType, servedRaw, visStates } from './mapping.ts';
import type { Task } from './tasks.ts';
import {
  amountOf,
  Id,
  moneyAmount,
  OptionalDecimal,
  present,
  recordStatus,
  reference,
  stampOf,
  Text,
  text,
  Whole,
} from './wire.ts';

/** A service, freshbooks-api §3A.10. FreshBooks cannot change one once it is there. */
export const Service = z.object({ id: Id, name: Text, vis_state: Whole });
export type Service = z.infer<typeof Service>;

export const services = {
  schema: Service,
  fates: {
    mapped: Object.keys(Service.shape),
    ignored: { business_id: because.account, billable: because.noPlace, project_default: because.noPlace },
    vocabulary: visStates,
  },
} as const satisfies RowType<Service>;

/** What an hour of a service costs, in a currency that FreshBooks does not name; of at most one rate a service. */
export const ServiceRate = z.object({ service_id: Id, rate: OptionalDecimal });
export type ServiceRate = z.infer<typeof ServiceRate>;

export const serviceRates = {
  schema: ServiceRate,
  fates: servedRaw(['service_id', 'rate', 'business_id', 'id']),
} as const satisfies RowType<ServiceRate>;

/** What an hour costs, and the taxes on it, as a task of the same name says where the service itself does not. */
export type Terms = { task: Task | undefined; rate: ServiceRate | undefined; taxes: TaxById };

/**
 * An item of the unified shape. Services, tasks and items are numbered each on their own, so an id says which of them
 * it is of: `service-4054453`, `task-159361`.
 */
export function toServiceItem(
  service: Service,
  { task, rate, taxes }: Terms,
  deleted: boolean,
): Record<string, unknown> {
  const price = amountOf(rate?.rate) ?? moneyAmount(task?.rate);
  const name = text(service.name);
  return present({
    id: `service-${service.id}`,
    name,
    itemStatus: deleted ? 'Archived' : recordStatus(service.vis_state),
    ...ofService,
    invoiceItem: present({
      description: text(task?.description) ?? name,
      unitPrice: price && asNumber(price),
      taxRateRef: taxes(reference(task?.tax1), reference(task?.tax2)),
    }),
    sourceModifiedDate: task && stampOf(task.updated),
  });
}

/** The item of a task for which there is no service. */
export function toTaskItem(task: Task, taxes: TaxById, deleted: boolean): Record<string, unknown> {
  const { id, name, vis_state } = task;
  const item = toServiceItem({ id, name, vis_state }, { task, rate: undefined, taxes }, deleted);
  return { ...item, id: `task-${id}` };
}

const ofService = { type: 'Service', isBillItem: false, isInvoiceItem: true } as const;
