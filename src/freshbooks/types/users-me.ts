import * as z from 'zod';
import { because, type Fates, type RowType } from './mapping.ts';
import { Flag, Id, Text } from './wire.ts';

const Address = z.object({
  street: Text,
  street2: Text,
  city: Text,
  province: Text,
  country: Text,
  postal_code: Text,
});

export const MemberBusiness = z.object({
  id: Id,
  name: Text,
  account_id: Text,
  business_uuid: Text,
  active: Flag,
  status: Text,
  address: Address.nullish().catch(undefined),
  phone_number: z.object({ phone_number: Text }).nullish().catch(undefined),
});
export type MemberBusiness = z.infer<typeof MemberBusiness>;

export const Membership = z.object({ role: Text, business: MemberBusiness });
export type Membership = z.infer<typeof Membership>;

const Role = z.object({ role: Text, accountid: Text, systemid: Text });

/** The person a token belongs to, freshbooks-api §2: `response` of `/auth/api/v1/users/me`, which has no `result`. */
export const Me = z.object({
  id: Id.nullish(),
  identity_id: Id.nullish(),
  first_name: Text,
  last_name: Text,
  email: Text,
  profile: z.object({ first_name: Text, last_name: Text }).nullish().catch(undefined),
  business_memberships: z
    .array(z.union([Membership, z.unknown().transform(() => undefined)]))
    .transform((all) => all.filter((one) => one !== undefined))
    .nullish(),
  roles: z.array(Role).nullish().catch(undefined),
  subscription_statuses: z.record(z.string(), Text).nullish().catch(undefined),
});
export type Me = z.infer<typeof Me>;

/** The one row that is kept of users/me: the membership in the connected business, without its token. */
export const Member = z.object({ id: Id, role: Text, business: MemberBusiness });
export type Member = z.infer<typeof Member>;

const ofBusiness = {
  advanced_accounting_enabled: because.noPlace,
  billing_country_code: because.noPlace,
  business_clients: because.noPlace,
  business_type: because.noPlace,
  country: because.noPlace,
  currency_code: because.noPlace,
  date_format: because.presentation,
  first_day_of_week: because.presentation,
  industry: because.noPlace,
  number_format: because.presentation,
  timezone: because.presentation,
} as const;

const mappedOfBusiness = [
  ...Object.keys(MemberBusiness.shape),
  ...Object.keys(Address.shape).map((field) => `address.${field}`),
  'phone_number.phone_number',
];

const ignoredOfBusiness = {
  ...ofBusiness,
  'address.id': because.internal,
  'phone_number.id': because.internal,
};

export const usersMe = {
  schema: Member,
  fates: {
    mapped: ['id', 'role', 'business', ...mappedOfBusiness.map((field) => `business.${field}`)],
    ignored: {
      subscription_status: because.noPlace,
      ...prefixed('business.', ignoredOfBusiness),
    },
  },
} as const satisfies RowType<Member>;

/** What became of the fields of a whole reply of users/me, of which only the membership is kept. */
export const meFates = {
  mapped: [
    'id',
    'identity_id',
    'first_name',
    'last_name',
    'email',
    'profile',
    'business_memberships',
    'roles',
    'roles.role',
    'roles.accountid',
    'roles.systemid',
    'subscription_statuses',
    'business_memberships.role',
    'business_memberships.business',
    ...mappedOfBusiness.map((field) => `business_memberships.business.${field}`),
  ],
  ignored: {
    ...prefixed('business_memberships.business.', ignoredOfBusiness),
    'business_memberships.id': because.internal,
    'business_memberships.fasttrack_token': 'a credential: never kept',
    'business_memberships.unacknowledged_change': because.internal,
    'roles.id': because.internal,
    'roles.userid': because.internal,
    'roles.created_at': because.internal,
    'roles.links': because.internal,
    identity_uuid: because.duplicateId,
    identity_origin: because.internal,
    addresses: 'the person’s own, not the business’s',
    phone_numbers: 'the person’s own, not the business’s',
    profession: 'the person’s own, not the business’s',
    business_statuses: because.noPlace,
    confirmed_at: because.login,
    unconfirmed_email: because.login,
    created_at: because.login,
    groups: because.computed,
    integrations: because.login,
    language: because.presentation,
    links: because.internal,
    otp_delivery_method: because.login,
    otp_required_for_login: because.login,
    permissions: because.noPlace,
    setup_complete: because.internal,
    timezone: because.presentation,
    has_password: because.login,
    fasttrack_token: 'a credential: never kept',
  },
} as const satisfies Fates;

function prefixed(prefix: string, fates: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fates).map(([field, reason]) => [prefix + field, reason]));
}
