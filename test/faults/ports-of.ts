import type {
  Deliveries,
  EventWake,
  EventWaker,
  Feed,
  Outboxes,
  PostWebhook,
  Webhooks,
} from '../../src/app/event-ports.ts';
import { type Escrow, makeEscrow } from '../../src/app/grants/escrow.ts';
import type {
  ApiKeys,
  AppKeys,
  Clock,
  Companies,
  CompanyTokens,
  Connections,
  Count,
  CountCall,
  Grants,
  Heartbeat,
  IdempotentCalls,
  IntegrationStore,
  KeepAppKeys,
  LinkAttempts,
  LinkSettingsStore,
  Log,
  NewId,
  NewToken,
  Objects,
  OneTimeLinks,
  OpenAppKeys,
  RateLimitStore,
  RefusalStore,
  RetentionStore,
  SealAhead,
  Sealer,
  SyncSettingsStore,
  Wait,
  Wake,
  Waker,
} from '../../src/app/ports.ts';
import type { Every } from '../../src/app/sync/hold-lease.ts';
import { Problem } from '../../src/domain/problem.ts';
import type { Transport } from '../../src/freshbooks/transport.ts';
import { memoryCalls, memoryCompanyTokens, memoryCountCall } from '../fakes/calls.ts';
import { makeIds, makeTokens } from '../fakes/clock.ts';
import { memoryCompanies } from '../fakes/companies.ts';
import { memoryConnections } from '../fakes/connections.ts';
import { memoryFeed } from '../fakes/feed.ts';
import { memoryGrants, memoryLinkAttempts } from '../fakes/grants.ts';
import { memoryCount, memoryLog } from '../fakes/log.ts';
import { turn } from '../fakes/memory-table.ts';
import { memoryObjects } from '../fakes/objects.ts';
import { memoryOneTimeLinks } from '../fakes/one-time-links.ts';
import { memoryOutboxes } from '../fakes/outboxes.ts';
import { memorySealAhead, memorySealer } from '../fakes/sealer.ts';
import {
  memoryApiKeys,
  memoryHeartbeat,
  memoryIntegration,
  memoryLinkSettings,
  memoryRateLimit,
  memoryRefusals,
  memoryRetention,
  memorySyncSettings,
} from '../fakes/settings.ts';
import { memoryDeliveries, memoryWebhooks } from '../fakes/webhooks.ts';
import type { Consumer } from './consumer.ts';
import { decorate, decorateCall, decorateObjects } from './decorate.ts';
import { onlyForward } from './only-forward.ts';
import type { FaultyQueue } from './queue.ts';
import type { Sandbox } from './sandbox.ts';
import { type Told, toldCompanies, toldConnections } from './told.ts';
import type { Vendor } from './vendor.ts';
import type { VirtualTime } from './virtual-time.ts';

/** All that any of the functions needs of the world. */
export type Ports = {
  companies: Companies;
  connections: Connections;
  integration: IntegrationStore;
  linkSettings: LinkSettingsStore;
  oneTimeLinks: OneTimeLinks;
  companyTokens: CompanyTokens;
  syncSettings: SyncSettingsStore;
  attempts: LinkAttempts;
  grants: Grants;
  apiKeys: ApiKeys;
  limits: RateLimitStore;
  retention: RetentionStore;
  refusals: RefusalStore;
  heartbeat: Heartbeat;
  objects: Objects;
  escrow: Escrow;
  sealer: Sealer;
  sealAhead: SealAhead;
  keepAppKeys: KeepAppKeys;
  openAppKeys: OpenAppKeys;
  waker: Waker;
  eventWaker: EventWaker;
  outboxes: Outboxes;
  feed: Feed;
  webhooks: Webhooks;
  deliveries: Deliveries;
  post: PostWebhook;
  calls: IdempotentCalls;
  countCall: CountCall;
  transport: Transport;
  clock: Clock;
  newId: NewId;
  newToken: NewToken;
  wait: Wait;
  every: Every;
  log: Log;
  count: Count;
};

export type Stores = ReturnType<typeof makeStores>;

/** What outlives every process: the stores in memory, and what was logged. */
export function makeStores() {
  const secrets: AppKeys[] = [];
  const log = memoryLog();
  const wentBack: string[] = [];
  const told: Told = { committed: [], wrong: [] };
  const companies = toldCompanies(memoryCompanies(), told);
  const connections = toldConnections(onlyForward(memoryConnections(), wentBack), told);
  const { feed, all: allEvents } = memoryFeed();
  return {
    companies,
    connections,
    told,
    outboxes: memoryOutboxes(companies, connections),
    feed,
    allEvents,
    webhooks: memoryWebhooks(),
    deliveries: memoryDeliveries(),
    calls: memoryCalls(),
    countCall: memoryCountCall(),
    /** Snapshots that were published after newer ones. */
    wentBack,
    integration: memoryIntegration(),
    linkSettings: memoryLinkSettings(),
    oneTimeLinks: memoryOneTimeLinks(),
    companyTokens: memoryCompanyTokens(),
    syncSettings: memorySyncSettings(),
    attempts: memoryLinkAttempts(),
    grants: memoryGrants(),
    apiKeys: memoryApiKeys(),
    limits: memoryRateLimit(),
    retention: memoryRetention(),
    refusals: memoryRefusals(),
    heartbeat: memoryHeartbeat(),
    objects: memoryObjects(),
    sealer: memorySealer(),
    sealAhead: memorySealAhead(),
    keepAppKeys: async (keys: AppKeys): Promise<string> => {
      await turn();
      return `v${secrets.push(keys)}`;
    },
    openAppKeys: async (versionId: string): Promise<AppKeys> => {
      await turn();
      const found = secrets[Number(versionId.slice(1)) - 1];
      if (found === undefined) throw new Error(`no such secret version: ${versionId}`);
      return found;
    },
    newId: makeIds(),
    newToken: makeTokens(),
    log: log.log,
    lines: log.lines,
    count: memoryCount().count,
  };
}

