import { Refusal } from '../accounting/refusal.ts';
import { type Row, textOf } from '../json.ts';
import type { Books } from './resource.ts';

/** The client that `field` names. Throws errno 1012 for an unknown one. */
export const customerOf = (fields: Row, field: string, books: Books): Row => {
  const customer = books.rows('clients').get(Number(fields[field]));
  if (customer) return customer;
  const value = textOf(fields, field);
  throw new Refusal(404, {
    errno: 1012,
    field: 'userid',
    object: 'client',
    value,
    message: 'Client not found.',
  });
};

/** The client's name and address as a document copies them when it is made. */
export const fromCustomer = (client: Row): Row => ({
  city: textOf(client, 'p_city'),
  code: textOf(client, 'p_code'),
  country: textOf(client, 'p_country'),
  fname: textOf(client, 'fname'),
  lname: textOf(client, 'lname'),
  organization: textOf(client, 'organization'),
  province: textOf(client, 'p_province'),
  street: textOf(client, 'p_street'),
  street2: textOf(client, 'p_street2'),
});

/** The same with the keys by which invoices and estimates know their client. */
export const addressedTo = (client: Row): Row => ({
  ...fromCustomer(client),
  current_organization: textOf(client, 'organization'),
  customerid: Number(client['id']),
});
