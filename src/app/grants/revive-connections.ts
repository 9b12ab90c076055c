import { factsOf } from '../../domain/grant.ts';
import type { Grants } from '../ports.ts';
import { changeHolders, type HolderDeps } from './change-holders.ts';

/** Links those again that had lost access with a grant that lives after all. */
export type ReviveConnections = (grantId: string) => Promise<void>;

export function makeReviveConnections(
  deps: HolderDeps & { grants: Pick<Grants, 'find'> },
): ReviveConnections {
  return async (grantId) => {
    const grant = await deps.grants.find(grantId);
    if (grant?.status !== 'live') return;
    const access = factsOf(grant);
    await changeHolders(deps, grantId, (_, again) => again && { ...again, access });
  };
}
