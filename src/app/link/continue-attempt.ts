import { offer } from '../../domain/attempt-moves.ts';
import { mayChangeBusiness } from '../../domain/business-change.ts';
import type { LinkAttempt, OfferedBusiness } from '../../domain/grant.ts';
import { Problem } from '../../domain/problem.ts';
import type { AppKeysOf } from '../grants/app-keys.ts';
import { pairOf } from '../grants/pair-text.ts';
import type { PromotePair } from '../grants/promote-pair.ts';
import type { Clock, Connections, FreshBooksOAuth, LinkAttempts, Person, Sealer, Waker } from '../ports.ts';
import type { AttachBusiness } from './attach-business.ts';
import { decideBusiness, fitting } from './decide-business.ts';
import type { EndAttempt } from './end-attempt.ts';
import type { ShareConsent } from './share-consent.ts';

/**
 * Takes an attempt whose pair was saved on to its end or to the customer's choice; saying it again, from any process,
 * goes on where the last one stopped. Throws Problem `unavailable` when FreshBooks cannot say who this is just now.
 */
export type ContinueAttempt = (attempt: LinkAttempt) => Promise<void>;

export type ContinueDeps = {
  attempts: Pick<LinkAttempts, 'change'>;
  connections: Pick<Connections, 'find'>;
  oauth: Pick<FreshBooksOAuth, 'whoIs'>;
  appKeys: { of: AppKeysOf };
  sealer: Sealer;
  promotePair: PromotePair;
  shareConsent: ShareConsent;
  attachBusiness: AttachBusiness;
  endAttempt: EndAttempt;
  waker: Waker;
  clock: Clock;
};

// Later than the ten minutes of the attempt: by then a choice not made is never made. SQS's longest delay.
const abandonedAfterSeconds = 900;

export function makeContinueAttempt(deps: ContinueDeps): ContinueAttempt {
  return async (attempt) => {
    if (attempt.pair === undefined) return;
    const pair = pairOf(await deps.sealer.open(attempt.pair, { purpose: 'attempt', id: attempt.id }));
    const person = await whoIs(deps, pair.accessToken);
    const app = await deps.appKeys.of(attempt.appVersion);
    if (person === undefined || app === undefined) return deps.endAttempt(attempt, 'interrupted');
    const { clientId } = app.keys;
    const { identityId } = person;
    // At once, whatever comes of this attempt: the consent has already killed the pair of this person's other companies.
    const { appVersion } = app;
    const { grantId, standing } = await deps.promotePair({ clientId, appVersion, identityId, pair });
    // Nothing is given back: FreshBooks would end the consent for the system that has it now.
    if (standing === 'elsewhere') return deps.endAttempt(attempt, 'interrupted');
    // The scopes of a later consent are not those of this one.
    if (standing !== 'older') await deps.shareConsent(grantId, attempt.scopes);
    await decide(deps, attempt, grantId, person);
  };
}

async function decide(
  deps: ContinueDeps,
  attempt: LinkAttempt,
  grantId: string,
  person: Person,
): Promise<void> {
  const connection = await deps.connections.find(attempt);
  if (connection === undefined) return deps.endAttempt(attempt, 'gone', { grantId });
  // Changing the business is its customer's choice alone.
  const mayChange = attempt.imported !== true && mayChangeBusiness(connection, deps.clock());
  const decision = decideBusiness(person, connection.business, mayChange);
  switch (decision.kind) {
    case 'link':
      if (isOther(decision.business, attempt)) return deps.endAttempt(attempt, 'wrong-business', { grantId });
      return deps.attachBusiness(attempt, grantId, decision.business);
    case 'none':
      return deps.endAttempt(attempt, decision.outcome, { grantId, businesses: decision.businesses });
    case 'choose': {
      const chosen = fitting(decision.businesses).find(({ businessId }) => businessId === attempt.chosen);
      if (chosen !== undefined) return deps.attachBusiness(attempt, grantId, chosen);
      await deps.waker({ kind: 'resume', attemptId: attempt.id }, { delaySeconds: abandonedAfterSeconds });
      await deps.attempts.change(attempt.id, (current) => {
        const next = offer(current, grantId, decision.businesses);
        return next === undefined ? { result: undefined } : { next, result: undefined };
      });
    }
  }
}

/** Whoever imports a pair may say beforehand which business it is for. */
function isOther({ businessId }: OfferedBusiness, { chosen }: LinkAttempt): boolean {
  return chosen !== undefined && chosen !== businessId;
}

/** `undefined` when the consent was taken back already. */
async function whoIs({ oauth }: ContinueDeps, accessToken: string): Promise<Person | undefined> {
  try {
    return await oauth.whoIs(accessToken);
  } catch (error) {
    if (error instanceof Problem && error.kind === 'access-lost') return undefined;
    throw error;
  }
}
