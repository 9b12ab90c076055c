import type { Connection } from '../../domain/connection.ts';
import type { Connections } from '../ports.ts';

type Deps = { connections: Pick<Connections, 'find' | 'onGrant'> };

/**
 * Whether any connection stands on a grant. The index may lag behind, so each connection that it names is read itself.
 * Those on their way out do not count: else two that leave together would each leave the grant to the other.
 */
export async function isStoodOn({ connections }: Deps, grantId: string): Promise<boolean> {
  for (const ref of await connections.onGrant(grantId)) {
    if (stands(await connections.find(ref), grantId)) return true;
  }
  return false;
}

/** All connections that stand on a grant, by the same measure. */
export async function standingOn({ connections }: Deps, grantId: string): Promise<Connection[]> {
  const refs = await connections.onGrant(grantId);
  const found = await Promise.all(refs.map((ref) => connections.find(ref)));
  return found.filter((one): one is Connection => stands(one, grantId));
}

function stands(connection: Connection | undefined, grantId: string): boolean {
  if (connection?.grantId !== grantId) return false;
  return connection.state !== 'Unlinked' && connection.erasing === undefined;
}
