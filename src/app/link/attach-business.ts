import type { Outcome } from '../../domain/attempt-moves.ts';
import type { Business, Connection, ConnectionRef } from '../../domain/connection.ts';
import { link } from '../../domain/connection-moves.ts';
import { factsOf, type Grant, type LinkAttempt, type OfferedBusiness } from '../../domain/grant.ts';
import { typesOnFirstLink } from '../../domain/schedule.ts';
import type { SyncSettings } from '../../domain/sync-settings.ts';
import { followReplaced } from '../connections/follow-replaced.ts';
import { giveBackSeconds, type ReleaseUnused } from '../grants/release-unused.ts';
import type { Clock, Connections, Grants, NewId, SyncSettingsStore, Waker } from '../ports.ts';
import type { EndAttempt } from './end-attempt.ts';
import type { LinkUse } from './link-use.ts';
import type { ReplaceConnection } from './replace-connection.ts';

export type AttachBusiness = (
  attempt: LinkAttempt,
  grantId: string,
  business: OfferedBusiness,
) => Promise<void>;

export type AttachDeps = {
  connections: Pick<Connections, 'find' | 'change'>;
  grants: Pick<Grants, 'find'>;
  syncSettings: Pick<SyncSettingsStore, 'find'>;
  replaceConnection: ReplaceConnection;
  linkUse: Pick<LinkUse, 'take' | 'giveBack'>;
  waker: Waker;
  endAttempt: EndAttempt;
  releaseUnused: ReleaseUnused;
  clock: Clock;
  newId: NewId;
};

type Shown = Parameters<EndAttempt>[2];
type Attached = 'linked' | 'gone' | 'wrong-business' | 'interrupted';

/** Links the attempt's connection to the business, wakes its first sync, and ends the attempt. */
export function makeAttachBusiness(deps: AttachDeps): AttachBusiness {
  return async (attempt, grantId, business) => {
    const fail = async (...end: [Outcome, Shown]) => {
      await deps.linkUse.giveBack(attempt);
      await deps.endAttempt(attempt, ...end);
    };
    // A consent left unused for long, or given back meanwhile, is nothing to stand on.
    const grant = await deps.grants.find(grantId);
    if (grant?.status !== 'live') return fail('interrupted', undefined);
    // Before the connection is linked, so that of two who came by one link the second is never linked at all.
    if (!(await deps.linkUse.take(attempt))) return deps.endAttempt(attempt, 'link-used', { grantId });
    const shown = { grantId, businesses: [business] };
    if (!(await deps.replaceConnection.open(attempt))) return fail('wrong-business', shown);
    const before = (await deps.connections.find(refOf(attempt)))?.grantId;
    if (before !== undefined && before !== grantId) await sayAhead(deps, before);
    const attached = await attach(deps, attempt, grant, bare(business), await deps.syncSettings.find());
    if (attached !== 'linked') return fail(attached, shown);
    // Before the attempt is ended: a crash in between is repeated from here and does the same again.
    await deps.waker({ kind: 'sync', ref: refOf(attempt) });
    await deps.replaceConnection.retire(attempt);
    await deps.endAttempt(attempt, 'linked', { grantId });
    // Another person's consent carries the connection now; the former one is given back if it carries nothing else.
    if (before !== undefined && before !== grantId) await deps.releaseUnused(before);
  };
}

/** The former consent is given back even after a death on the way: whoever repeats this no longer knows it. */
async function sayAhead({ waker, clock }: AttachDeps, grantId: string): Promise<void> {
  await waker({ kind: 'give-back', grantId, since: clock() }, { delaySeconds: giveBackSeconds });
}

async function attach(
  { connections, clock, newId }: AttachDeps,
  attempt: LinkAttempt,
  grant: Grant,
  business: Business,
  settings: SyncSettings,
): Promise<Attached> {
  const found = await connections.find(refOf(attempt));
  // Begun before another connection took its place: only the one that did is linked.
  if (found !== undefined && (await followReplaced(connections, found)).id !== found.id) return 'interrupted';
  const attached = await connections.change<Attached>(refOf(attempt), (connection) => {
    if (connection.erasing !== undefined) return { result: 'gone' };
    // Unlinked since the customer set out: that was decided later.
    if (connection.state === 'Unlinked' && connection.stateSince > attempt.created)
      return { result: 'interrupted' };
    if (isAnother(connection, business)) return { result: 'wrong-business' };
    const now = clock();
    const fetchTypes = typesOnFirstLink(settings, connection.syncSettings);
    const next = link(connection, { business, grantId: grant.id, now, newId, fetchTypes });
    return {
      next: { ...next, scopes: attempt.scopes, access: factsOf(grant), authorised: now },
      result: 'linked',
    };
  });
  return attached ?? 'gone';
}

function refOf({ companyId, connectionId }: LinkAttempt): ConnectionRef {
  return { companyId, connectionId };
}

function isAnother(connection: Connection, business: Business): boolean {
  return connection.business !== undefined && connection.business.accountId !== business.accountId;
}

function bare(business: Business): Business {
  const { identityId, accountId, businessId, businessUuid, systemId, name } = business;
  return {
    identityId,
    accountId,
    businessId,
    name,
    ...(businessUuid === undefined ? {} : { businessUuid }),
    ...(systemId === undefined ? {} : { systemId }),
  };
}
