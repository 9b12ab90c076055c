import type { Health } from '../domain/health.ts';
import type { ApiDeps } from './api-deps.ts';
import { withCode } from './link/address.ts';
import type { CompanyReply } from './wire/company-reply.ts';
import { type ConnectionReply, linkUrlOf } from './wire/connection-reply.ts';
import { asksForLink } from './wire/health-reply.ts';

type LinkDeps = Pick<ApiDeps, 'handOutLink'>;

/** A link to send, and until when it is good, where links work once. */
export type FreshLink = { url: string; expires?: string };

/** The company's hosted link, or that of one of its connections: with a code of its own where links work once. */
export async function freshLink(
  { handOutLink }: LinkDeps,
  stable: string,
  of: { companyId: string; connectionId?: string },
): Promise<FreshLink> {
  const made = await handOutLink(of);
  if (made === undefined) return { url: stable };
  const kind = of.connectionId === undefined ? 'company' : 'connection';
  return { url: withCode(stable, made.code, kind), expires: made.expires };
}

/** A connection whose `linkUrl` works. */
export async function withFreshLink(
  deps: LinkDeps,
  companyId: string,
  reply: ConnectionReply,
): Promise<ConnectionReply> {
  const { url } = await freshLink(deps, reply.linkUrl, { companyId, connectionId: reply.id });
  return { ...reply, linkUrl: url };
}

/** A company whose `redirect` and whose connections' links work. */
export async function withFreshLinks(deps: LinkDeps, reply: CompanyReply): Promise<CompanyReply> {
  const { url } = await freshLink(deps, reply.redirect, { companyId: reply.id });
  const fresh = reply.dataConnections.map((connection) => withFreshLink(deps, reply.id, connection));
  return { ...reply, redirect: url, dataConnections: await Promise.all(fresh) };
}

/** A connection's link for what is said of its health: a fresh one only where it is to be sent. */
export async function linkForHealth(
  deps: LinkDeps & Pick<ApiDeps, 'publicUrl'>,
  { companyId, connectionId, linkToken }: { companyId: string; connectionId: string; linkToken: string },
  healths: readonly Health[],
): Promise<string> {
  const stable = linkUrlOf(deps.publicUrl, linkToken);
  return healths.some(asksForLink)
    ? (await freshLink(deps, stable, { companyId, connectionId })).url
    : stable;
}
