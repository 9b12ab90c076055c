import type { Person, PersonBusiness } from '../app/ports.ts';
import { Problem } from '../domain/problem.ts';
import { Me, type Membership } from './types/users-me.ts';
import { flag, text } from './types/wire.ts';

/** A business without its account cannot be read through the accounting family: the id is then empty. */
const noAccount = '';

/**
 * The person and their businesses out of `users/me` (freshbooks-api §2). A business can be linked when it has an
 * account of its own and the person is more than a client there. An account where the person only receives invoices
 * is never taken for the business's own, however alike the two look in the reply.
 */
export function personIn(body: unknown): Person {
  const response =
    typeof body === 'object' && body !== null && 'response' in body ? body.response : undefined;
  const me = Me.safeParse(response).data;
  const identityId = me?.identity_id ?? me?.id;
  if (me === undefined || identityId === undefined || identityId === null) {
    throw new Problem('unavailable', 'users/me: FreshBooks’ answer names no person.');
  }
  const first = text(me.first_name) ?? text(me.profile?.first_name);
  const last = text(me.last_name) ?? text(me.profile?.last_name);
  return {
    identityId: String(identityId),
    name: [first, last].filter((part) => part !== undefined).join(' '),
    email: text(me.email) ?? '',
    businesses: (me.business_memberships ?? []).map((membership) =>
      businessOf(me, String(identityId), membership),
    ),
  };
}

function businessOf(me: Me, identityId: string, membership: Membership): PersonBusiness {
  const { business } = membership;
  const accountId = text(business.account_id);
  const uuid = text(business.business_uuid);
  const systemId = accountId === undefined ? undefined : systemOf(me, accountId);
  const unfit = unfitness(me, membership);
  return {
    identityId,
    accountId: accountId ?? noAccount,
    businessId: String(business.id),
    ...(uuid !== undefined && { businessUuid: uuid }),
    ...(systemId !== undefined && { systemId }),
    name: text(business.name) ?? String(business.id),
    role: text(membership.role) ?? '',
    ...(unfit !== undefined && { unfit }),
  };
}

function unfitness(me: Me, { role, business }: Membership): PersonBusiness['unfit'] {
  if (text(role)?.toLowerCase() === 'client') return 'client-only';
  const accountId = text(business.account_id);
  if (accountId === undefined) return 'no-account';
  const onAccount = (me.roles ?? []).filter((one) => text(one.accountid) === accountId);
  if (onAccount.length > 0 && onAccount.every((one) => text(one.role)?.toLowerCase() === 'client')) {
    return 'client-only';
  }
  // A cancelled subscription usually still lets its books be read; only a business that is switched off does not.
  if (business.active !== undefined && business.active !== null && !flag(business.active)) return 'inactive';
  return undefined;
}

function systemOf(me: Me, accountId: string): string | undefined {
  const role = (me.roles ?? []).find(
    (one) => text(one.accountid) === accountId && text(one.systemid) !== undefined,
  );
  return text(role?.systemid);
}
