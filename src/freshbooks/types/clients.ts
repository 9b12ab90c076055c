import * as z from 'zod';
import { because, type RowType, visStates } from './mapping.ts';
import { currency, Id, present, recordStatus, stampOf, Text, text, Whole } from './wire.ts';

const Contact = z.object({ fname: Text, lname: Text, email: Text, phone1: Text, phone2: Text });

/** A client, freshbooks-api §3A.1. */
export const Client = z.object({
  id: Id,
  fname: Text,
  lname: Text,
  organization: Text,
  email: Text,
  bus_phone: Text,
  home_phone: Text,
  mob_phone: Text,
  fax: Text,
  currency_code: Text,
  vat_number: Text,
  p_street: Text,
  p_street2: Text,
  p_city: Text,
  p_province: Text,
  p_country: Text,
  p_code: Text,
  s_street: Text,
  s_street2: Text,
  s_city: Text,
  s_province: Text,
  s_country: Text,
  s_code: Text,
  contacts: z.array(Contact).nullish().catch(undefined),
  updated: Text,
  vis_state: Whole,
});
export type Client = z.infer<typeof Client>;

/** Fields of a client that let somebody in: to its pages by a link, or to its sign-in. */
export const clientSecrets = ['direct_link_token', 'statement_token', 'password'] as const;

export const clients = {
  schema: Client,
  fates: {
    mapped: [
      ...Object.keys(Client.shape),
      'contacts.fname',
      'contacts.lname',
      'contacts.email',
      'contacts.phone1',
      'contacts.phone2',
    ],
    ignored: {
      userid: because.duplicateId,
      accounting_systemid: because.account,
      accountid: because.account,
      uuid: because.duplicateId,
      allow_email_include_pdf: because.mail,
      allow_late_fees: because.noPlace,
      allow_late_notifications: because.mail,
      company_industry: because.noPlace,
      company_size: because.noPlace,
      direct_link_token: because.credential,
      exceeds_client_limit: because.internal,
      grand_total_balance: because.computed,
      outstanding_balance: because.computed,
      overdue_balance: because.computed,
      draft_balance: because.computed,
      credit_balance: because.computed,
      late_fee: because.noPlace,
      late_fees: because.noPlace,
      late_reminders: because.mail,
      has_retainer: because.noPlace,
      retainer_id: because.noPlace,
      language: because.presentation,
      number_format: because.presentation,
      last_activity: because.login,
      last_login: because.login,
      level: because.login,
      notified: because.login,
      num_logins: because.login,
      username: because.login,
      password: because.credential,
      role: because.login,
      subdomain: because.login,
      statement_token: because.credential,
      pref_email: because.mail,
      pref_gmail: because.mail,
      signup_date: because.noPlace,
      created_at: because.noPlace,
      note: because.noPlace,
      vat_name: because.presentation,
      display_name: because.computed,
      test_amount: because.fixture,
      'contacts.contactid': because.noPlace,
      'contacts.id': because.noPlace,
      'contacts.userid': because.duplicateId,
      'contacts.invoiceid': because.noPlace,
      'contacts.clientid': because.duplicateId,
      'contacts.face': because.presentation,
      'contacts.country': because.noPlace,
    },
    vocabulary: visStates,
  },
} as const satisfies RowType<Client>;

type Phone = { number: string; type: 'Primary' | 'Landline' | 'Mobile' | 'Fax' | 'Unknown' };

/** A customer of the unified shape. */
export function toCustomer(client: Client): Record<string, unknown> {
  const own = fullName(client);
  const email = text(client.email);
  const name = text(client.organization) ?? own ?? email;
  const phones = phonesOf(client);
  return present({
    id: String(client.id),
    customerName: name,
    contactName: own,
    emailAddress: email,
    defaultCurrency: currency(text(client.currency_code)),
    phone: phones[0]?.number,
    addresses: addressesOf(client),
    contacts: contactsOf(client, own, email, phones),
    taxNumber: text(client.vat_number),
    status: recordStatus(client.vis_state),
    sourceModifiedDate: stampOf(client.updated),
  });
}

function fullName(person: Pick<Client, 'fname' | 'lname'>): string | undefined {
  const names = [text(person.fname), text(person.lname)].filter((name) => name !== undefined);
  return names.length === 0 ? undefined : names.join(' ');
}

function phonesOf(client: Client): Phone[] {
  return listed([
    [client.bus_phone, 'Primary'],
    [client.mob_phone, 'Mobile'],
    [client.home_phone, 'Landline'],
    [client.fax, 'Fax'],
  ]);
}

function listed(phones: readonly (readonly [Client['fax'], Phone['type']])[]): Phone[] {
  return phones.flatMap(([value, type]) => {
    const number = text(value);
    return number === undefined ? [] : [{ number, type }];
  });
}

function addressesOf(client: Client): Record<string, unknown>[] {
  const billing = address('Billing', {
    line1: text(client.p_street),
    line2: text(client.p_street2),
    city: text(client.p_city),
    region: text(client.p_province),
    country: text(client.p_country),
    postalCode: text(client.p_code),
  });
  const delivery = address('Delivery', {
    line1: text(client.s_street),
    line2: text(client.s_street2),
    city: text(client.s_city),
    region: text(client.s_province),
    country: text(client.s_country),
    postalCode: text(client.s_code),
  });
  return [billing, delivery].filter((one) => one !== undefined);
}

function address(
  type: 'Billing' | 'Delivery',
  parts: Record<string, string | undefined>,
): Record<string, unknown> | undefined {
  const known = present(parts);
  return Object.keys(known).length === 0 ? undefined : { type, ...known };
}

/** The secondary contacts, then the client's own person as the last one. */
function contactsOf(
  client: Client,
  ownName: string | undefined,
  email: string | undefined,
  phones: Phone[],
): Record<string, unknown>[] {
  const others = (client.contacts ?? []).map((contact) =>
    present({
      name: fullName(contact),
      email: text(contact.email),
      phone: listed([
        [contact.phone1, 'Primary'],
        [contact.phone2, 'Unknown'],
      ]),
      status: 'Active',
    }),
  );
  if (ownName === undefined && email === undefined) return others;
  return [
    ...others,
    present({ name: ownName, email, phone: phones, status: recordStatus(client.vis_state) }),
  ];
}
