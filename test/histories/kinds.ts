import { isRow, type Json, type Row } from '../../simulator/json.ts';

// What people write in FreshBooks' books, and how: facts of its documentation, none of the sync's.

/** The business whose books these are, by its ids. */
export const tiny = {
  accountId: 'TnSt2k',
  businessId: '8104533',
  businessUuid: '0f6b2a90-52d7-4a5e-8e43-6b0c9d3f1a22',
  systemId: '5210071',
  identityId: '4410021',
} as const;

/** A call that somebody's work in the books comes down to. */
export type Call = { method: string; path: string; body?: Json };
type Writing = {
  create: (row: Row) => Call;
  /** Absent where nobody can change one. */
  change?: (row: Row, fields: Row) => Call;
  /** Absent where nobody can delete one, or bring it back. `pick` chooses where there are two ways. */
  remove?: (row: Row, pick: number) => Call;
  restore?: (row: Row) => Call;
  archive?: (row: Row) => Call;
  /** How a row says that it is deleted. */
  gone?: (row: Row) => boolean;
};

const account = `/accounting/account/${tiny.accountId}`;
const projects = `/projects/business/${tiny.businessId}/project`;
const comments = `/comments/business/${tiny.businessId}`;
const staff = `/_simulator/staff/${tiny.accountId}`;

const put = (path: string, body: Json): Call => ({ method: 'PUT', path, body });
const post = (path: string, body: Json): Call => ({ method: 'POST', path, body });

/** One path for all of them and for each; a row's state is in `vis_state`. */
function accounting(path: string, one: string): Writing & { change: NonNullable<Writing['change']> } {
  const at = (row: Row): string => `${account}/${path}/${keyOf(row)}`;
  const state =
    (vis_state: number) =>
    (row: Row): Call =>
      put(at(row), { [one]: { vis_state } });
  return {
    create: (row) => post(`${account}/${path}`, { [one]: row }),
    change: (row, fields) => put(at(row), { [one]: fields }),
    remove: state(1),
    restore: state(0),
    archive: state(2),
  };
}

/** Such a row is no longer there once it was deleted. */
function removed(path: string, one: string): Writing {
  const { create, change } = accounting(path, one);
  return {
    create,
    change,
    remove: (row) => ({ method: 'DELETE', path: `${account}/${path}/${keyOf(row)}` }),
  };
}

const notActive = (row: Row): boolean => row['active'] === false;
const project = (row: Row, fields: Row): Call =>
  put(`${projects}/${keyOf(row)}`, { project: { title: row['title'] ?? '', ...fields } });
const retainer = (row: Row, fields: Row): Call =>
  put(`${comments}/retainer/${keyOf(row)}`, { retainer: fields });
const rate = (row: Row): Call =>
  put(`${comments}/service/${keyOf(row)}/rate`, { service_rate: { rate: row['rate'] ?? '0' } });
const colleague = (row: Row, fields: Row): Call => put(staff, { id: Number(keyOf(row)), ...fields });

const kinds = {
  clients: accounting('users/clients', 'client'),
  invoices: accounting('invoices/invoices', 'invoice'),
  invoice_profiles: accounting('invoice_profiles/invoice_profiles', 'invoice_profile'),
  estimates: accounting('estimates/estimates', 'estimate'),
  payments: accounting('payments/payments', 'payment'),
  expenses: accounting('expenses/expenses', 'expense'),
  taxes: removed('taxes/taxes', 'tax'),
  credit_notes: accounting('credit_notes/credit_notes', 'credit_note'),
  bills: accounting('bills/bills', 'bill'),
  bill_payments: accounting('bill_payments/bill_payments', 'bill_payment'),
  bill_vendors: accounting('bill_vendors/bill_vendors', 'bill_vendor'),
  items: accounting('items/items', 'item'),
  tasks: accounting('projects/tasks', 'task'),
  other_income: removed('other_incomes/other_incomes', 'other_income'),
  /** Made, and never changed afterwards; they go with their tasks. */
  services: { create: (row) => post(`${comments}/service`, { service: row }) },
  service_rates: { create: rate, change: (row, fields) => rate({ ...row, ...fields }) },
  projects: {
    create: (row) => post(projects, { project: row }),
    change: project,
    remove: (row) => ({ method: 'DELETE', path: `${projects}/${keyOf(row)}` }),
    restore: (row) => project(row, { active: true }),
    gone: notActive,
  },
  retainers: {
    create: (row) => post(`${comments}/retainers`, { retainer: row }),
    change: retainer,
    remove: (row) => retainer(row, { active: false }),
    restore: (row) => retainer(row, { active: true }),
    gone: notActive,
  },
  staff: {
    create: (row) => put(staff, row),
    change: colleague,
    remove: (row, pick) =>
      pick % 2 === 0
        ? colleague(row, { vis_state: 1 })
        : { method: 'DELETE', path: `${staff}/${keyOf(row)}` },
    restore: (row) => colleague(row, { vis_state: 0 }),
  },
} as const satisfies Record<string, Writing>;

export type Kind = keyof typeof kinds;
export const kindNames: readonly Kind[] = Object.keys(kinds).filter(isKind);

function isKind(name: string): name is Kind {
  return Object.hasOwn(kinds, name);
}

/** How each is written, whichever it is. */
export function writingOf(kind: Kind): Writing {
  return kinds[kind];
}

/** A row's key, as its resource names it. */
export function keyOf(row: Row): string {
  const names = ['id', 'incomeid', 'vendorid', 'service_id', 'uuid', 'entity_id', 'identity_id'];
  return String(names.map((name) => row[name]).find((key) => key !== undefined));
}

export function isDeletedRow(resource: string, row: Row): boolean {
  const gone = isKind(resource) ? writingOf(resource).gone : undefined;
  return gone === undefined ? row['vis_state'] === 1 : gone(row);
}

/** What a reply of a path beside the accounting family shows, as rows: `{ key: [...] }` or `{ key: {...} }`. */
export function rowsUnder(reply: Json, key: string): Row[] {
  const found = isRow(reply) ? reply[key] : undefined;
  return [found].flat().filter(isRow);
}
