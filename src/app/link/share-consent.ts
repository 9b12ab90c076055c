import { factsOf } from '../../domain/grant.ts';
import { changeHolders, type HolderDeps } from '../grants/change-holders.ts';
import type { Grants } from '../ports.ts';

export type ShareConsent = (grantId: string, scopes: readonly string[]) => Promise<void>;

/**
 * A consent renewed for one connection is renewed for all that stand on it: those that had lost access have it again,
 * and all were authorised with the scopes asked for now.
 */
export function makeShareConsent(deps: HolderDeps & { grants: Pick<Grants, 'find'> }): ShareConsent {
  return async (grantId, scopes) => {
    const grant = await deps.grants.find(grantId);
    const access = grant && { access: factsOf(grant) };
    await changeHolders(deps, grantId, (connection, again, now) => {
      if (connection.grantId !== grantId || connection.erasing !== undefined) return undefined;
      return { ...(again ?? connection), ...access, scopes: [...scopes], authorised: now };
    });
  };
}
