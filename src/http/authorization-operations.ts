import * as z from 'zod';
import type { AcknowledgeExport, ExportPair, HandedOver } from '../app/authorization/export-pair.ts';
import type { ImportPair } from '../app/authorization/import-pair.ts';
import { DateTime } from '../domain/unified/scalars.ts';
import { ConnectionPath, Id } from './api-operation.ts';
import { compact } from './compact.ts';
import { operationsOf } from './operation.ts';
import { ConnectionReply, connectionReply } from './wire/connection-reply.ts';

export type AuthorizationDeps = {
  importPair: ImportPair;
  exportPair: ExportPair;
  acknowledgeExport: AcknowledgeExport;
  publicUrl: string;
};

const Token = z.string().min(1).max(4096);
const path = '/companies/{companyId}/connections/{connectionId}/authorization' as const;

/** A flat map of texts, as clients of this API send it; what is exported here can be sent as it is. */
const PairBody = z.strictObject({
  clientId: z.string().min(1).max(512),
  refreshToken: Token,
  accessToken: Token.optional(),
  /** FreshBooks' id of the business to be read, where the person has several. */
  businessId: Id.optional(),
  /** What FreshBooks says itself when the pair is renewed; taken, and not gone by. */
  createdAt: z.string().max(64).optional(),
  expiresAt: z.string().max(64).optional(),
  scopes: z.string().max(4096).optional(),
});

const ExportReply = z.strictObject({
  authorization: z.strictObject({
    clientId: z.string(),
    accessToken: z.string(),
    refreshToken: z.string(),
    createdAt: DateTime,
    expiresAt: DateTime,
    /** With a space between two. */
    scopes: z.string(),
  }),
  handedOver: DateTime,
  connections: z.array(
    z.strictObject({
      companyId: z.string(),
      connectionId: z.string(),
      businessId: z.string().optional(),
      businessName: z.string().optional(),
    }),
  ),
});

const operation = operationsOf<AuthorizationDeps>();

/**
 * Moving consents in and out, without asking customers again. A function that may touch tokens answers them, not the
 * one that answers the rest of the API (docs/adr/0019).
 */
export const authorizationOperations = [
  operation({
    method: 'PUT',
    path,
    name: 'updateAuthorization',
    summary: "Takes over the customer's consent from another system, with the token pair that it held.",
    description:
      'The refresh token is spent at once, so from then on only this installation can renew the consent. The pair has to be of the FreshBooks app that is set up here. With an access token that lives, a pair of another business is refused before anything is spent. The same pair sent again answers the same, and joins another connection of the same person to it; tokens are never in the reply.',
    role: 'admin',
    params: ConnectionPath,
    body: PairBody,
    repeatable: true,
    refusals: [409],
    success: 200,
    reply: ConnectionReply,
    run: async ({ deps, params, body }) => {
      const { createdAt: _createdAt, expiresAt: _expiresAt, scopes: _scopes, ...wish } = body;
      return connectionReply(await deps.importPair(params, compact(wish)), deps.publicUrl);
    },
  }),
  operation({
    method: 'POST',
    path: `${path}/export`,
    name: 'exportAuthorization',
    summary: "Hands the customer's consent over to another system; it is not used here any more.",
    description:
      'Name in `connections` every connection that stands on the consent: they all stop being read, and say so. The grant is closed before the reply is made, so two systems never renew it. Until the receipt is acknowledged, the same call answers the same pair again.',
    role: 'admin',
    params: ConnectionPath,
    body: z.strictObject({ connections: z.array(Id).min(1).max(1000) }),
    repeatable: true,
    refusals: [409],
    success: 200,
    reply: ExportReply,
    run: async ({ deps, params, body }) => exportReply(await deps.exportPair(params, body.connections)),
  }),
  operation({
    method: 'POST',
    path: `${path}/acknowledge`,
    name: 'acknowledgeExport',
    summary: 'Says that the other system has the exported pair: it is forgotten here.',
    role: 'admin',
    params: ConnectionPath,
    repeatable: true,
    refusals: [409],
    success: 204,
    run: async ({ deps, params }) => deps.acknowledgeExport(params),
  }),
];

function exportReply({ pair, clientId, handedOver, connections }: HandedOver): z.infer<typeof ExportReply> {
  const { accessToken, refreshToken, createdAt, expiresAt, scopes } = pair;
  return {
    authorization: {
      clientId,
      accessToken,
      refreshToken,
      createdAt,
      expiresAt,
      scopes: scopes.join(' '),
    },
    handedOver,
    connections: connections.map(({ companyId, id, business }) => ({
      companyId,
      connectionId: id,
      ...(business === undefined ? {} : { businessId: business.businessId, businessName: business.name }),
    })),
  };
}
