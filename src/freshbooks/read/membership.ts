import * as z from 'zod';
import type { Business } from '../../domain/connection.ts';
import { Problem } from '../../domain/problem.ts';
import { Text, text } from '../types/wire.ts';

const Row = z.record(z.string(), z.unknown());
const Membership = z.object({ role: Text, business: Row });
const Reply = z.object({
  response: z.object({
    business_memberships: z.array(z.unknown()).nullish(),
    subscription_statuses: z.record(z.string(), Text).nullish().catch(undefined),
    permissions: z.record(z.string(), z.record(z.string(), z.unknown())).nullish().catch(undefined),
  }),
});

/**
 * What is kept of users/me: the connected business and the person's role in it. The rest is about the person and their
 * other businesses, and the reply carries tokens (freshbooks-api §7, 21). Throws Problem `no-permission` when the
 * person is no longer a member.
 */
export function membershipIn(body: unknown, business: Business): Record<string, unknown> {
  const reply = Reply.safeParse(body).data?.response;
  if (reply === undefined) throw new Problem('unavailable', 'users/me: FreshBooks’ answer names no person.');
  const memberships = (reply.business_memberships ?? []).flatMap(
    (one) => Membership.safeParse(one).data ?? [],
  );
  const member = memberships.find(({ business: one }) => String(one['id']) === business.businessId);
  if (member === undefined) {
    const sentence = 'users/me: the person who connected no longer belongs to this business.';
    throw new Problem('no-permission', sentence, { reason: 'membership-gone' });
  }
  return {
    id: business.businessId,
    role: text(member.role) ?? null,
    business: member.business,
    subscription_status: reply.subscription_statuses?.[business.accountId] ?? null,
  };
}

/** Who reads: their role in the business, and what its plan has, by the flags that FreshBooks says it with. */
export type Member = { role: string | undefined; features: Readonly<Record<string, boolean>> };

/** Throws like `membershipIn`. A flag that is no yes and no no is none. */
export function memberIn(body: unknown, business: Business): Member {
  const { role } = membershipIn(body, business);
  const flags = Reply.safeParse(body).data?.response.permissions?.[business.accountId] ?? {};
  const features = Object.entries(flags).flatMap(([name, on]): [string, boolean][] =>
    typeof on === 'boolean' ? [[name, on]] : [],
  );
  return { role: typeof role === 'string' ? role : undefined, features: Object.fromEntries(features) };
}
