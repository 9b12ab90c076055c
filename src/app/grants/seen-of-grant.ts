import type { GrantFacts } from '../../domain/grant-facts.ts';
import type { Connections } from '../ports.ts';

/**
 * What the connections that stand on a grant have seen of it: kept in another table than the grant itself, so a grant
 * that was restored from a backup is found out before its spent token is shown.
 */
export async function seenOfGrant(
  connections: Pick<Connections, 'find' | 'onGrant'>,
  grantId: string,
): Promise<readonly GrantFacts[]> {
  const refs = await connections.onGrant(grantId);
  const found = await Promise.all(refs.map((ref) => connections.find(ref)));
  return found.flatMap((one) => (one?.grantId === grantId && one.access ? [one.access] : []));
}
