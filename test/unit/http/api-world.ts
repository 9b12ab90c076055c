import { expect } from '@jest/globals';
import * as z from 'zod';
import { makeCheckUrl } from '../../../src/adapters/check-url.ts';
import { makeLimitRate } from '../../../src/app/calls/limit-rate.ts';
import { makeMakeOnce } from '../../../src/app/calls/make-once.ts';
import type { EventWake } from '../../../src/app/event-ports.ts';
import { makeAnnounceLimit } from '../../../src/app/events/tell-rate-limit.ts';
import { makeVerifyCompanyToken } from '../../../src/app/keys/company-token.ts';
import type { Role } from '../../../src/app/keys/role.ts';
import { makeVerifyKey } from '../../../src/app/keys/verify-key.ts';
import type { ReadRecord, ReadRecords } from '../../../src/app/ports.ts';
import { makePapers } from '../../../src/books/papers.ts';
import { makeReadChanges } from '../../../src/books/read-changes.ts';
import { makeReadRaw } from '../../../src/books/read-records.ts';
import { makeRunFiles } from '../../../src/books/run-files.ts';
import { makeSnapshotAt } from '../../../src/books/snapshot-at.ts';
import { SnapshotReader } from '../../../src/books/snapshot-reader.ts';
import type { Connection } from '../../../src/domain/connection.ts';
import type { Integration } from '../../../src/domain/integration.ts';
import { neededScopes } from '../../../src/freshbooks/needed-scopes.ts';
import { makeApiDeps } from '../../../src/http/api-deps.ts';
import { makeAuthenticate } from '../../../src/http/authenticate.ts';
import { openToPages } from '../../../src/http/cross-origin.ts';
import { makeHandle } from '../../../src/http/handle.ts';
import { isTranslated } from '../../../src/http/in-language.ts';
import { statusesOf } from '../../../src/http/openapi/statuses.ts';
import { publicApi } from '../../../src/http/public-api.ts';
import type { HttpReply, HttpRequest } from '../../../src/http/request.ts';
import { makeRouter } from '../../../src/http/router.ts';
import { aCompany, aLinkedConnection, start } from '../../fakes/builders.ts';
import { memoryCalls, memoryCompanyTokens, memoryCountCall } from '../../fakes/calls.ts';
import { makeClock, makeIds, makeTokens } from '../../fakes/clock.ts';
import { memoryCompanies } from '../../fakes/companies.ts';
import { memoryConnections } from '../../fakes/connections.ts';
import { memoryFeed } from '../../fakes/feed.ts';
import { memoryLog } from '../../fakes/log.ts';
import { type MemoryObjects, memoryObjects } from '../../fakes/objects.ts';
import { memoryOneTimeLinks } from '../../fakes/one-time-links.ts';
import { memorySealer } from '../../fakes/sealer.ts';
import {
  memoryApiKeys,
  memoryHeartbeat,
  memoryIntegration,
  memoryLinkSettings,
  memoryRateLimit,
  memorySyncSettings,
} from '../../fakes/settings.ts';
import { memoryWaker } from '../../fakes/waker.ts';
import { memoryDeliveries, memoryWebhooks } from '../../fakes/webhooks.ts';
import { memoryBooks } from './memory-books.ts';

export const publicUrl = 'https://books.example.com';

export const anIntegration: Integration = {
  clientId: 'client-1',
  appVersion: 1,
  secretVersions: {},
  scopes: ['user:profile:read'],
  enabled: true,
  changed: start,
};

type Readers = { readRecords: ReadRecords; readRecord: ReadRecord };

/** Names that tests use, and what they lead to. */
const hosts: Readonly<Record<string, readonly string[]>> = {
  'hooks.example.com': ['93.184.216.34'],
  'inside.example.com': ['10.0.0.8'],
  'both.example.com': ['93.184.216.34', '169.254.169.254'],
};
const resolveFake = async (host: string) => hosts[host] ?? [];

/** A whole public API on fakes, with an administrator's key. */
export async function makeWorld(readers: Partial<Readers> = {}, objects: MemoryObjects = memoryObjects()) {
  const time = makeClock(start);
  const { log, lines } = memoryLog();
  const { waker, take } = memoryWaker();
  const books = memoryBooks();
  const runFiles = makeRunFiles({ objects });
  const { feed, forget: forgetEvents } = memoryFeed();
  const sendersWoken: EventWake[] = [];
  let secrets = 0;
  const ports = {
    companies: memoryCompanies(),
    connections: memoryConnections(),
    integration: memoryIntegration(),
    linkSettings: memoryLinkSettings(),
    oneTimeLinks: memoryOneTimeLinks(),
    companyTokens: memoryCompanyTokens(),
    syncSettings: memorySyncSettings(),
    heartbeat: memoryHeartbeat(),
    scopesOf: neededScopes,
    rawOnly: ['projects'],
    apiKeys: memoryApiKeys(),
    limits: memoryRateLimit(),
    log,
    feed,
    webhooks: memoryWebhooks(),
    deliveries: memoryDeliveries(),
    sealer: memorySealer(),
    checkUrl: makeCheckUrl({ loopback: 'refused' }, resolveFake),
    wakeSender: async (wake: EventWake) => {
      sendersWoken.push(wake);
    },
    readRecords: readers.readRecords ?? books.readRecords,
    readRecord: readers.readRecord ?? books.readRecord,
    ...makeReadRaw({ objects }),
    readChanges: makeReadChanges({ objects }),
    snapshotAt: makeSnapshotAt({ reader: new SnapshotReader(objects, 1_000_000) }),
    readHistory: runFiles.history,
    papers: makePapers({ objects }),
    wait: async (seconds: number) => void time.advance(seconds),
    wake: waker,
    clock: time.clock,
    newId: makeIds(),
    newToken: makeTokens(),
    newSecret: () => {
      secrets += 1;
      return String(secrets).padStart(43, 'x');
    },
    publicUrl,
  };
  const deps = makeApiDeps(ports);
  const verifySignIn = async (token: string) =>
    token === 'signed-in' ? { user: 'user-1', signInName: async () => 'ada@example.com' } : undefined;
  const authenticate = makeAuthenticate({
    verifyKey: makeVerifyKey(ports),
    verifyCompanyToken: makeVerifyCompanyToken(ports),
    verifySignIn,
  });
  const limitRate = makeLimitRate({
    ...ports,
    countCall: memoryCountCall(),
    onReached: makeAnnounceLimit({ waker: ports.wakeSender, log }),
  });
  const makeOnce = makeMakeOnce({ ...ports, calls: memoryCalls() });
  const pageOrigins = async () => (await deps.findLinkSettings()).pageOrigins ?? [];
  const api = makeHandle({ tables: publicApi, deps, authenticate, log, limitRate, makeOnce });
  const handle = openToPages(api, publicApi.flat(), pageOrigins);
  const { text: adminKey } = await deps.createKey({ name: 'tests', role: 'admin' });
  await ports.integration.change(() => ({ next: anIntegration, result: undefined }));
  return {
    ...ports,
    forgetEvents,
    sendersWoken,
    objects,
    runFiles,
    deps,
    books,
    time,
    lines,
    takeWoken: take,
    handle,
    adminKey,
  };
}
export type World = Awaited<ReturnType<typeof makeWorld>>;

