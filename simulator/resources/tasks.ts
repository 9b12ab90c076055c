import { equalsNumber, updatedBetween } from '../accounting/filters.ts';
import { easternStamp } from '../eastern-time.ts';
import { amountOf, type Row, textOf } from '../json.ts';
import { sentMoney } from './items.ts';
import type { Books, Resource } from './resource.ts';

const blank = { billable: true, tax1: 0, tax2: 0, vis_state: 0 } as const satisfies Row;

const touch = (row: Row, books: Books): Row => ({ ...row, updated: easternStamp(books.at) });

// §3A.9: name and description are there twice.
const doubled = (row: Row, fields: Row): Row => {
  const name = textOf(fields, 'name') || textOf(fields, 'tname') || textOf(row, 'name');
  const text = textOf(fields, 'description') || textOf(fields, 'tdesc') || textOf(row, 'description');
  return { ...row, name, tname: name, description: text, tdesc: text };
};

/** A new task (§3A.9). */
export const newTask = (fields: Row, books: Books): Row => {
  const id = books.nextId('tasks');
  const row: Row = { ...blank, ...fields, rate: sentMoney(fields['rate'], books), id, taskid: id };
  return touch(doubled(row, fields), books);
};

/** The service that comes with a task, and its rate (§3A.9, §3A.10): both under the task's number. */
export const serviceOf = (task: Row, businessId: number): { service: Row; rate: Row } => ({
  service: {
    billable: task['billable'] ?? true,
    business_id: businessId,
    id: task['id'] ?? null,
    name: textOf(task, 'name'),
    vis_state: task['vis_state'] ?? 0,
  },
  rate: { business_id: businessId, rate: amountOf(task, 'rate'), service_id: task['id'] ?? null },
});

// Creating a task makes its service; a service never changes afterwards (§3A.10), but it goes with its task.
const ripple = (_before: Row | undefined, after: Row | undefined, books: Books): void => {
  if (!after) return;
  const known = books.rows('services').get(Number(after['id']));
  const { service, rate } = serviceOf(after, books.businessId);
  books.rows('services').put(known ? { ...known, vis_state: after['vis_state'] ?? 0 } : service);
  if (!known) books.rows('service_rates').put(rate);
};

/** §3A.9: of the accounting family in spite of its path. */
export const tasks: Resource = {
  name: 'tasks',
  path: 'projects/tasks',
  one: 'task',
  many: 'tasks',
  missing: { object: 'task', field: 'taskid', message: 'Task not found.' },
  scope: 'billable_items',
  verbs: ['list', 'get', 'create', 'update'],
  sorts: {},
  filters: {
    vis_state: equalsNumber('vis_state'),
    ...updatedBetween((plays) => plays('updated-filter.others', 'honoured')),
  },
  includes: {},
  fields: {
    billable: 'bool',
    description: 'text',
    name: 'text',
    rate: 'money',
    tax1: 'int',
    tax2: 'int',
    tdesc: 'text',
    tname: 'text',
  },
  required: ['name'],
  create: newTask,
  update: (row, fields, books) => {
    const rate = fields['rate'] === undefined ? {} : { rate: sentMoney(fields['rate'], books) };
    return touch(doubled({ ...row, ...fields, ...rate }, fields), books);
  },
  touch,
  ripple,
};
