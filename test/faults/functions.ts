import { makeAcknowledgeExport, makeExportPair } from '../../src/app/authorization/export-pair.ts';
import { makeLimitRate } from '../../src/app/calls/limit-rate.ts';
import { makeMakeOnce } from '../../src/app/calls/make-once.ts';
import { makeOpenConnection } from '../../src/app/connections/open-connection.ts';
import type { EventWake } from '../../src/app/event-ports.ts';
import { makePlanEvents } from '../../src/app/events/plan-events.ts';
import { recordCompanies, recordConnections } from '../../src/app/events/record-changes.ts';
import { makeRelayOutbox } from '../../src/app/events/relay-outbox.ts';
import { makeAnnounceLimit } from '../../src/app/events/tell-rate-limit.ts';
import { makeAppKeys } from '../../src/app/grants/app-keys.ts';
import { makeGrantToken } from '../../src/app/grants/grant-token.ts';
import { makeReleaseGrant } from '../../src/app/grants/release-grant.ts';
import { makeGiveBack } from '../../src/app/grants/release-unused.ts';
import { makeReviveConnections } from '../../src/app/grants/revive-connections.ts';
import { makeHookAddresses } from '../../src/app/hooks/hook-address.ts';
import { makeRemoveHooks } from '../../src/app/hooks/remove-hooks.ts';
import { makeTakeDelivery } from '../../src/app/hooks/take-delivery.ts';
import { makeTendHooks } from '../../src/app/hooks/tend-hooks.ts';
import { makeVerifyKey } from '../../src/app/keys/verify-key.ts';
import { makeLinkJourney, makeLinkResume, makePairImport } from '../../src/app/link/link-journey.ts';
import { makePrintPaper } from '../../src/app/papers/print-paper.ts';
import type { Source, Wake } from '../../src/app/ports.ts';
import { makeLookAround } from '../../src/app/reading/diagnose.ts';
import { makeEnableIntegration } from '../../src/app/setup/enable-integration.ts';
import { makeShowIntegration } from '../../src/app/setup/integration-state.ts';
import { makeBelieveRefusals, makeShowRefusedConsents } from '../../src/app/setup/refused-consents.ts';
import { makeSaveKeys } from '../../src/app/setup/save-keys.ts';
import { makeSaveLinkSettings } from '../../src/app/setup/save-link-settings.ts';
import { makeRefuseSilentChange, makeSaveScopes } from '../../src/app/setup/save-scopes.ts';
import { makeShowKeyUse } from '../../src/app/setup/show-key-use.ts';
import { makeEraseBooks } from '../../src/app/sync/erase-books.ts';
import { makePlanSyncs } from '../../src/app/sync/plan-syncs.ts';
import { makeReleaseAccess } from '../../src/app/sync/release-access.ts';
import { makeRunSync } from '../../src/app/sync/run-sync.ts';
import { makeServeWake } from '../../src/app/sync/serve-wake.ts';
import { makeSweepConnection } from '../../src/app/sync/sweep-connection.ts';
import { deadlineOf, makeDeliverEvents } from '../../src/app/webhooks/deliver-events.ts';
import { makePlanSenders, makeWakeSenders } from '../../src/app/webhooks/wake-senders.ts';
import { makeBooks } from '../../src/books/make-books.ts';
import { makePapers } from '../../src/books/papers.ts';
import { makeReadChanges } from '../../src/books/read-changes.ts';
import { makeReadRaw, makeReadRecord, makeReadRecords } from '../../src/books/read-records.ts';
import { makeRunFiles } from '../../src/books/run-files.ts';
import { makeSnapshotAt } from '../../src/books/snapshot-at.ts';
import { SnapshotReader } from '../../src/books/snapshot-reader.ts';
import type { EventSource } from '../../src/domain/event.ts';
import { plusSeconds } from '../../src/domain/instant.ts';
import { isSigned } from '../../src/freshbooks/hook-signature.ts';
import { nounsOf, typesOf } from '../../src/freshbooks/hooks.ts';
import { mapping } from '../../src/freshbooks/mapping-version.ts';
import { neededScopes } from '../../src/freshbooks/needed-scopes.ts';
import { makeConsent, makeSource, makeSourceCallbacks, makeSourcePdf } from '../../src/freshbooks/source.ts';
import { makeApiDeps } from '../../src/http/api-deps.ts';
import { type Authenticate, makeAuthenticate } from '../../src/http/authenticate.ts';
import { authorizationOperations } from '../../src/http/authorization-operations.ts';
import { makeHandle } from '../../src/http/handle.ts';
import { makeHandleDelivery } from '../../src/http/hooks/handle-delivery.ts';
import { makeHandleLink } from '../../src/http/link/handle-link.ts';
import { publicApi } from '../../src/http/public-api.ts';
import type { HttpReply, HttpRequest } from '../../src/http/request.ts';
import { setupOperations } from '../../src/http/setup/setup-operations.ts';
import { makeRenderEvent } from '../../src/http/wire/event-payload.ts';
import { eventBody } from '../../src/http/wire/event-reply.ts';
import type { Ports } from './ports-of.ts';

