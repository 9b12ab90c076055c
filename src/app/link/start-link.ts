import { createHash } from 'node:crypto';
import { attemptSeconds } from '../../domain/attempt-moves.ts';
import type { Connection } from '../../domain/connection.ts';
import { connectionHealth } from '../../domain/connection-health.ts';
import { type Reason, reasons } from '../../domain/health.ts';
import { plusSeconds } from '../../domain/instant.ts';
import type { Integration } from '../../domain/integration.ts';
import type { LinkFault } from '../../domain/one-time-link.ts';
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
import type { LookAround } from '../reading/diagnose.ts';
import type { Admit } from './admit.ts';

export type LinkWish = {
  /** The token of a connection's own link, or of its company's. */
  token: string;
  of: 'connection' | 'company';
  /** The code of a one-time link. */
  code?: string;
  /** The secret that this browser already carries from an earlier start, and the attempt it was shown last. */
  browser?: string;
  attemptId?: string;
  /** Authorise again although it is linked. */
  again: boolean;
  language: string;
  /** The query string of the link, for the placeholders of the return address. */
  parameters: Readonly<Record<string, string>>;
};

export type LinkStart =
  /** Send the browser to FreshBooks; `browser` is the secret to keep in its cookie. */
  | { kind: 'go'; url: string; browser: string }
  /** `reason`: why it is to be authorised again all the same. */
  | { kind: 'already-linked'; connection: Connection; reason?: Reason }
  | { kind: 'unknown-link' | 'not-set-up' | 'disabled' | LinkFault };

export type StartLink = (wish: LinkWish) => Promise<LinkStart>;

export type StartLinkDeps = {
  integration: IntegrationStore;
  companies: Pick<Companies, 'find' | 'byLinkToken'>;
  connections: Pick<Connections, 'find' | 'byLinkToken'>;
  attempts: Pick<LinkAttempts, 'insert'>;
  admit: Admit;
  appKeys: { of: AppKeysOf };
  oauth: Pick<FreshBooksOAuth, 'authorizeUrl'>;
  sealer: Sealer;
  /** The company's connection, or a new one that waits for its customer. */
  openConnection: (companyId: string) => Promise<Connection>;
  lookAround: LookAround;
  redirectUri: string;
  clock: Clock;
  newToken: NewToken;
  log: Log;
};

/** The customer opened a link: begins an attempt, bound to this browser, that ends at FreshBooks' consent page. */
export function makeStartLink(deps: StartLinkDeps): StartLink {
  return async (wish) => {
    const integration = await deps.integration.find();
    const target = await targetOf(deps, wish);
    if (target === undefined) return { kind: 'unknown-link' };
    if (integration === undefined) return { kind: 'not-set-up' };
    if (!integration.enabled) return { kind: 'disabled' };
    const { code, browser, attemptId } = wish;
    const admission = await deps.admit({ ...target, code, browser, attemptId });
    if (admission.kind !== 'admitted') return admission;
    const connection = await connectionOf(deps, target);
    if (connection === undefined) return { kind: 'unknown-link' };
    if (connection.state === 'Linked' && !wish.again) {
      return { kind: 'already-linked', connection, ...(await whyAgain(deps, connection)) };
    }
    return begin(deps, { ...wish, ...admission }, connection, integration);
  };
}

async function whyAgain({ lookAround }: StartLinkDeps, connection: Connection): Promise<{ reason?: Reason }> {
  const { reason } = connectionHealth(connection, await lookAround());
  return reasons[reason].action === 'authorise-again' ? { reason } : {};
}

/** Whose link it is; a company's own names no connection. */
type Target = { companyId: string; connectionId?: string };

/** The company or connection behind the link, if the company still is one of ours. */
async function targetOf(
  { companies, connections }: StartLinkDeps,
  wish: LinkWish,
): Promise<Target | undefined> {
  if (wish.of === 'company') {
    const company = await companies.byLinkToken(wish.token);
    return company && { companyId: company.id };
  }
  const ref = await connections.byLinkToken(wish.token);
  return ref && (await companies.find(ref.companyId)) && ref;
}

async function connectionOf(
  { connections, openConnection }: StartLinkDeps,
  { companyId, connectionId }: Target,
): Promise<Connection | undefined> {
  if (connectionId === undefined) return openConnection(companyId);
  const connection = await connections.find({ companyId, connectionId });
  if (connection === undefined || connection.erasing !== undefined) return undefined;
  return followReplaced(connections, connection);
}

async function begin(
  deps: StartLinkDeps,
  wish: LinkWish & { oneTimeLink?: string },
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
    ...(wish.oneTimeLink === undefined ? {} : { oneTimeLink: wish.oneTimeLink }),
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
