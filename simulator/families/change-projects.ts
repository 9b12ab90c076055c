import type { Row } from '../json.ts';
import type { Books } from '../resources/resource.ts';

// What may be written of a project (§3A.18); other keys are dropped without a word.
const written = [
  ...['active', 'billing_method', 'budget', 'client_id', 'complete', 'description', 'due_date'],
  ...['expense_markup', 'fixed_price', 'internal', 'project_type', 'rate', 'services', 'title'],
];

const fieldsIn = (object: Row): Row =>
  Object.fromEntries(Object.entries(object).filter(([field]) => written.includes(field)));

// §3.7: UTC without a Z.
export const utcStamp = (books: Books): string => new Date(books.at).toISOString().slice(0, 19);

/** A new project, active (§3A.18). */
export const newProject = (object: Row, books: Books): Row => {
  const id = books.nextId('projects');
  return {
    active: true,
    billed_amount: '0.00',
    billed_status: 'unbilled',
    billing_method: null,
    budget: null,
    client_id: null,
    complete: false,
    created_at: utcStamp(books),
    description: null,
    due_date: null,
    expense_markup: '0',
    fixed_price: null,
    group_id: id + 100_000,
    id,
    internal: false,
    logged_duration: null,
    project_manager_id: null,
    project_type: 'hourly_rate',
    rate: null,
    retainer_id: null,
    sample: false,
    service_estimate_type: 'total_hours',
    services: [],
    updated_at: utcStamp(books),
    ...fieldsIn(object),
  };
};

/** A project after a PUT: what was not sent stays. */
export const changedProject = (row: Row, object: Row, books: Books): Row => ({
  ...row,
  ...fieldsIn(object),
  updated_at: utcStamp(books),
});
