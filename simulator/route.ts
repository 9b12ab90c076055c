import { answerAccounting } from './accounting/answer-accounting.ts';
import { answerCallbacks, isCallbackPath } from './callbacks/answer-callbacks.ts';
import { answerFamilies, endpointOf } from './families/answer-families.ts';
import { readForm } from './http/read-form.ts';
import { notFound, type Reply } from './http/reply.ts';
import type { Asked } from './http/request.ts';
import { answerAuthorize, answerDecision } from './oauth/authorize.ts';
import { answerMetadata } from './oauth/metadata.ts';
import { answerIntrospect, answerRevoke, answerToken, type OAuth } from './oauth/token-endpoint.ts';
import type { Simulation } from './simulation.ts';
import { answerUsersMe } from './users-me.ts';

type Answer = (asked: Asked, simulation: Simulation) => Reply | Promise<Reply>;

const oauthOf = ({ apps, grants, switches }: Simulation): OAuth => ({ apps, grants, plays: switches.plays });

const token: Answer = async (asked, simulation) => {
  const form = await readForm(asked);
  return simulation.store.transaction(() => answerToken(asked, form, oauthOf(simulation)));
};
const revoke: Answer = async (asked, simulation) => {
  const form = await readForm(asked);
  return simulation.store.transaction(() => answerRevoke(asked, form, oauthOf(simulation)));
};
const introspect: Answer = async (asked, simulation) =>
  answerIntrospect(await readForm(asked), oauthOf(simulation));
const authorize: Answer = ({ query }, simulation) => answerAuthorize(query, oauthOf(simulation));
const decision: Answer = ({ body }, simulation) =>
  simulation.store.transaction(() =>
    answerDecision(new URLSearchParams(body.toString('utf8')), oauthOf(simulation)),
  );
const metadata: Answer = ({ headers }) => answerMetadata(`http://${headers['host'] ?? '127.0.0.1'}`);

/** Both hosts' paths on one port (§1.1, §9.1). */
const routes: Readonly<Record<string, Answer>> = {
  'GET /oauth/authorize': authorize,
  'GET /service/auth/oauth/authorize': authorize,
  'POST /service/auth/oauth/authorize/decision': decision,
  'POST /oauth/authorize/decision': decision,
  'POST /auth/oauth/token': token,
  'POST /service/auth/oauth/token': token,
  'POST /auth/oauth/revoke': revoke,
  'POST /service/auth/oauth/revoke': revoke,
  'POST /service/auth/oauth/introspect': introspect,
  'GET /.well-known/oauth-authorization-server': metadata,
  'GET /auth/api/v1/users/me': answerUsersMe,
  'GET /service/auth/api/v1/users/me': answerUsersMe,
};

/** Finds who answers a request to FreshBooks and lets them. */
export const answerFreshBooks: Answer = (asked, simulation) => {
  const path = asked.path.replace(/\/$/, '');
  const route = routes[`${asked.method} ${path}`];
  if (route) return route(asked, simulation);
  if (isCallbackPath(path)) return answerCallbacks(asked, simulation);
  const endpoint = endpointOf(path);
  if (endpoint) return answerFamilies(asked, endpoint, simulation);
  return path.startsWith('/accounting/account/') ? answerAccounting(asked, simulation) : notFound();
};
