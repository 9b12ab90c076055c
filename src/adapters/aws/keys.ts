import type { ConnectionRef } from '../../domain/connection.ts';

/** Every key pattern of the tables; nobody else writes `COMPANY#`. */
export type StateKey = { pk: string; sk: string };
export type GrantsKey = { pk: string };
export type CallsKey = { pk: string };

export const integrationKeyOf: StateKey = { pk: 'INTEGRATION', sk: 'vxvy' };
export const linkSettingsKey: StateKey = { pk: 'SETTINGS', sk: 'link' };
export const syncSettingsKey: StateKey = { pk: 'SETTINGS', sk: 'sync' };
export const rateLimitKey: StateKey = { pk: 'SETTINGS', sk: 'rate-limit' };
export const retentionKey: StateKey = { pk: 'SETTINGS', sk: 'retention' };
export const heartbeatKey: StateKey = { pk: 'SCHEDULER', sk: 'HEARTBEAT' };
export const paceKey: StateKey = { pk: 'FRESHBOOKS', sk: 'PACE' };
export const apiKeyPartition = 'APIKEY';

export function apiKeyKey(id: string): StateKey {
  return { pk: apiKeyPartition, sk: id };
}

export function companyKey(companyId: string): StateKey {
  return { pk: `COMPANY#${companyId}`, sk: 'COMPANY' };
}

const connectionPrefix = 'CONNECTION#';

export function connectionKey(ref: ConnectionRef): StateKey {
  return { pk: `COMPANY#${ref.companyId}`, sk: `${connectionPrefix}${ref.connectionId}` };
}

/** The start of the sort keys of a company's connections. */
export const connectionSortPrefix = connectionPrefix;

/** The connection that a key names; undefined for any other kind of item. */
export function connectionRefOf(key: StateKey): ConnectionRef | undefined {
  if (!key.pk.startsWith('COMPANY#') || !key.sk.startsWith(connectionPrefix)) return undefined;
  return { companyId: key.pk.slice('COMPANY#'.length), connectionId: key.sk.slice(connectionPrefix.length) };
}

export function grantKey(grantId: string): GrantsKey {
  return { pk: `GRANT#${grantId}` };
}

export function attemptKey(attemptId: string): GrantsKey {
  return { pk: `ATTEMPT#${attemptId}` };
}

/** Keys of the table of calls: an idempotent call by the digest of its key, a key's requests by the minute. */
export function callKey(id: string): CallsKey {
  return { pk: `CALL#${id}` };
}

export function callCountKey(keyId: string, start: string): CallsKey {
  return { pk: `COUNT#${keyId}#${start}` };
}

/** Index keys: `SLOT#07`. */
export function slotKey(slot: number): string {
  return `SLOT#${String(slot).padStart(2, '0')}`;
}

export const pendingKey = 'PENDING';
export const entities = { company: 'COMPANY', connection: 'CONNECTION' } as const;
