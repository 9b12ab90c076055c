import type { ConnectionRef } from '../../domain/connection.ts';
import { isStoodOn } from '../grants/is-stood-on.ts';
import type { RemoveHooks } from '../hooks/remove-hooks.ts';
import type { Connections } from '../ports.ts';

/** Gives a grant back to FreshBooks and removes it; owned by `src/app/grants`. Throws when it is to be tried again. */
export type ReleaseGrant = (grantId: string) => Promise<unknown>;

/**
 * Lets a connection go from its grant, and gives the grant back when nothing else stands on it. A connection that was
 * linked again meanwhile keeps its grant. The connection's own mark goes last: until then the schedule comes again.
 */
export function makeReleaseAccess(deps: {
  connections: Pick<Connections, 'find' | 'change' | 'onGrant'>;
  releaseGrant: ReleaseGrant;
  removeHooks: RemoveHooks;
}): (ref: ConnectionRef, grantId: string) => Promise<void> {
  return async (ref, grantId) => {
    const connection = await deps.connections.find(ref);
    const left =
      connection === undefined || connection.erasing !== undefined || connection.state === 'Unlinked';
    if (!left) return;
    if (connection !== undefined && connection.grantId !== grantId) return;
    // While the grant still lets us: nobody else can take them away.
    if (connection !== undefined) await deps.removeHooks(connection);
    if (!(await isStoodOn(deps, grantId))) await deps.releaseGrant(grantId);
    await deps.connections.change(ref, ({ grantId: held, hooks: _hooks, ...rest }) =>
      held === grantId && (rest.state === 'Unlinked' || rest.erasing !== undefined)
        ? { next: rest, result: true }
        : { result: false },
    );
  };
}
