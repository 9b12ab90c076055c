import { allowBusinessChange } from '../../domain/business-change.ts';
import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import type { Clock, Connections } from '../ports.ts';
import { noSuchConnection } from './find-connection.ts';

/**
 * Lets the customer of a connection link another business with the same link, or no longer. The other business gets a
 * connection of its own, which takes the place of this one; the books of two businesses never mix.
 */
export function makeAllowBusinessChange(deps: { connections: Pick<Connections, 'change'>; clock: Clock }) {
  return async (ref: ConnectionRef, allowed: boolean): Promise<Connection> => {
    const changed = await deps.connections.change(ref, (connection) => {
      const next = allowBusinessChange(connection, allowed, deps.clock());
      return { next, result: next };
    });
    if (!changed || changed.erasing !== undefined) throw noSuchConnection(ref);
    return changed;
  };
}
