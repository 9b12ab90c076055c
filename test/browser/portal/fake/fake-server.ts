import { publicApi } from '../../../../src/http/public-api.ts';
import { makeRouter } from '../../../../src/http/router.ts';
import { setupOperations } from '../../../../src/http/setup/setup-operations.ts';
import { type Answers, refuse } from './answers.ts';
import { companyAnswers } from './company-answers.ts';
import type { FakeLedgerlink, Reply } from './fake-ledgerlink.ts';
import { healthAnswers } from './health-answers.ts';
import { setUpAnswers } from './set-up-answers.ts';
import { syncAnswers } from './sync-answers.ts';
import { webhookAnswers } from './webhook-answers.ts';

const answers: Answers = {
  ...setUpAnswers,
  ...companyAnswers,
  ...healthAnswers,
  ...syncAnswers,
  ...webhookAnswers,
};

/**
 * The set-up and the public API in memory: enough of both for the portal's pages, with the server's own refusals. What
 * the portal sends and what this answers is held against the server's own schemas, so that neither drifts from it: it
 * throws where the portal sends what the server would not take, or answers what the server never would.
 */
export function answer(
  server: FakeLedgerlink,
  asked: { method: string; url: URL; body: unknown; language: string },
): Reply {
  const { method, url, body, language } = asked;
  server.calls.push(`${method} ${url.pathname}`);
  server.languages.push(language);
  if (server.refuseTokens > 0) {
    server.refuseTokens -= 1;
    return refuse(401, 'Sign in again.');
  }
  const fault = server.faults.get(`${method} ${url.pathname}`);
  if (fault) return fault;
  const { operation, params } = find(method, url.pathname);
  const query = Object.fromEntries(url.searchParams);
  operation.query?.parse(query);
  operation.body?.parse(body);
  const make = answers[operation.name];
  if (!make) throw new Error(`the fake has no answer for ${operation.name}`);
  const reply = make(server, { params, query, body: record(body), language });
  if (reply.status >= 300) return reply;
  if (reply.status !== operation.success) throw new Error(`${operation.name} never answers ${reply.status}`);
  operation.reply?.parse(reply.body);
  return reply;
}

const ofPublic = makeRouter(publicApi.flat());
const ofSetup = makeRouter(setupOperations);

function find(method: string, path: string) {
  return path.startsWith('/setup/') ? ofSetup(method, path) : ofPublic(method, path);
}

function record(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}