type Handle = (request: HttpRequest) => Promise<HttpReply>;

const publicUrl = 'https://ledger.test';
export const redirectUri = `${publicUrl}/oauth/callback`;
/** What somebody who is signed in sends. */
export const signedIn = 'Bearer signed-in';
/** As the queue's function is deployed. */
const workerSeconds = 900;
const reserveSeconds = 40;
const senderSeconds = 120;

const verifySignIn = async (token: string) =>
  token === 'signed-in' ? { user: 'ada', signInName: async () => 'ada@example.com' } : undefined;

// The same joining as in src/compose, over ports that are handed in.

export function setupOf(ports: Ports): Handle {
  const all = { ...ports, redirectUri };
  const refuseSilentChange = makeRefuseSilentChange(all);
  const deps = {
    showIntegration: makeShowIntegration(all),
    showKeyUse: makeShowKeyUse(all),
    showRefusedConsents: makeShowRefusedConsents(all),
    believeRefusals: makeBelieveRefusals(all),
    saveKeys: makeSaveKeys({ ...all, refuseSilentChange }),
    saveScopes: makeSaveScopes({ ...all, refuseSilentChange }),
    enableIntegration: makeEnableIntegration(all),
    saveLinkSettings: makeSaveLinkSettings(all),
    linkSettings: ports.linkSettings,
    retention: ports.retention,
  };
  const authenticate = makeAuthenticate({ verifySignIn });
  return makeHandle({ tables: [setupOperations], deps, authenticate, log: ports.log });
}

/** For those that change companies and connections: each change leaves its events, and wakes who moves them. */
function recording(ports: Ports): Ports {
  const announce = (source: EventSource) => ports.eventWaker({ kind: 'relay', source });
  const deps = { ...ports, announce };
  return {
    ...ports,
    companies: recordCompanies(ports.companies, deps),
    connections: recordConnections(ports.connections, deps),
  };
}

export function oauthOf(plain: Ports): Handle {
  const ports = recording(plain);
  const all = { ...ports, redirectUri, oauth: consentOf(ports) };
  const ofCustomers = makeHandleLink({
    ...makeLinkJourney({
      ...all,
      openConnection: makeOpenConnection(all),
      lookAround: makeLookAround(all),
    }),
    issuerOrigin: 'http://freshbooks.test',
    log: ports.log,
  });
  const ofAdministrators = makeHandle({
    tables: [authorizationOperations],
    deps: {
      importPair: makePairImport(all),
      exportPair: makeExportPair(all),
      acknowledgeExport: makeAcknowledgeExport(all),
      publicUrl,
    },
    authenticate: makeAuthenticate({ verifySignIn }),
    log: ports.log,
  });
  return (request) =>
    request.path.startsWith('/companies/') ? ofAdministrators(request) : ofCustomers(request);
}

export function apiOf(plain: Ports): Handle {
  const ports = recording(plain);
  const { objects } = ports;
  const reader = new SnapshotReader(objects, 1_000_000);
  const deps = makeApiDeps({
    ...ports,
    readRecords: makeReadRecords({ objects, reader }),
    snapshotAt: makeSnapshotAt({ reader }),
    readRecord: makeReadRecord({ objects }),
    ...makeReadRaw({ objects }),
    readChanges: makeReadChanges({ objects }),
    readHistory: makeRunFiles({ objects }).history,
    papers: makePapers({ objects }),
    scopesOf: neededScopes,
    rawOnly: [],
    checkUrl: async () => undefined,
    wakeSender: ports.eventWaker,
    wake: ports.waker,
    newSecret: () => ports.newToken().padStart(43, 'x'),
    publicUrl,
  });
  const authenticate: Authenticate = makeAuthenticate({ verifyKey: makeVerifyKey(ports), verifySignIn });
  const onReached = makeAnnounceLimit({ ...ports, waker: ports.eventWaker });
  return makeHandle({
    tables: publicApi,
    deps,
    authenticate,
    log: ports.log,
    limitRate: makeLimitRate({ ...ports, onReached }),
    makeOnce: makeMakeOnce(ports),
  });
}

