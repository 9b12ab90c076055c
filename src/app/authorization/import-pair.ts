import { attemptSeconds } from '../../domain/attempt-moves.ts';
import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import type { LinkAttempt } from '../../domain/grant.ts';
import { plusSeconds } from '../../domain/instant.ts';
import type { Integration } from '../../domain/integration.ts';
import { Problem } from '../../domain/problem.ts';
import { makeFindConnection } from '../connections/find-connection.ts';
import { digestOf } from '../digest.ts';
import type { AppKeysOf, VersionedKeys } from '../grants/app-keys.ts';
import { openPair } from '../grants/open-pair.ts';
import type { AttachBusiness } from '../link/attach-business.ts';
import type { ContinueAttempt } from '../link/continue-attempt.ts';
import type {
  Clock,
  Companies,
  Connections,
  FreshBooksOAuth,
  Grants,
  IntegrationStore,
  LinkAttempts,
  Log,
  NewToken,
  Person,
  Sealer,
} from '../ports.ts';
import { businessOf } from './business-of.ts';
import type { SpendImported } from './spend-imported.ts';

/** A token pair that another system held, and what it is for. */
type PairWish = {
  /** The app that the pair was issued to: it has to be ours. */
  clientId: string;
  refreshToken: string;
  /** While it lives, business and person are looked at before anything is spent. */
  accessToken?: string;
  /** Which business, where the person has several. */
  businessId?: string;
};

/**
 * Takes over the consent that another system held, for a connection. Saying it again with the same pair answers the
 * same, and joins another connection of the same person to it. Throws a Problem, and leaves the connection as it was,
 * when it cannot be: another app or business, a token spent elsewhere, FreshBooks not answering.
 */
export type ImportPair = (ref: ConnectionRef, wish: PairWish) => Promise<Connection>;

export type ImportPairDeps = {
  companies: Pick<Companies, 'find'>;
  connections: Pick<Connections, 'find'>;
  integration: Pick<IntegrationStore, 'find'>;
  attempts: Pick<LinkAttempts, 'find'>;
  appKeys: { of: AppKeysOf };
  oauth: Pick<FreshBooksOAuth, 'whoIs'>;
  grants: Pick<Grants, 'find'>;
  sealer: Pick<Sealer, 'open'>;
  spendImported: SpendImported;
  continueAttempt: ContinueAttempt;
  attachBusiness: AttachBusiness;
  clock: Clock;
  newToken: NewToken;
  log: Log;
};

export function makeImportPair(deps: ImportPairDeps): ImportPair {
  const findConnection = makeFindConnection(deps);
  return async (ref, wish) => {
    const connection = await findConnection(ref);
    const ours = await ourApp(deps, wish.clientId);
    const id = digestOf(wish.refreshToken);
    const known = await deps.attempts.find(id);
    const attempt = hasPair(known) ? known : await take(deps, connection, wish, { id, ...ours });
    if (attempt.step === 'exchanged') await deps.continueAttempt(attempt);
    const grantId = (await deps.attempts.find(id))?.grantId;
    if (grantId === undefined) throw cameToNothing();
    if (!standsOn(await findConnection(ref), grantId)) await join(deps, ref, wish, { ...attempt, grantId });
    const linked = await findConnection(ref);
    if (!standsOn(linked, grantId)) throw cameToNothing();
    deps.log.info('authorization.imported', { connection: ref.connectionId, grant: grantId });
    return linked;
  };
}

/** Something came of an earlier call with the same token: it was spent then, and is never shown again. */
function hasPair(attempt: LinkAttempt | undefined): attempt is LinkAttempt {
  return attempt !== undefined && (attempt.step === 'exchanged' || attempt.grantId !== undefined);
}

function standsOn(connection: Connection, grantId: string): boolean {
  return connection.state === 'Linked' && connection.grantId === grantId;
}

type OurApp = { integration: Integration; app: VersionedKeys };

