import { type Refusals, stormOf } from '../../domain/refusals.ts';
import type { Clock, Companies, Connections, IntegrationStore, Log, RefusalStore } from '../ports.ts';
import { everyConnection } from './every-connection.ts';
import { notSetUp } from './save-scopes.ts';

/** What to do about it; sentences are `advice.<code>` of `messages/<language>/refusals.json`. */
export const refusalAdvice = ['none', 'check-app', 'wait'] as const;

/** Whether consents are held because FreshBooks refused many at once, and whose they are. */
type RefusedConsents = {
  /** Since when, the latest one, how many, and when FreshBooks last renewed another one. */
  storm?: { since: string; latest: string; count: number; renewed?: string | undefined };
  advice: (typeof refusalAdvice)[number];
  /** As connections have seen it. */
  held: { companyId: string; companyName: string; connectionId: string; since: string }[];
};

export type ShowRefusedConsents = () => Promise<RefusedConsents>;

type Deps = {
  integration: Pick<IntegrationStore, 'find'>;
  refusals: RefusalStore;
  companies: Pick<Companies, 'all'>;
  connections: Pick<Connections, 'ofCompany'>;
  clock: Clock;
  log: Log;
};

export function makeShowRefusedConsents({
  integration,
  refusals,
  clock,
  ...deps
}: Omit<Deps, 'log'>): ShowRefusedConsents {
  return async () => {
    const clientId = (await integration.find())?.clientId;
    const current = clientId === undefined ? undefined : await read(refusals, clientId);
    const storm = stormOf(current, clock());
    const all = await everyConnection(deps);
    const held = all.flatMap(({ companyName, connection: { companyId, id, access } }) =>
      access?.held === undefined ? [] : [{ companyId, companyName, connectionId: id, since: access.held }],
    );
    if (storm === undefined) return { advice: held.length > 0 ? 'wait' : 'none', held };
    const recovers = storm.renewed !== undefined && storm.renewed > storm.latest;
    return { storm, advice: recovers ? 'wait' : 'check-app', held };
  };
}

function read(refusals: RefusalStore, clientId: string): Promise<Refusals | undefined> {
  return refusals.change<Refusals | undefined>(clientId, (current) => ({ result: current }));
}

export type BelieveRefusals = () => Promise<void>;

/**
 * Somebody who looked says that FreshBooks is right: each consent that is held is shown once more, within half an
 * hour of its use, and lost when it is refused again.
 */
export function makeBelieveRefusals({
  integration,
  refusals,
  log,
}: Pick<Deps, 'integration' | 'refusals' | 'log'>): BelieveRefusals {
  return async () => {
    const found = await integration.find();
    if (found === undefined) throw notSetUp();
    await refusals.change(found.clientId, () => ({ next: { lost: [] }, result: undefined }));
    log.warn('setup.refusals-believed', {});
  };
}