export function schedulerOf(ports: Ports): () => Promise<void> {
  const planSyncs = makePlanSyncs({ ...ports, rawOnly: [] });
  const events = { ...ports, waker: ports.eventWaker };
  const [planEvents, planSenders] = [makePlanEvents(events), makePlanSenders(events)];
  return async () => {
    const late = await Promise.allSettled([planEvents(), planSenders()]);
    await planSyncs();
    for (const one of late) if (one.status === 'rejected') throw one.reason;
  };
}

export function webhookInOf(ports: Ports): Handle {
  return makeHandleDelivery({ ...ports, takeDelivery: makeTakeDelivery({ ...ports, typesOf, isSigned }) });
}

export function senderOf(ports: Ports): (wake: EventWake) => Promise<void> {
  const all = { ...ports, waker: ports.eventWaker };
  const relay = makeRelayOutbox({ ...all, render: makeRenderEvent(publicUrl) });
  const wakeSenders = makeWakeSenders(all);
  const deliver = makeDeliverEvents({ ...all, bodyOf: eventBody, random: () => 0.5 });
  return async (wake) => {
    if (wake.kind === 'relay') await wakeSenders(await relay(wake.source));
    if (wake.kind === 'deliver')
      await deliver(wake.webhookId, deadlineOf(ports.clock(), senderSeconds * 1000));
  };
}

/** The worker; of the data types only `types` are made of anything, so that a life is short. */
export function workerOf(plain: Ports, types: readonly string[]): (wake: Wake) => Promise<void> {
  const ports = recording(plain);
  const all = { ...ports, redirectUri, oauth: consentOf(ports), appKeys: makeAppKeys(ports) };
  const books = makeBooks({ objects: ports.objects });
  const releaseGrant = makeReleaseGrant(all);
  const grantToken = makeGrantToken({ ...all, reviveConnections: makeReviveConnections(all) });
  const hooks = {
    ...all,
    grantToken,
    nounsOf: (scopes: readonly string[]) => nounsOf(scopes).slice(0, 1),
    callbacks: makeSourceCallbacks({ ...vendorOf(ports), tools: toolsOf(ports) }),
    addresses: makeHookAddresses(publicUrl),
  };
  const releaseAccess = makeReleaseAccess({ ...all, releaseGrant, removeHooks: makeRemoveHooks(hooks) });
  const serve = makeServeWake({
    runSync: makeRunSync({
      ...all,
      books,
      runFiles: makeRunFiles({ objects: ports.objects }),
      source: onlyOf(makeSource({ ...vendorOf(ports), tools: toolsOf(ports) }), types),
      typesOf,
      grantToken,
      mapping,
    }),
    tendHooks: makeTendHooks(hooks),
    releaseAccess,
    eraseBooks: makeEraseBooks({ ...all, books, releaseAccess }),
    sweepConnection: makeSweepConnection({ ...all, books }),
    printPaper: makePrintPaper({
      ...all,
      grantToken,
      papers: makePapers({ objects: ports.objects }),
      readPdf: makeSourcePdf({ ...vendorOf(ports), tools: toolsOf(ports) }),
    }),
    resumeLink: makeLinkResume(all),
    giveBack: makeGiveBack({ ...all, releaseGrant }),
  });
  return (wake) => serve(wake, plusSeconds(ports.clock(), workerSeconds - reserveSeconds));
}

function vendorOf(ports: Ports) {
  return { apiUrl: 'http://freshbooks.test', transport: ports.transport };
}

function toolsOf(ports: Ports) {
  const sleep = (millis: number): Promise<void> => ports.wait(millis / 1000);
  return { sleep, random: () => 0.5, now: () => Date.parse(ports.clock()) };
}

function consentOf(ports: Ports) {
  return makeConsent({ ...vendorOf(ports), authUrl: 'http://freshbooks.test', tools: toolsOf(ports) });
}

function onlyOf(source: Source, types: readonly string[]): Source {
  return {
    ...source,
    rawOnly: [],
    resourcesOf: (type) => (types.includes(type) ? source.resourcesOf(type) : []),
    controlsOf: () => [],
    waysOf: (type) => (types.includes(type) ? source.waysOf(type) : [{ from: [] }]),
  };
}