/** A world with one company whose FreshBooks is linked and holds what `datasets` says. */
export async function makeLinkedWorld(
  datasets: Connection['datasets'] = {},
  readers: Partial<Readers> = {},
  objects?: MemoryObjects,
) {
  const world = await makeWorld(readers, objects);
  await world.companies.insert(aCompany());
  await world.connections.insert(aLinkedConnection({ datasets }));
  return world;
}

/** A request with defaults; `path` may carry a query string. */
export function aRequest(with_: Partial<Omit<HttpRequest, 'query'>> & { path: string }): HttpRequest {
  const [path = '', search = ''] = with_.path.split('?');
  const query: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(search)) query[name] = [...(query[name] ?? []), value];
  return { method: 'GET', headers: {}, cookies: {}, body: '', requestId: 'request-1', ...with_, path, query };
}

export type Answer = { status: number; headers: Record<string, string>; body: unknown };

/** Sends a request as the administrator (or with another `authorization`) and checks the reply's declared shape. */
export async function ask(
  world: World,
  methodAndPath: string,
  options: { body?: unknown; authorization?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const [method = '', path = ''] = methodAndPath.split(/ (.*)/s);
  const request = aRequest({
    method,
    path,
    headers: { authorization: options.authorization ?? `Bearer ${world.adminKey}`, ...options.headers },
    body: options.body === undefined ? '' : JSON.stringify(options.body),
  });
  const reply = await world.handle(request);
  const body: unknown = reply.body === '' ? undefined : JSON.parse(textOf(reply));
  expectDeclaredStatus(request, reply.status);
  if (reply.status < 300) declaredReply(request)?.parse(body);
  else if (!/^fr/.test(options.headers?.['accept-language'] ?? '')) expectTranslated(body);
  return { status: reply.status, headers: reply.headers, body };
}

export function textOf(reply: HttpReply): string {
  return typeof reply.body === 'string' ? reply.body : Buffer.from(reply.body).toString('utf8');
}

const Refusal = z.object({
  error: z.string(),
  validation: z.object({ errors: z.array(z.object({ message: z.string() })) }).nullable(),
});

/** Every refusal in every test is held to the catalogue: it has to be there in the other language too. */
function expectTranslated(body: unknown): void {
  const { error, validation } = Refusal.parse(body);
  const sentences = validation ? validation.errors.map(({ message }) => message) : [error];
  expect(sentences.filter((sentence) => !isTranslated(sentence))).toEqual([]);
}

const route = makeRouter(publicApi.flat());

/** Every answer in every test is held to the statuses that the documentation has for its operation. */
function expectDeclaredStatus(request: HttpRequest, status: number): void {
  let operation: ReturnType<typeof route>['operation'];
  try {
    operation = route(request.method, request.path).operation;
  } catch {
    // A path or a method that there is not has no documentation either.
    return;
  }
  expect({ operation: operation.name, declared: statusesOf(operation) }).toEqual({
    operation: operation.name,
    declared: expect.arrayContaining([status]),
  });
}

/** The shape that the operation's row promises: every success in every test is held to it. */
function declaredReply(request: HttpRequest): z.ZodType | undefined {
  return route(request.method, request.path).operation.reply;
}

/** A key of a role, as a caller writes it. */
export async function keyOf(world: World, role: Role): Promise<string> {
  return `Bearer ${(await world.deps.createKey({ name: role, role })).text}`;
}

/** The text of a property of a reply's body. */
export function textAt(answer: Answer, ...path: string[]): string {
  const value = path.reduce<unknown>(
    (held, name) => (typeof held === 'object' && held !== null ? Reflect.get(held, name) : undefined),
    answer.body,
  );
  if (typeof value !== 'string')
    throw new TypeError(`no text at ${path.join('.')}: ${JSON.stringify(answer)}`);
  return value;
}

/** The sentence of a refusal. */
export function sentenceOf(answer: Answer): string {
  return textAt(answer, 'error');
}
