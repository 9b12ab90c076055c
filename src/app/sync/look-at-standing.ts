import type { Connection } from '../../domain/connection.ts';
import type { FreshBooksOAuth, Log } from '../ports.ts';
import type { ResourceOutcome, Run } from './read-resource.ts';

/** How the person who authorised stands in the business, as FreshBooks' users/me says it. */
type Standing = NonNullable<Connection['standing']>;

type Deps = { oauth: Pick<FreshBooksOAuth, 'whoIs'>; log: Log };

/**
 * Asks who the person is when FreshBooks let most of a run read nothing: left the business, become a client, account
 * closed, moved to Classic. Nothing is concluded from silence, and the connection stays linked: who is let in again
 * tomorrow is read again tomorrow.
 */
export async function lookAtStanding(
  { oauth, log }: Deps,
  run: Run,
  reads: readonly { outcome: ResourceOutcome }[],
): Promise<Standing | undefined> {
  const shut = reads.filter(({ outcome }) => outcome.kind === 'failed' && isShut(outcome.failure.status));
  if (shut.length === 0 || shut.length * 2 < reads.length) return undefined;
  try {
    const { businesses } = await oauth.whoIs(await run.access.token());
    const found = businesses.find(({ businessId }) => businessId === run.business.businessId);
    const at = run.started;
    if (found === undefined) return { at, unfit: 'membership-gone' };
    const { role, unfit } = found;
    return { at, role, ...(unfit === undefined ? {} : { unfit }) };
  } catch {
    log.info('sync.standing.unknown', { connection: run.ref.connectionId });
    return undefined;
  }
}

function isShut(status: string): boolean {
  return status === 'PermissionsError' || status === 'NotSupported';
}
