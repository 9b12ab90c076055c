import * as z from 'zod';
import { isReplaced } from '../../domain/business-change.ts';
import { type Connection, type ConnectionError, connectionStates } from '../../domain/connection.ts';
import { integrationId, integrationKey, sourceId } from '../../domain/integration.ts';
import { DateTime } from '../../domain/unified/scalars.ts';
import { HealthReply } from './health-reply.ts';
import { listOf } from './links.ts';

const DataConnectionError = z.strictObject({
  statusCode: z.string(),
  /** FreshBooks' own words, shortened; `errorMessage` is ours. */
  statusText: z.string(),
  errorMessage: z.string(),
  erroredOnUtc: DateTime,
  status: z.enum(['Active', 'Resolved']),
  resolvedOnUtc: DateTime.optional(),
});

export const ConnectionReply = z.strictObject({
  id: z.string(),
  integrationId: z.string(),
  integrationKey: z.string(),
  sourceId: z.string(),
  sourceType: z.enum(['Accounting']),
  platformName: z.string(),
  linkUrl: z.string(),
  status: z.enum(connectionStates),
  lastSync: DateTime.optional(),
  created: DateTime,
  dataConnectionErrors: z.array(DataConnectionError),
  /** Facts of the linked FreshBooks business. */
  connectionInfo: z.record(z.string(), z.string()),
  /** Until when its customer may link another business. */
  businessChangeAllowedUntil: DateTime.optional(),
  /** The connection of another business that has taken its place. */
  replacedBy: z.string().optional(),
  /** How it stands and what to do next; where a connection is shown on its own. */
  health: HealthReply.optional(),
});
export type ConnectionReply = z.infer<typeof ConnectionReply>;

export const ConnectionsReply = listOf(ConnectionReply);

/** Where the customer of a connection authorises. */
export function linkUrlOf(publicUrl: string, linkToken: string): string {
  return `${publicUrl}/link/${linkToken}`;
}

/** A connection as the API shows it. */
export function connectionReply(connection: Connection, publicUrl: string): ConnectionReply {
  const { businessChange } = connection;
  const synced = lastSync(connection);
  return {
    id: connection.id,
    integrationId,
    integrationKey,
    sourceId,
    sourceType: 'Accounting',
    platformName: 'FreshBooks',
    linkUrl: linkUrlOf(publicUrl, connection.linkToken),
    status: connection.state,
    ...(synced === undefined ? {} : { lastSync: synced }),
    created: connection.created,
    dataConnectionErrors: connection.errors.map(errorReply),
    connectionInfo: connectionInfo(connection),
    ...(businessChange === undefined ? {} : { businessChangeAllowedUntil: businessChange.until }),
    ...(isReplaced(connection) ? { replacedBy: connection.replacedBy } : {}),
  };
}

/** When data of the connection was last read in full; the newest of its data types. */
export function lastSync(connection: Connection): string | undefined {
  const successes = Object.values(connection.datasets).flatMap(({ lastSuccess }) => lastSuccess ?? []);
  return successes.toSorted().at(-1);
}

function errorReply(error: ConnectionError): z.infer<typeof DataConnectionError> {
  return {
    statusCode: error.statusCode,
    statusText: error.statusText,
    errorMessage: error.errorMessage,
    erroredOnUtc: error.erroredOn,
    status: error.resolvedOn === undefined ? 'Active' : 'Resolved',
    ...(error.resolvedOn === undefined ? {} : { resolvedOnUtc: error.resolvedOn }),
  };
}

function connectionInfo({ business }: Connection): Record<string, string> {
  if (!business) return {};
  return {
    businessName: business.name,
    accountId: business.accountId,
    businessId: business.businessId,
    ...(business.businessUuid === undefined ? {} : { businessUuid: business.businessUuid }),
  };
}
