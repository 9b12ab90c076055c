import type { Reason } from '../../../../src/domain/health.ts';
import { healthReply } from '../../../../src/http/wire/health-reply.ts';
import { spoken } from './answers.ts';
import type { FakeConnection, FakeLedgerlink } from './fake-ledgerlink.ts';

const reasonOf = {
  Linked: 'current',
  PendingAuth: 'not-authorised-yet',
  Deauthorized: 'consent-withdrawn',
  Unlinked: 'unlinked',
} as const satisfies Record<FakeConnection['status'], Reason>;

/** How a connection stands, in the server's own words. */
export function healthOf({ origin }: FakeLedgerlink, connection: FakeConnection, language: string) {
  const places = placesOf(origin, connection.id, language);
  return healthReply({ reason: connection.reason ?? reasonOf[connection.status] }, places);
}

const reasonOfStatus: Readonly<Record<string, Reason>> = {
  Complete: 'current',
  Fetching: 'reading',
  Queued: 'queued',
  PermissionsError: 'role-may-not-read',
  FetchError: 'freshbooks-down',
};

/** How a data type stands. */
export function healthOfType(
  { origin }: FakeLedgerlink,
  connectionId: string,
  status: string,
  language: string,
) {
  return healthReply(
    { reason: reasonOfStatus[status] ?? 'our-fault' },
    placesOf(origin, connectionId, language),
  );
}

function placesOf(publicUrl: string, connectionId: string, language: string) {
  const linkUrl = `${publicUrl}/link/token-of-${connectionId.slice(0, 8)}`;
  return { language: spoken(language), publicUrl, linkUrl };
}
