import type { Integration } from '../../domain/integration.ts';
import { Problem } from '../../domain/problem.ts';
import { inPortalOrder, profileScope, sameScopes, unknownScopes } from '../../domain/scopes.ts';
import type { Clock, IntegrationStore, Log } from '../ports.ts';
import { linkedConnections, type StateDeps } from './integration-state.ts';

/** Throws Problem `conflict` when asking for other scopes would make linked connections authorise again. */
export type RefuseSilentChange = (integration: Integration, scopes: readonly string[]) => Promise<void>;
export type SaveScopes = (wish: { scopes: readonly string[]; confirm: boolean }) => Promise<void>;

type Deps = {
  integration: IntegrationStore;
  refuseSilentChange: RefuseSilentChange;
  clock: Clock;
  log: Log;
};

/** The scopes in the portal's order, each once. Throws Problem `invalid` for what FreshBooks would refuse. */
export function checkScopes(scopes: readonly string[]): string[] {
  const [unknown] = unknownScopes(scopes);
  if (unknown !== undefined) {
    throw new Problem(
      'invalid',
      `"${unknown.slice(0, 80)}" is not a scope of FreshBooks. Choose from those offered.`,
    );
  }
  if (!scopes.includes(profileScope)) {
    throw new Problem('invalid', `${profileScope} is needed to know whose books they are. Add it.`);
  }
  return inPortalOrder(scopes);
}

/** Saves the scopes that customers are asked for. */
export function makeSaveScopes(deps: Deps): SaveScopes {
  return async ({ scopes, confirm }) => {
    const wished = checkScopes(scopes);
    const before = await deps.integration.find();
    if (before === undefined) throw notSetUp();
    if (!confirm) await deps.refuseSilentChange(before, wished);
    await deps.integration.change((current) => {
      if (current === undefined) throw notSetUp();
      return { next: { ...current, scopes: wished, changed: deps.clock() }, result: undefined };
    });
    deps.log.info('setup.scopes-saved', { scopes: wished.length });
  };
}

export function makeRefuseSilentChange(
  deps: Pick<StateDeps, 'companies' | 'connections'>,
): RefuseSilentChange {
  return async (integration, scopes) => {
    if (sameScopes(integration.scopes, scopes)) return;
    const affected = (await linkedConnections(deps)).filter((one) => !sameScopes(one.scopes, scopes)).length;
    if (affected === 0) return;
    const whom = affected === 1 ? '1 linked connection has' : `${affected} linked connections have`;
    throw new Problem(
      'conflict',
      `With these scopes ${whom} to authorise again. Confirm the change to save it.`,
    );
  };
}

export function notSetUp(): Problem {
  return new Problem('conflict', 'FreshBooks is not set up yet. Save the keys of your FreshBooks app first.');
}
