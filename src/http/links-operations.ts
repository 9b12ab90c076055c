import * as z from 'zod';
import { companyTokenSeconds } from '../app/keys/company-token.ts';
import { DateTime } from '../domain/unified/scalars.ts';
import { apiOperation, CompanyPath, ConnectionPath } from './api-operation.ts';
import { type FreshLink, freshLink } from './fresh-links.ts';
import { languageOf } from './link/language.ts';
import { redirectOf } from './wire/company-reply.ts';
import { linkUrlOf } from './wire/connection-reply.ts';
import { HealthReply, healthOf } from './wire/health-reply.ts';

const LinkReply = z.strictObject({
  /** To be sent to the customer as it is. */
  linkUrl: z.string(),
  /** Where links work once: after it this one is of no use, whether it was used or not. */
  expiresDate: DateTime.optional(),
});

/** For a connection also how it stands: why its customer is asked, and what they will be told. */
const ConnectionLinkReply = LinkReply.extend({ health: HealthReply });

const AccessTokenReply = z.strictObject({
  /** To be sent as `Bearer`; never to be kept in a page that others see. */
  accessToken: z.string(),
  /** Seconds. */
  expiresIn: z.number().int(),
  tokenType: z.literal('Bearer'),
});

export const linksOperations = [
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/accessToken',
    name: 'getCompanyAccessToken',
    summary: 'Makes a token by which a page of yours looks after the connections of one company, for a day.',
    // It may do what this role may, so it is nothing to be had with a lesser one.
    role: 'operate',
    params: CompanyPath,
    success: 200,
    reply: AccessTokenReply,
    run: async ({ deps, params, caller }) => ({
      accessToken: await deps.createCompanyToken(
        params.companyId,
        caller.kind === 'key' ? caller.keyId : undefined,
      ),
      expiresIn: companyTokenSeconds,
      tokenType: 'Bearer',
    }),
  }),
  apiOperation({
    method: 'POST',
    path: '/companies/{companyId}/link',
    name: 'createCompanyLink',
    summary: 'Hands out a link by which the customer of a company connects FreshBooks.',
    role: 'operate',
    withCompanyToken: true,
    params: CompanyPath,
    success: 200,
    reply: LinkReply,
    run: async ({ deps, params: { companyId } }) => {
      const { company } = await deps.findCompany(companyId);
      return linkReply(await freshLink(deps, redirectOf(company, deps.publicUrl), { companyId }));
    },
  }),
  apiOperation({
    method: 'POST',
    path: '/companies/{companyId}/connections/{connectionId}/link',
    name: 'createConnectionLink',
    summary: 'Hands out a link by which the customer of this very connection authorises it, also once more.',
    role: 'operate',
    withCompanyToken: true,
    params: ConnectionPath,
    success: 200,
    reply: ConnectionLinkReply,
    run: async ({ deps, params, request }) => {
      const connection = await deps.findConnection(params);
      const link = await freshLink(deps, linkUrlOf(deps.publicUrl, connection.linkToken), params);
      const language = languageOf(request);
      return {
        ...linkReply(link),
        health: await healthOf(deps, connection, { language, linkUrl: link.url }),
      };
    },
  }),
];

function linkReply({ url, expires }: FreshLink): z.infer<typeof LinkReply> {
  return { linkUrl: url, ...(expires === undefined ? {} : { expiresDate: expires }) };
}
