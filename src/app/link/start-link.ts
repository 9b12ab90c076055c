import { createHash } from 'node:crypto';
import { attemptSeconds } from '../../domain/attempt-moves.ts';
import type { Connection } from '../../domain/connection.ts';
import { plusSeconds } from '../../domain/instant.ts';
import type { Integration } from '../../domain/integration.ts';
import { followReplaced } from '../connections/follow-replaced.ts';
import { digestOf } from '../digest.ts';
import type { AppKeysOf } from '../grants/app-keys.ts';
import type {
  Clock,
  Companies,
  Connections,
  FreshBooksOAuth,
  IntegrationStore,
  LinkAttempts,
  Log,
  NewToken,
  Sealer,
} from '../ports.ts';

export type LinkWish = {
  /** The token of a connection's own link, or of its company's. */
  token: string;
  of: 'connection' | 'company';
  /** The secret that this browser already carries from an earlier start. */
  browser?: string;
  /** Authorise again although it is linked. */
  again: boolean;
  language: string;
  /** The query string of the link, for the placeholders of the return address. */
  parameters: Readonly<Record<string, string>>;
};

type LinkStart =
  /** Send the browser to FreshBooks; `browser` is the secret to keep in its cookie. */
  | { kind: 'go'; url: string; browser: string }
  | { kind: 'already-linked'; connection: Connection }
  | { kind: 'unknown-link' | 'not-set-up' | 'disabled' };

export type StartLink = (wish: LinkWish) => Promise<LinkStart>;

export type StartLinkDeps = {
  integration: IntegrationStore;
  companies: Pick<Companies, 'find' | 'byLinkToken'>;
  connections: Pick<Connections, 'find' | 'byLinkToken'>;
  attempts: Pick<LinkAttempts, 'insert'>;
  appKeys: { of: AppKeysOf };
  oauth: Pick<FreshBooksOAuth, 'authorizeUrl'>;
  sealer: Sealer;
  /** The company's connection, or a new one that waits for its customer. */
  openConnection: (companyId: string) => Promise<Connection>;
  redirectUri: string;
  clock: Clock;
  newToken: NewToken;
  log: Log;
};

/** The customer opened a link: begins an attempt, bound to this browser, that ends at FreshBooks' consent page. */
export function makeStartLink(deps: StartLinkDeps): StartLink {
  return async (wish) => {
    const integration = await deps.integration.find();
    const companyId = await companyOf(deps, wish);
    if (companyId === undefined) return { kind: 'unknown-link' };
    if (integration === undefined) return { kind: 'not-set-up' };
    if (!integration.enabled) return { kind: 'disabled' };
    const connection = await connectionOf(deps, wish, companyId);
    if (connection === undefined) return { kind: 'unknown-link' };
    if (connection.state === 'Linked' && !wish.again) return { kind: 'already-linked', connection };
    return begin(deps, wish, connection, integration);
  };
}

/** The company behind the link, if it still is one of ours. */
async function companyOf(
  { companies, connections }: StartLinkDeps,
  wish: LinkWish,
): Promise<string | undefined> {
  if (wish.of === 'company') return (await companies.byLinkToken(wish.token))?.id;
  const ref = await connections.byLinkToken(wish.token);
  return ref && (await companies.find(ref.companyId))?.id;
}

async function connectionOf(
  { connections, openConnection }: StartLinkDeps,
  wish: LinkWish,
  companyId: string,
): Promise<Connection | undefined> {
  if (wish.of === 'company') return openConnection(companyId);
  const ref = await connections.byLinkToken(wish.token);
  const connection = ref && (await connections.find(ref));
  if (connection === undefined || connection.erasing !== undefined) return undefined;
  return followReplaced(connections, connection);
}

async function begin(
  deps: StartLinkDeps,
  wish: LinkWish,
  connection: Connection,
  integration: Integration,
): Promise<LinkStart> {
  const found = await deps.appKeys.of(integration.appVersion);
  if (found === undefined) return { kind: 'not-set-up' };
  const state = deps.newToken();
  const id = digestOf(state);
  const browser = wish.browser ?? deps.newToken();
  // Two tokens: a verifier has 43 to 128 characters (RFC 7636, section 4.1).
  const verifier = `${deps.newToken()}${deps.newToken()}`;
  const created = deps.clock();
  const scopes = integration.scopes;
  await deps.attempts.insert({
    id,
    companyId: connection.companyId,
    connectionId: connection.id,
    browser: digestOf(browser),
    verifier: await deps.sealer.seal(verifier, { purpose: 'attempt', id }),
    appVersion: integration.appVersion,
    language: wish.language,
    created,
    expires: plusSeconds(created, attemptSeconds),
    scopes,
    step: 'started',
    parameters: { ...wish.parameters },
  });
  deps.log.info('link.started', { company: connection.companyId, connection: connection.id });
  const { clientId } = found.keys;
  const { redirectUri } = deps;
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return {
    kind: 'go',
    url: deps.oauth.authorizeUrl({ clientId, redirectUri, scopes, state, challenge }),
    browser,
  };
}
