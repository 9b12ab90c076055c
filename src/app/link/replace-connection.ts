import { promisePlace, retire } from '../../domain/business-change.ts';
import type { ConnectionRef } from '../../domain/connection.ts';
import type { LinkAttempt } from '../../domain/grant.ts';
import { newConnection } from '../../domain/new-connection.ts';
import { withOwnSettings } from '../../domain/own-settings.ts';
import { Problem } from '../../domain/problem.ts';
import type { Clock, Companies, Connections, NewToken, Waker } from '../ports.ts';

/**
 * Puts a connection of its own into the place of the one that an attempt was begun for, because its customer chose
 * another business and may: `open` before it is linked, `retire` the former one after. Both may be said again.
 */
export type ReplaceConnection = {
  /** False when it is not allowed (any more). */
  open(attempt: LinkAttempt): Promise<boolean>;
  retire(attempt: LinkAttempt): Promise<void>;
};

type Deps = {
  companies: Pick<Companies, 'find'>;
  connections: Pick<Connections, 'find' | 'insert' | 'change'>;
  waker: Waker;
  clock: Clock;
  newToken: NewToken;
};

export function makeReplaceConnection(deps: Deps): ReplaceConnection {
  const { connections, clock, waker } = deps;
  return {
    async open(attempt) {
      const former = formerOf(attempt);
      if (former === undefined) return true;
      const promised = await connections.change(former, (connection) => {
        const next = promisePlace(connection, attempt.connectionId, clock());
        return next === undefined ? { result: false } : { next, result: true };
      });
      if (promised !== true) return false;
      await insertOnce(deps, attempt);
      return true;
    },
    async retire(attempt) {
      const former = formerOf(attempt);
      if (former === undefined) return;
      const grantId = await connections.change(former, (connection) => {
        const next = retire(connection, attempt.connectionId, clock());
        return { next, result: next.grantId };
      });
      if (grantId !== undefined) await waker({ kind: 'release', ref: former, grantId });
    },
  };
}

function formerOf({ companyId, replaces }: LinkAttempt): ConnectionRef | undefined {
  return replaces === undefined ? undefined : { companyId, connectionId: replaces };
}

async function insertOnce(
  { companies, connections, clock, newToken }: Deps,
  { companyId, connectionId }: LinkAttempt,
): Promise<void> {
  if ((await connections.find({ companyId, connectionId })) !== undefined) return;
  const own = (await companies.find(companyId))?.syncSettings;
  const made = newConnection({ id: connectionId, companyId, linkToken: newToken(), now: clock() });
  try {
    await connections.insert((own && withOwnSettings(made, own, clock())) ?? made);
  } catch (error) {
    // Somebody who goes on with the same attempt was first.
    if (!(error instanceof Problem) || error.kind !== 'conflict') throw error;
  }
}
