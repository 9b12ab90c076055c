import type { UnifiedRecord } from '../../app/ports.ts';
import { taxesById } from '../tax-index.ts';
import { Item, toItem } from '../types/items.ts';
import { Service, ServiceRate, toServiceItem, toTaskItem } from '../types/services.ts';
import { Task } from '../types/tasks.ts';
import { text } from '../types/wire.ts';
import { collected, inIdOrder } from './in-id-order.ts';
import { forEachRow, mapped, type Projection, typed } from './rows.ts';
import { taxIndex } from './tax-rates.ts';

/**
 * Items, services, and tasks that have no service. FreshBooks keeps a service for each task, under the same name; only
 * the task tells the taxes and the currency of its rate.
 */
export async function* projectItems(projection: Projection): AsyncGenerator<UnifiedRecord> {
  const taxes = taxesById(await taxIndex(projection));
  const rates = await serviceRates(projection);
  const tasks = await tasksByName(projection);
  const served = new Set<string>();
  const services = await collected(
    mapped('services', projection, (row) => {
      const service = typed(Service, row);
      const name = text(service.name) ?? '';
      served.add(name);
      const terms = { task: tasks.get(name), rate: rates.get(row.id), taxes };
      return toServiceItem(service, terms, row.deleted);
    }),
  );
  const loose = await collected(
    mapped('tasks', projection, (row) => {
      const task = typed(Task, row);
      const item = toTaskItem(task, taxes, row.deleted);
      return served.has(text(task.name) ?? '') ? {} : item;
    }),
  );
  const items = mapped('items', projection, (row) => toItem(typed(Item, row), taxes, row.deleted));
  const others = [...services, ...loose.filter(({ record }) => 'id' in record)];
  yield* inIdOrder(
    items,
    others.map((one) => ({ ...one, id: String(one.record['id']) })),
  );
}

async function serviceRates(projection: Projection): Promise<Map<string, ServiceRate>> {
  const rates = new Map<string, ServiceRate>();
  await forEachRow('service_rates', projection, (row) => rates.set(row.id, typed(ServiceRate, row)));
  return rates;
}

/** The one that is not deleted, where tasks share a name. */
async function tasksByName(projection: Projection): Promise<Map<string, Task>> {
  const live = new Map<string, Task>();
  const deleted = new Map<string, Task>();
  await forEachRow('tasks', projection, (row) => {
    const task = typed(Task, row);
    (row.deleted ? deleted : live).set(text(task.name) ?? '', task);
  });
  return new Map([...deleted, ...live]);
}
