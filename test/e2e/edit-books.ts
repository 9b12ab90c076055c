import * as z from 'zod';
import type { VendorBooks } from './vendor-truth.ts';

/** Edits the vendor's books through its own calls, as its users and other apps do. */
export type Vendor = {
  create(path: string, singular: string, fields: Record<string, unknown>): Promise<number>;
  change(path: string, singular: string, id: number, fields: Record<string, unknown>): Promise<void>;
  erase(path: string, id: number): Promise<void>;
  /** Ids of the newest rows of a list. */
  newest(path: string, plural: string, count: number): Promise<number[]>;
};

const Result = z.object({ response: z.object({ result: z.record(z.string(), z.unknown()) }) });
const Identified = z.looseObject({ id: z.number() });

export function vendorOf({ url, accountId, accessToken }: VendorBooks): Vendor {
  const call = async (method: string, path: string, body?: unknown) => {
    const reply = await fetch(`${url}/accounting/account/${accountId}/${path}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    return text === '' ? {} : JSON.parse(text);
  };
  return {
    create: async (path, singular, fields) => {
      const { response } = Result.parse(await call('POST', path, { [singular]: fields }));
      return Identified.parse(response.result[singular]).id;
    },
    change: async (path, singular, id, fields) => {
      await call('PUT', `${path}/${id}`, { [singular]: fields });
    },
    erase: async (path, id) => {
      await call('DELETE', `${path}/${id}`);
    },
    newest: async (path, plural, count) => {
      const { response } = Result.parse(await call('GET', `${path}?per_page=${count}`));
      return z
        .array(Identified)
        .parse(response.result[plural])
        .map(({ id }) => id);
    },
  };
}

/** A day's work on the books: made, changed, paid, archived, deleted, brought back. */
export async function editBooks(vendor: Vendor): Promise<void> {
  const money = (amount: string) => ({ amount, code: 'CAD' });
  const customer = await vendor.create('users/clients', 'client', {
    organization: 'Érablière Tremblay',
    email: 'a@b.test',
  });
  const doomed = await vendor.create('users/clients', 'client', { organization: 'Gone Tomorrow Ltd' });
  const invoice = await vendor.create('invoices/invoices', 'invoice', {
    customerid: customer,
    create_date: '2026-11-20',
    currency_code: 'CAD',
    lines: [
      { type: 0, name: 'Sirop', qty: '12', unit_cost: money('19.995') },
      { type: 0, name: 'Livraison', qty: '1', unit_cost: money('15.00') },
    ],
  });
  const [first = 0, second = 0, third = 0] = (await vendor.newest('invoices/invoices', 'invoices', 4)).filter(
    (id) => id !== invoice,
  );
  const payment = await vendor.create('payments/payments', 'payment', {
    invoiceid: invoice,
    amount: money('50.00'),
    date: '2026-11-21',
    type: 'Check',
  });
  await vendor.create('payments/payments', 'payment', {
    invoiceid: invoice,
    amount: money('25.25'),
    date: '2026-11-21',
    type: 'Cash',
  });
  await vendor.change('payments/payments', 'payment', payment, { vis_state: 1 });
  await vendor.change('users/clients', 'client', customer, { fname: 'Maxime', lname: 'Tremblay' });
  await vendor.change('users/clients', 'client', doomed, { vis_state: 1 });
  await vendor.change('invoices/invoices', 'invoice', first, { vis_state: 1 });
  await vendor.change('invoices/invoices', 'invoice', second, { vis_state: 2 });
  await vendor.change('invoices/invoices', 'invoice', third, { vis_state: 1 });
  await vendor.change('invoices/invoices', 'invoice', third, { vis_state: 0 });
}
