import { createHash } from 'node:crypto';
import { authError, authReply, type Reply, unauthenticated } from './http/reply.ts';
import { type Asked, bearerOf } from './http/request.ts';
import type { Row } from './json.ts';
import { profileScope } from './oauth/scopes.ts';
import { type Business, type Membership, type Person, personOf, type Role } from './people.ts';
import { roleOn } from './role-limits.ts';
import type { Simulation } from './simulation.ts';
import type { Plays } from './switches.ts';

// Ids of things nobody asks for, made from ids that are fixed.
const numbered = (text: string): number =>
  Number.parseInt(createHash('sha256').update(text).digest('hex').slice(0, 7), 16);

const joined = '2023-10-30T15:04:05Z';

// What the plan allows (§2.1): flags the reference names.
const permissions = (plays: Plays): Row => ({
  'staff.limit': -1,
  'client.limit': -1,
  'retainers.limit': -1,
  'attachments.access': true,
  'accounts_payable.access': plays('plan.payables', 'has'),
  'advanced_accounting.access': true,
  'flexible_chart_of_accounts.access': true,
  'manual_journal_entries_feature.access': true,
  'retainers_feature.access': plays('plan.retainers', 'has'),
  'team_members.access': true,
});

const clientOf = (business: Business, roles: readonly Role[]): readonly Row[] =>
  business.accountId !== null
    ? []
    : roles
        .filter(({ role, account }) => role === 'client' && account.accountId !== null)
        .map(({ account, userId }) => ({
          id: numbered(`business-client/${business.businessId}/${account.businessId}`),
          business_id: business.businessId,
          account_id: account.accountId,
          userid: userId,
          client_business: { business_id: business.businessId },
          account_business: { account_business_id: account.businessId, account_id: account.accountId },
        }));

const businessRow = (business: Business, roles: readonly Role[]): Row => ({
  id: business.businessId,
  business_uuid: business.businessUuid,
  name: business.name,
  account_id: business.accountId,
  number_format: null,
  date_format: 'yyyy-mm-dd',
  first_day_of_week: 0,
  active: true,
  timezone: business.timezone,
  status: 'active',
  advanced_accounting_enabled: true,
  industry: null,
  billing_country_code: business.country === 'Canada' ? 'CAN' : 'SWE',
  business_type: null,
  address: {
    id: numbered(`address/${business.businessId}`),
    street: '',
    street2: '',
    city: business.city,
    province: '',
    country: business.country,
    postal_code: '',
  },
  phone_number: { id: numbered(`phone/${business.businessId}`), phone_number: '' },
  business_clients: clientOf(business, roles),
});

const membershipId = (person: Person, business: Business): number =>
  numbered(`membership/${person.identityId}/${business.businessId}`);

type RoleOn = (person: Person, membership: Membership) => string;

const membershipRow = (person: Person, membership: Membership, roleOn: RoleOn): Row => ({
  id: membershipId(person, membership.business),
  role: roleOn(person, membership),
  unacknowledged_change: false,
  fasttrack_token: `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(`{"simulated":${membership.business.businessId}}`).toString('base64url')}.c2ltdWxhdGVk`,
  business: businessRow(membership.business, person.roles),
});

const roleRow = (person: Person, { account, role, userId }: Role): Row => {
  const id = numbered(`role/${person.identityId}/${account.businessId}`);
  return {
    id,
    role,
    systemid: account.systemId,
    userid: userId,
    created_at: joined,
    links: { destroy: `/service/auth/api/v1/users/role/${id}` },
    accountid: account.accountId,
  };
};

const groupRow = (person: Person, membership: Membership, roleOn: RoleOn): Row => ({
  id: membershipId(person, membership.business),
  group_id: numbered(`group/${membership.business.businessId}`),
  role: roleOn(person, membership),
  identity_id: person.identityId,
  identity_uuid: person.identityUuid,
  business_id: membership.business.businessId,
  active: true,
});

const perAccount = ({ roles }: Person, value: Row | string): Row =>
  Object.fromEntries(
    roles.filter(({ role }) => role === 'admin').map(({ account }) => [account.accountId ?? '', value]),
  );

const profileOf = ({ firstName, lastName }: Person): Row => ({
  setup_complete: true,
  first_name: firstName,
  last_name: lastName,
  phone_number: null,
  address: null,
  profession: null,
  professions: [],
  has_password: true,
  is_email_confirmed: true,
  timezone: 'America/Toronto',
  time_format: 0,
});

/** The identity as users/me tells it (§2.4), without the `response` around it. */
const identityOf = (person: Person, plays: Plays, roleOn: RoleOn): Row => ({
  id: person.identityId,
  identity_id: person.identityId,
  identity_uuid: person.identityUuid,
  first_name: person.firstName,
  last_name: person.lastName,
  email: person.email,
  language: 'en',
  confirmed_at: joined,
  created_at: joined,
  unconfirmed_email: null,
  setup_complete: true,
  phone_numbers: [{ title: '', phone_number: null }],
  addresses: [null],
  profession: null,
  links: {
    me: `/service/auth/api/v1/users?id=${person.identityId}`,
    roles: `/service/auth/api/v1/users/role/${person.identityId}`,
  },
  profile: profileOf(person),
  permissions: plays('plan-flags', 'told') ? perAccount(person, permissions(plays)) : {},
  groups: person.memberships.map((membership) => groupRow(person, membership, roleOn)),
  subscription_statuses: perAccount(person, 'active'),
  business_statuses: perAccount(person, 'active'),
  integrations: {},
  business_memberships: person.memberships.map((membership) => membershipRow(person, membership, roleOn)),
  identity_origin: 'magnum',
  timezone: 'America/Toronto',
  otp_required_for_login: false,
  otp_delivery_method: 'email',
  roles: person.roles.map((role) => roleRow(person, role)),
});

/** GET /auth/api/v1/users/me (§2). */
export const answerUsersMe = (asked: Asked, { grants, switches, store }: Simulation): Reply => {
  const consent = grants.bearer(bearerOf(asked));
  const person = consent && personOf(consent.identityId);
  if (!person) return unauthenticated();
  if (!consent.scopes.includes(profileScope)) {
    const provided = consent.scopes.join(' ');
    return authError(
      403,
      'insufficient_scope',
      `Scopes provided: ${provided}. Scopes needed: ${profileScope}.`,
    );
  }
  const response = identityOf(person, switches.plays, roleOn(store));
  const etag = createHash('sha256').update(JSON.stringify(response)).digest('hex').slice(0, 32);
  return authReply(
    200,
    { response },
    { etag: `W/"${etag}"`, 'x-request-id': `sim-${etag.slice(0, 12)}`, 'x-runtime': '0.067' },
  );
};
