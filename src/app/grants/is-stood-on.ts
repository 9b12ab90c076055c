import type { Connections } from '../ports.ts';

/**
 * Whether any connection stands on a grant. The index may lag behind, so each connection that it names is read itself.
 * Those on their way out do not count: else two that leave together would each leave the grant to the other.
 */
export async function isStoodOn(
  { connections }: { connections: Pick<Connections, 'find' | 'onGrant'> },
  grantId: string,
): Promise<boolean> {
  for (const ref of await connections.onGrant(grantId)) {
    const found = await connections.find(ref);
    if (found?.grantId === grantId && found.state !== 'Unlinked' && found.erasing === undefined) return true;
  }
  return false;
}
