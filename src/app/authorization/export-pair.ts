import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import { handOver } from '../../domain/connection-moves.ts';
import type { Grant, TokenPair } from '../../domain/grant.ts';
import { forgotten, handedOver } from '../../domain/grant-moves.ts';
import type { Instant } from '../../domain/instant.ts';
import { Problem } from '../../domain/problem.ts';
import { makeFindConnection } from '../connections/find-connection.ts';
import { standingOn } from '../grants/is-stood-on.ts';
import { openPair } from '../grants/open-pair.ts';
import type { Clock, Companies, Connections, Count, Grants, Log, Sealer } from '../ports.ts';

/** What another system needs to go on with the consent; the only place where a pair leaves this one. */
export type HandedOver = {
  pair: TokenPair;
  clientId: string;
  handedOver: Instant;
  /** Every connection that stood on the consent: none of them is read any more. */
  connections: readonly Connection[];
};

/**
 * Hands a connection's consent over to another system. `named` are the ids of all connections that stand on it: it is
 * theirs too. The grant is closed to all use before anything is answered, so two systems never renew it; until the
 * receipt is acknowledged the same call answers the same pair again. Throws Problem `conflict` where others stand on
 * it that were not named, or there is none to hand over; `unavailable` while a renewal is under way.
 */
export type ExportPair = (ref: ConnectionRef, named: readonly string[]) => Promise<HandedOver>;

/** Says that the other system has the pair: it is forgotten here. Saying it again changes nothing. */
export type AcknowledgeExport = (ref: ConnectionRef) => Promise<void>;

export type ExportDeps = {
  companies: Pick<Companies, 'find'>;
  connections: Pick<Connections, 'find' | 'change' | 'onGrant'>;
  grants: Grants;
  sealer: Pick<Sealer, 'open'>;
  clock: Clock;
  log: Log;
  count: Count;
};

export function makeExportPair(deps: ExportDeps): ExportPair {
  return async (ref, named) => {
    const { grantId } = await makeFindConnection(deps)(ref);
    const grant = grantId === undefined ? undefined : await deps.grants.find(grantId);
    if (grant === undefined) throw nothingToHandOver();
    refuseUnlessAllNamed(await standingOn(deps, grant.id), named);
    const closed = await close(deps, grant.id);
    const connections = await leaveAll(deps, grant.id);
    const pair = await openPair(deps, closed);
    const { clientId, handedOver: at } = closed;
    deps.count('grant.handed-over');
    deps.log.warn('authorization.exported', { connection: ref.connectionId, grant: grant.id });
    return { pair, clientId, handedOver: at ?? deps.clock(), connections };
  };
}

export function makeAcknowledgeExport(deps: ExportDeps): AcknowledgeExport {
  return async (ref) => {
    const connection = await makeFindConnection(deps)(ref);
    if (connection.loss !== 'handed-over' || connection.grantId === undefined) throw notHandedOver();
    const { grantId } = connection;
    const isNew = await deps.grants.change(grantId, (grant) => {
      // Back again with another pair: there is nothing to forget.
      if (grant?.status !== 'handed-over' || grant.pair === undefined) return { result: false };
      return { next: forgotten(grant), result: true };
    });
    if (isNew) deps.log.info('authorization.acknowledged', { connection: ref.connectionId, grant: grantId });
  };
}

function refuseUnlessAllNamed(standing: readonly Connection[], named: readonly string[]): void {
  const missing = standing.filter(({ id }) => !named.includes(id));
  if (missing.length === 0) return;
  const list = missing.map(({ id, companyId }) => `${id} (company ${companyId})`).join(', ');
  throw new Problem(
    'conflict',
    `These connections stand on the same consent and would no longer be read: ${list}. Name each of them in "connections".`,
  );
}

/** The fence: whoever renews writes an intent on condition that the grant is live, so it is one or the other. */
async function close({ grants, clock }: ExportDeps, grantId: string): Promise<Grant> {
  const outcome = await grants.change<Grant | 'busy' | 'none'>(grantId, (current) => {
    if (current?.status === 'handed-over') return { result: current.pair === undefined ? 'none' : current };
    if (current?.status !== 'live') return { result: 'none' };
    const next = handedOver(current, clock());
    return next === undefined ? { result: 'busy' } : { next, result: next };
  });
  if (outcome === 'none') throw nothingToHandOver();
  if (outcome === 'busy') throw renewing();
  return outcome;
}

/** Also those that came to stand on it since they were listed. */
async function leaveAll(deps: ExportDeps, grantId: string): Promise<Connection[]> {
  const standing = await standingOn(deps, grantId);
  const left = standing.map(({ companyId, id }) => leave(deps, { companyId, connectionId: id }, grantId));
  return (await Promise.all(left)).filter((one) => one !== undefined);
}

async function leave({ connections, clock }: ExportDeps, ref: ConnectionRef, grantId: string) {
  return connections.change<Connection | undefined>(ref, (connection) => {
    const gone = connection.erasing !== undefined || connection.state === 'Unlinked';
    if (gone || connection.grantId !== grantId) return { result: undefined };
    const next = handOver(connection, clock());
    return next === connection ? { result: connection } : { next, result: next };
  });
}

function nothingToHandOver(): Problem {
  return new Problem(
    'conflict',
    'This connection has no consent that could be handed over: it was never given, was lost, or another system has it already.',
  );
}

function notHandedOver(): Problem {
  return new Problem('conflict', "This connection's authorisation was not handed over. Export it first.");
}

function renewing(): Problem {
  return new Problem(
    'unavailable',
    'The access of this connection is being renewed, or a renewal was not answered yet. Nothing was handed over. Try again in a quarter of an hour.',
    { retryAfterSeconds: 900 },
  );
}