/** Seconds that one exchange with FreshBooks takes. */
const exchangeSeconds = 1;

/** The world as one process has it: every call is a boundary at which the process may die or hear of an error. */
export function portsOf(
  sandbox: Sandbox,
  world: {
    stores: Stores;
    queue: FaultyQueue<Wake>;
    eventQueue: FaultyQueue<EventWake>;
    vendor: Vendor;
    consumer: Consumer;
    time: VirtualTime;
  },
): Ports {
  const { stores, queue, eventQueue, vendor, consumer, time } = world;
  const wire = vendor.transportOf(sandbox.id);
  const timed: Transport = async (request) => {
    await time.pass(exchangeSeconds);
    return wire(request);
  };
  return {
    companies: decorate(stores.companies, 'companies', sandbox),
    connections: decorate(stores.connections, 'connections', sandbox),
    integration: decorate(stores.integration, 'integration', sandbox),
    linkSettings: decorate(stores.linkSettings, 'linkSettings', sandbox),
    companyTokens: decorate(stores.companyTokens, 'companyTokens', sandbox),
    oneTimeLinks: decorate(stores.oneTimeLinks, 'oneTimeLinks', sandbox),
    syncSettings: decorate(stores.syncSettings, 'syncSettings', sandbox),
    attempts: decorate(stores.attempts, 'attempts', sandbox),
    grants: decorate(stores.grants, 'grants', sandbox),
    apiKeys: decorate(stores.apiKeys, 'apiKeys', sandbox),
    limits: decorate(stores.limits, 'limits', sandbox),
    retention: decorate(stores.retention, 'retention', sandbox),
    refusals: decorate(stores.refusals, 'refusals', sandbox),
    heartbeat: decorate(stores.heartbeat, 'heartbeat', sandbox),
    objects: decorateObjects(stores.objects, sandbox),
    escrow: decorate(makeEscrow(stores), 'escrow', sandbox),
    sealer: decorate(stores.sealer, 'seal', sandbox),
    sealAhead: decorateCall(stores.sealAhead, 'seal.ahead', sandbox),
    keepAppKeys: decorateCall(stores.keepAppKeys, 'secret.keep', sandbox),
    openAppKeys: decorateCall(stores.openAppKeys, 'secret.open', sandbox),
    waker: decorateCall(queue.send, 'queue.send', sandbox),
    eventWaker: decorateCall(eventQueue.send, 'eventQueue.send', sandbox),
    outboxes: decorate(stores.outboxes, 'outboxes', sandbox),
    feed: decorate(stores.feed, 'feed', sandbox),
    webhooks: decorate(stores.webhooks, 'webhooks', sandbox),
    deliveries: decorate(stores.deliveries, 'deliveries', sandbox),
    post: neverThrowing(decorateCall(consumer.post, 'consumer.post', sandbox)),
    calls: decorate(stores.calls, 'calls', sandbox),
    countCall: decorateCall(stores.countCall, 'countCall.add', sandbox),
    transport: decorateCall(
      timed,
      placeOf,
      sandbox,
      () => new Problem('unavailable', 'FreshBooks broke off.'),
    ),
    clock: time.clock,
    newId: stores.newId,
    newToken: stores.newToken,
    wait: (seconds) => (sandbox.dead ? new Promise(() => undefined) : time.pass(seconds)),
    every: (seconds, action) => time.every(seconds, action, () => sandbox.still),
    log: stores.log,
    count: stores.count,
  };
}

/** A post without an answer is answered so: its port never throws. */
function neverThrowing(post: PostWebhook): PostWebhook {
  return (url, message) => post(url, message).catch(() => ({ milliseconds: 15_000, error: 'timeout' }));
}

/** What a request to FreshBooks is for. */
function placeOf({ url, body = '' }: { url: string; body?: string }): string {
  if (url.endsWith('/oauth/revoke')) return 'freshbooks.revoke';
  if (url.endsWith('/users/me')) return 'freshbooks.me';
  if (url.includes('/events/account/')) return 'freshbooks.hooks';
  if (!url.endsWith('/oauth/token')) return 'freshbooks.page';
  return body.includes('grant_type=refresh_token') ? 'freshbooks.refresh' : 'freshbooks.exchange';
}
