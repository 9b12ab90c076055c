import { type Row, textOf } from '../json.ts';
import { newTask, serviceOf } from '../resources/tasks.ts';
import type { Read, Writes } from './endpoint.ts';
import { Unprocessable } from './family.ts';

/** §3A.9, §3A.10: a service makes its task, and never changes afterwards; it has no rate until one is given. */
export const createServices: Writes = {
  one: 'service',
  ways: {
    POST: ({ books }, object) => {
      const name = textOf(object, 'name');
      if (name === '') throw new Unprocessable({ name: 'field required' });
      const task = newTask({ name }, books);
      const { service } = serviceOf(task, books.businessId);
      books.rows('tasks').put(task);
      books.rows('services').put(service);
      return { resource: 'services', id: Number(service['id']), body: { service } };
    },
  },
};

const rateOf = ({ params: [id], seen, books }: Read, object: Row) => {
  const service = seen('services').find((one) => one['id'] === Number(id));
  if (!service) return undefined;
  const rate = textOf(object, 'rate');
  if (!/^\d+(\.\d+)?$/.test(rate)) throw new Unprocessable({ rate: 'value is not a valid decimal' });
  const service_rate = { business_id: books.businessId, rate, service_id: Number(id) };
  books.rows('service_rates').put(service_rate);
  return { resource: 'service_rates', id: Number(id), body: { service_rate } } as const;
};

/** §3A.10: a service's rate is given, and given again. */
export const giveRates: Writes = { one: 'service_rate', ways: { POST: rateOf, PUT: rateOf } };
