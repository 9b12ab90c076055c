import type { Grant } from '../../domain/grant.ts';
import { closed } from '../../domain/grant-moves.ts';
import { Problem } from '../../domain/problem.ts';
import type { FreshBooksOAuth, Grants, Log, Sealer } from '../ports.ts';
import type { AppKeysOf, CurrentAppKeys, VersionedKeys } from './app-keys.ts';
import type { Escrow } from './escrow.ts';
import { openPair } from './open-pair.ts';
import { keysToTry } from './spend-refresh-token.ts';

/**
 * Gives a consent back: closes the grant to all use, tells FreshBooks, removes it. Only for a grant that nothing
 * stands on. `told` says whether FreshBooks confirmed; it is `false` where it could not be asked with our keys. Throws
 * Problem `unavailable` when nobody answered: say it again later, the grant stays closed until then.
 */
export type ReleaseGrant = (grantId: string) => Promise<{ told: boolean }>;

type Deps = {
  grants: Grants;
  sealer: Sealer;
  oauth: Pick<FreshBooksOAuth, 'revoke'>;
  appKeys: { of: AppKeysOf; current: CurrentAppKeys };
  escrow: Pick<Escrow, 'forgetPair'>;
  log: Log;
};

export function makeReleaseGrant(deps: Deps): ReleaseGrant {
  const { grants, oauth, appKeys, escrow, log } = deps;

  async function forget({ id, born, epoch }: Grant, told: boolean): Promise<{ told: boolean }> {
    // First what lies beside the row: the row is what brings whoever is interrupted here back.
    await escrow.forgetPair({ grantId: id, born, epoch });
    await grants.remove(id, epoch);
    log.info('grant.released', { grant: id, told });
    return { told };
  }

  return async (grantId) => {
    const grant = await close(grants, grantId);
    if (grant === undefined) return { told: false };
    // FreshBooks is asked nothing: it would end the consent for the system that has it now.
    if (grant.status === 'handed-over') return forget(grant, false);
    const keys = await keysToTry(appKeys, grant);
    const pair = await openPair(deps, grant);
    // The refresh token first: with the access token alone gone, it would still make new ones.
    const told =
      (await revoke(oauth, keys, pair.refreshToken)) && (await revoke(oauth, keys, pair.accessToken));
    return forget(grant, told);
  };
}

async function close(grants: Grants, grantId: string): Promise<Grant | undefined> {
  if ((await grants.find(grantId)) === undefined) return undefined;
  return grants.change<Grant | undefined>(grantId, (current) => {
    const next = current && closed(current);
    return next === undefined ? { result: current } : { next, result: next };
  });
}

/** False when FreshBooks refused: the token is dead already, or our keys are no longer good. */
async function revoke(
  oauth: Pick<FreshBooksOAuth, 'revoke'>,
  candidates: readonly VersionedKeys[],
  token: string,
): Promise<boolean> {
  for (const { keys } of candidates) {
    try {
      await oauth.revoke(keys, token);
      return true;
    } catch (error) {
      if (!(error instanceof Problem) || error.retry !== 'never') throw error;
    }
  }
  return false;
}
