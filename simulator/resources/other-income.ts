import { equalsNumber, equalsText } from '../accounting/filters.ts';
import { demand } from '../accounting/read-fields.ts';
import { easternStamp } from '../eastern-time.ts';
import { type Row, rowsOf, textOf } from '../json.ts';
import { sentMoney } from './items.ts';
import type { Books, Resource } from './resource.ts';

const blank = {
  category_name: 'other',
  note: '',
  payment_type: 'Cash',
  source: '',
  sourceid: null,
  userid: null,
  vis_state: 0,
} as const satisfies Row;

const taxesIn = (fields: Row): readonly Row[] =>
  rowsOf(fields, 'taxes').map((tax) => ({ amount: textOf(tax, 'amount') || '0', name: textOf(tax, 'name') }));

const written = (fields: Row, books: Books): Row => ({
  ...blank,
  ...fields,
  amount: sentMoney(fields['amount'], books),
  taxes: taxesIn(fields),
});

/** A new other income (§3A.12); it has no `id`. */
export const newOtherIncome = (fields: Row, books: Books): Row => {
  const stamp = easternStamp(books.at);
  const incomeid = books.nextId('other_income');
  return { ...written(fields, books), created_at: stamp, incomeid, updated_at: stamp };
};

// §3A.12: a PUT is the full record; what is left out goes back to its blank.
const replace = (row: Row, fields: Row, books: Books): Row => {
  demand(['amount', 'date'], 'other_income', fields);
  const { incomeid = null, created_at = null, vis_state = 0 } = row;
  return { ...written(fields, books), created_at, incomeid, vis_state, updated_at: easternStamp(books.at) };
};

/** §3A.12: the key of the list is singular; deleted for good. */
export const otherIncome: Resource = {
  name: 'other_income',
  path: 'other_incomes/other_incomes',
  one: 'other_income',
  many: 'other_income',
  missing: { object: 'other_income', field: 'incomeid', message: 'Other income not found.' },
  scope: 'other_income',
  verbs: ['list', 'get', 'create', 'update', 'delete'],
  deletes: 'removes',
  sorts: {},
  filters: {
    incomeid: equalsNumber('incomeid'),
    category_name: equalsText('category_name'),
    vis_state: equalsNumber('vis_state'),
  },
  includes: {},
  fields: {
    amount: 'money',
    category_name: 'text',
    date: 'date',
    note: 'text',
    payment_type: 'text',
    source: 'text',
    taxes: 'any',
  },
  required: ['amount', 'date'],
  create: newOtherIncome,
  update: replace,
  touch: (row, books) => ({ ...row, updated_at: easternStamp(books.at) }),
};
