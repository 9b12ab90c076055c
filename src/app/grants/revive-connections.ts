import { factsOf } from '../../domain/grant.ts';
import type { Reason } from '../../domain/health.ts';
import type { Grants } from '../ports.ts';
import { changeHolders, type HolderDeps } from './change-holders.ts';

/** Links those again that had lost access with a grant that lives after all; `only` those that lost it so. */
export type ReviveConnections = (grantId: string, only?: Reason) => Promise<void>;

export function makeReviveConnections(
  deps: HolderDeps & { grants: Pick<Grants, 'find'> },
): ReviveConnections {
  return async (grantId, only) => {
    const grant = await deps.grants.find(grantId);
    if (grant?.status !== 'live') return;
    const access = factsOf(grant);
    await changeHolders(deps, grantId, ({ loss }, again) => {
      if (again === undefined || (only !== undefined && loss !== only)) return undefined;
      return { ...again, access };
    });
  };
}
