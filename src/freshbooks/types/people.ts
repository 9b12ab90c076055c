import * as z from 'zod';
import { because, type RowType, servedRaw, visStates } from './mapping.ts';
import { Flag, Id, OptionalDecimal, Text, Whole } from './wire.ts';

/** A member of the team, freshbooks-api §3A.21; served raw. Not active is who was removed or did not accept yet. */
export const TeamMember = z.object({
  uuid: Id,
  identity_id: Text,
  email: Text,
  business_role_name: Text,
  active: Flag,
  updated_at: Text,
});
export type TeamMember = z.infer<typeof TeamMember>;

export const teamMembers = {
  schema: TeamMember,
  fates: servedRaw([
    ...Object.keys(TeamMember.shape),
    ...['id', 'business_id', 'first_name', 'middle_name', 'last_name', 'job_title', 'phone_number'],
    ...['street_1', 'street_2', 'city', 'province', 'country', 'postal_code'],
    ...['invitation_date_accepted', 'created_at'],
  ]),
} as const satisfies RowType<TeamMember>;

/** What an hour of a member of the team is billed at, freshbooks-api §3A.21, in a currency that FreshBooks does not name. */
export const TeamMemberRate = z.object({ identity_id: Id, rate: OptionalDecimal });
export type TeamMemberRate = z.infer<typeof TeamMemberRate>;

export const teamMemberRates = {
  schema: TeamMemberRate,
  fates: servedRaw(['identity_id', 'rate', 'business_id']),
} as const satisfies RowType<TeamMemberRate>;

/** A member of the staff in the older list, freshbooks-api §3A.21; served raw, without the token it comes with. */
export const Staff = z.object({ id: Id, email: Text, role: Text, updated: Text, vis_state: Whole });
export type Staff = z.infer<typeof Staff>;

/** Fields of a staff row that sign somebody in. */
export const staffSecrets = ['api_token'] as const;

const raw = servedRaw(
  [
    ...Object.keys(Staff.shape),
    ...[
      'userid',
      'username',
      'accounting_systemid',
      'display_name',
      'fname',
      'lname',
      'organization',
      'note',
    ],
    ...['bus_phone', 'home_phone', 'mob_phone', 'fax', 'currency_code', 'language', 'rate', 'level'],
    ...['p_street', 'p_street2', 'p_city', 'p_province', 'p_country', 'p_code'],
    ...['last_login', 'num_logins', 'signup_date'],
  ],
  visStates,
);

export const staff = {
  schema: Staff,
  fates: { ...raw, ignored: { ...raw.ignored, api_token: because.credential } },
} as const satisfies RowType<Staff>;

const GroupMember = z.object({ identity_id: Text, role: Text, email: Text });

/** The business with those who work in it, freshbooks-api §3A.21; served raw. */
export const BusinessPeople = z.object({
  id: Id,
  name: Text,
  account_id: Text,
  business_group: z
    .object({ members: z.array(GroupMember).nullish() })
    .nullish()
    .catch(undefined),
});
export type BusinessPeople = z.infer<typeof BusinessPeople>;

export const businessPeople = {
  schema: BusinessPeople,
  fates: servedRaw([
    ...Object.keys(BusinessPeople.shape),
    ...['business_uuid', 'address', 'phone_number', 'business_clients', 'date_format', 'number_format'],
    ...[
      'timezone',
      'active',
      'status',
      'advanced_accounting_enabled',
      'currency_code',
      'country',
      'industry',
    ],
    ...['first_day_of_week', 'business_type', 'billing_country_code'],
  ]),
} as const satisfies RowType<BusinessPeople>;
