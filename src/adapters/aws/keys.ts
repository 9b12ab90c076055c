import type { ConnectionRef } from '../../domain/connection.ts';
import type { EventSource } from '../../domain/event.ts';

/** Every key pattern of the tables; nobody else writes `COMPANY#`. */
export type StateKey = { pk: string; sk: string };
export type GrantsKey = { pk: string };
export type CallsKey = { pk: string };
export type EventsKey = { pk: string; sk: string };

export const integrationKeyOf: StateKey = { pk: 'INTEGRATION', sk: 'vxvy' };
export const linkSettingsKey: StateKey = { pk: 'SETTINGS', sk: 'link' };
export const syncSettingsKey: StateKey = { pk: 'SETTINGS', sk: 'sync' };
export const rateLimitKey: StateKey = { pk: 'SETTINGS', sk: 'rate-limit' };
export const retentionKey: StateKey = { pk: 'SETTINGS', sk: 'retention' };
export const heartbeatKey: StateKey = { pk: 'SCHEDULER', sk: 'HEARTBEAT' };
export const paceKey: StateKey = { pk: 'FRESHBOOKS', sk: 'PACE' };
export const refusalsKey = (clientId: string): StateKey => ({
  pk: 'FRESHBOOKS',
  sk: `REFUSALS#${clientId}`,
});
export const apiKeyPartition = 'APIKEY';

export function apiKeyKey(id: string): StateKey {
  return { pk: apiKeyPartition, sk: id };
}

/** A one-time link, by the digest of its code. */
export function oneTimeLinkKey(digest: string): StateKey {
  return { pk: `LINK#${digest}`, sk: 'LINK' };
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

/** Keys of the table of calls: an idempotent call by the digest of its key, a key's requests by the minute, access tokens. */
export function callKey(id: string): CallsKey {
  return { pk: `CALL#${id}` };
}

/** A company's access token, by its digest. */
export function companyTokenKey(digest: string): CallsKey {
  return { pk: `TOKEN#${digest}` };
}

export function callCountKey(keyId: string, start: string): CallsKey {
  return { pk: `COUNT#${keyId}#${start}` };
}

/** Index keys: `SLOT#07`. */
export function slotKey(slot: number): string {
  return `SLOT#${String(slot).padStart(2, '0')}`;
}

/** The company or connection that a key names; undefined for any other kind of item. */
export function eventSourceOf(key: StateKey): EventSource | undefined {
  const connection = connectionRefOf(key);
  if (connection !== undefined || !key.pk.startsWith('COMPANY#') || key.sk !== 'COMPANY') return connection;
  return { companyId: key.pk.slice('COMPANY#'.length) };
}

export const pendingKey = 'PENDING';
export const outboxKey = 'OUTBOX';
export const entities = { company: 'COMPANY', connection: 'CONNECTION' } as const;

/** The events table. Sequences are padded so that they sort as text; a partition of the feed has ten thousand. */
export const feedHeadKey: EventsKey = { pk: 'FEED', sk: 'HEAD' };
const feedPartition = 10_000;

export function feedKey(sequence: number): EventsKey {
  return { pk: `FEED#${Math.floor(sequence / feedPartition)}`, sk: padded(sequence) };
}

/** The first sequence of the partition after the one that has this sequence. */
export function nextFeedPartition(sequence: number): number {
  return (Math.floor(sequence / feedPartition) + 1) * feedPartition;
}

/** Which events of a company there are, by their sequences in the feed. */
export function companyEventKey(companyId: string, sequence: number): EventsKey {
  return { pk: `COMPANY#${companyId}`, sk: `EVENT#${padded(sequence)}` };
}

/** How many events a company has had. */
export function companyCountKey(companyId: string): EventsKey {
  return { pk: `COMPANY#${companyId}`, sk: 'COUNT' };
}

/** That an event is in the feed. */
export function eventKey(id: string): EventsKey {
  return { pk: `EVENT#${id}`, sk: 'EVENT' };
}

export const webhookPartition = 'WEBHOOK';

export function webhookKey(id: string): EventsKey {
  return { pk: webhookPartition, sk: id };
}

/** A delivery of an endpoint: the sequence first, so that they are read in the order of their events. */
export function deliveryKey(webhookId: string, of: { sequence: number; eventId: string }): EventsKey {
  return { pk: `WEBHOOK#${webhookId}`, sk: `${padded(of.sequence)}#${of.eventId}` };
}

/** Sorts before every delivery of this sequence, and after every earlier one. */
export function deliverySortBefore(sequence: number): string {
  return padded(sequence);
}

function padded(sequence: number): string {
  return String(sequence).padStart(16, '0');
}
