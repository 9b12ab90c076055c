import { addDays, easternDay } from '../eastern-time.ts';
import { type Json, numberOf, type Row, textOf } from '../json.ts';
import type { Books } from '../resources/resource.ts';
import { utcStamp } from './change-projects.ts';
import type { Read, Writes, Written } from './endpoint.ts';
import { Unprocessable } from './family.ts';

// §3A.20: numbers as they are written, text as they are read.
const moneyOf = (value: Json | undefined): Row | undefined => {
  const amount = Number(value);
  return value === undefined || Number.isNaN(amount) ? undefined : { text: amount.toFixed(2) };
};

const fieldsIn = (object: Row): Row => ({
  ...(typeof object['active'] === 'boolean' ? { active: object['active'] } : {}),
  ...(object['budgeted_time'] === undefined ? {} : { budgeted_time: numberOf(object, 'budgeted_time') }),
  ...Object.fromEntries(
    ['fee', 'excess_rate'].flatMap((field) => {
      const money = moneyOf(object[field]);
      return money ? [[field, textOf(money, 'text')]] : [];
    }),
  ),
});

/** A new retainer of a client (§3A.20), active; `client_user_id` names the client. */
export const newRetainer = (object: Row, books: Books): Row => {
  const start = textOf(object, 'start_date') || easternDay(books.at);
  return {
    active: true,
    budgeted_time: 144_000,
    business_id: books.businessId,
    client_user_id: numberOf(object, 'client_user_id'),
    created_at: utcStamp(books),
    excess_rate: '100.00',
    fee: '500.00',
    ...fieldsIn(object),
    id: books.nextId('retainers'),
    invoice_profile_id: null,
    next_period_start_date: addDays(start, 30),
    start_date: start,
    system_id: books.rows('systems').ascending()[0]?.['id'] ?? null,
    updated_at: utcStamp(books),
  };
};

// §3A.20: a client has one active retainer; the error is a text.
const refuseSecond = (row: Row, books: Books): void => {
  const others = books.rows('retainers').where('client_user_id', row['client_user_id'] ?? null);
  const taken = others.some((other) => other['active'] === true && other['id'] !== row['id']);
  if (row['active'] === true && taken) throw new Unprocessable('Client already has an active retainer');
};

const left = (row: Row, books: Books): Written => {
  refuseSecond(row, books);
  books.rows('retainers').put(row);
  return { resource: 'retainers', id: Number(row['id']), body: { retainer: row } };
};

export const createRetainers: Writes = {
  one: 'retainer',
  ways: {
    POST: ({ books }, object) => {
      if (!books.rows('clients').get(numberOf(object, 'client_user_id')))
        throw new Unprocessable({ client_user_id: 'field required' });
      return left(newRetainer(object, books), books);
    },
  },
};

/** §3A.20: deleting is `active: false`; what was not sent stays. */
export const changeRetainers: Writes = {
  one: 'retainer',
  ways: {
    PUT: ({ params: [id], seen, books }: Read, object) => {
      const row = seen('retainers').find((one) => one['id'] === Number(id));
      return row && left({ ...row, ...fieldsIn(object), updated_at: utcStamp(books) }, books);
    },
  },
};
