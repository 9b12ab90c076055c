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
    throw new Problem('no-permission', 'users/me: the person who connected it no longer has this business.');
  }
  return {
    id: business.businessId,
    role: text(member.role) ?? null,
    business: member.business,
    subscription_status: reply.subscription_statuses?.[business.accountId] ?? null,
  };
}