async function ourApp({ integration: store, appKeys }: ImportPairDeps, clientId: string): Promise<OurApp> {
  const integration = await store.find();
  const app = integration && (await appKeys.of(integration.appVersion));
  if (integration === undefined || app === undefined) {
    throw new Problem(
      'conflict',
      'FreshBooks is not set up yet. Save the keys of your FreshBooks app in the portal first.',
    );
  }
  if (!integration.enabled) {
    throw new Problem('conflict', 'FreshBooks is not enabled. Enable it in the portal first.');
  }
  if (app.keys.clientId !== clientId) {
    throw new Problem(
      'conflict',
      "This token pair was issued to another FreshBooks app than the one that is set up here. Only that app's keys can renew it.",
    );
  }
  return { integration, app };
}

/** Everything that can be known beforehand is looked at before the other system's token is spent. */
async function take(
  deps: ImportPairDeps,
  connection: Connection,
  wish: PairWish,
  { id, integration, app }: OurApp & { id: string },
): Promise<LinkAttempt> {
  const chosen = await lookFirst(deps, connection, wish);
  const created = deps.clock();
  return deps.spendImported({
    app,
    refreshToken: wish.refreshToken,
    scopesOf: (granted) => standFor(granted, integration.scopes),
    attempt: {
      id,
      companyId: connection.companyId,
      connectionId: connection.id,
      // No browser carries it: no page is shown of this attempt.
      browser: digestOf(deps.newToken()),
      appVersion: app.appVersion,
      language: 'en',
      created,
      expires: plusSeconds(created, attemptSeconds),
      scopes: integration.scopes,
      chosen,
      parameters: {},
      imported: true,
    },
  });
}

/** The id of the business that the pair is to be for. */
async function lookFirst(
  { oauth }: ImportPairDeps,
  connection: Connection,
  { accessToken, businessId }: PairWish,
): Promise<string> {
  const person = accessToken === undefined ? undefined : await whoIs(oauth, accessToken);
  if (person !== undefined) return businessOf(person, connection, businessId).businessId;
  const said = businessId ?? connection.business?.businessId;
  if (said !== undefined) return said;
  throw new Problem(
    'conflict',
    'Without an access token that works it cannot be told whose pair this is before it is spent. Send one, or the business to be read as "businessId".',
  );
}

/** `undefined` for an access token that has ended. */
async function whoIs(
  oauth: Pick<FreshBooksOAuth, 'whoIs'>,
  accessToken: string,
): Promise<Person | undefined> {
  try {
    return await oauth.whoIs(accessToken);
  } catch (error) {
    if (error instanceof Problem && error.kind === 'access-lost') return undefined;
    throw error;
  }
}

/** A consent that covers what customers are asked for now is as good as one that was asked for just that. */
function standFor(granted: readonly string[], asked: readonly string[]): readonly string[] {
  return granted.length === 0 || asked.every((scope) => granted.includes(scope)) ? asked : granted;
}

/** The pair is held already: this connection is to stand on the same grant. */
async function join(
  deps: ImportPairDeps,
  ref: ConnectionRef,
  { businessId }: PairWish,
  attempt: LinkAttempt & { grantId: string },
): Promise<void> {
  const grant = await deps.grants.find(attempt.grantId);
  if (grant?.status !== 'live') throw cameToNothing();
  const pair = await openPair(deps, grant);
  // Renewed by the workers alone, in time: one that has ended is renewed when somebody reads next.
  const person = await whoIs(deps.oauth, pair.accessToken);
  if (person === undefined) throw notRenewed();
  const connection = await makeFindConnection(deps)(ref);
  const business = businessOf(person, connection, businessId);
  await deps.attachBusiness({ ...attempt, ...ref }, attempt.grantId, business);
}

function notRenewed(): Problem {
  return new Problem(
    'unavailable',
    'The consent that this token pair was taken over to has to be renewed first, which the next read does. Send the same again later.',
  );
}

function cameToNothing(): Problem {
  return new Problem(
    'conflict',
    'The token pair was taken over and the connection could not be linked to it. Look at the connection, and send the same again.',
  );
}
