import { makeReplaceCompany, makeUpdateCompany } from '../app/companies/change-company.ts';
import { makeCreateCompany } from '../app/companies/create-company.ts';
import { makeDeleteCompany } from '../app/companies/delete-company.ts';
import { makeFindCompany } from '../app/companies/find-company.ts';
import { makeListCompanies, makeWithConnections } from '../app/companies/list-companies.ts';
import { makeAllowBusinessChange } from '../app/connections/allow-business-change.ts';
import { makeCreateConnection } from '../app/connections/create-connection.ts';
import { makeEraseConnection } from '../app/connections/erase-connection.ts';
import { makeFindConnection } from '../app/connections/find-connection.ts';
import { makeOpenConnection } from '../app/connections/open-connection.ts';
import { makeRefreshConnection } from '../app/connections/refresh-connection.ts';
import { makeUnlinkConnection } from '../app/connections/unlink-connection.ts';
import type { CheckUrl, Deliveries, EventWaker, Feed, Webhooks } from '../app/event-ports.ts';
import { makeReadFeed } from '../app/events/read-feed.ts';
import { makeReprojectType } from '../app/history/reproject-type.ts';
import { makeRowHistory } from '../app/history/row-history.ts';
import { makeCreateCompanyToken } from '../app/keys/company-token.ts';
import { makeCreateKey } from '../app/keys/create-key.ts';
import { makeDeleteKey } from '../app/keys/delete-key.ts';
import type { NewSecret } from '../app/keys/key-text.ts';
import { makeHandOutLink } from '../app/link/hand-out-link.ts';
import { makeReadPaper } from '../app/papers/read-paper.ts';
import type {
  ApiKeys,
  Clock,
  Companies,
  CompanyTokens,
  Connections,
  Heartbeat,
  IntegrationStore,
  LinkSettingsStore,
  NewId,
  NewToken,
  OneTimeLinks,
  Papers,
  RateLimitStore,
  ReadChanges,
  ReadRawByIds,
  ReadRecord,
  ReadRecords,
  RunFiles,
  Sealer,
  SnapshotAt,
  SyncSettingsStore,
  Wait,
  Waker,
} from '../app/ports.ts';
import { makeChooseConnection } from '../app/reading/choose-connection.ts';
import { makeDataStatus } from '../app/reading/data-status.ts';
import { makeDiagnose, makeLookAround } from '../app/reading/diagnose.ts';
import { makeFindPull, makePullHistory, makeValidation } from '../app/reading/pull-history.ts';
import { makeReadAged } from '../app/reading/read-aged.ts';
import { makeReadList } from '../app/reading/read-list.ts';
import { makeReadInfo, makeReadOne } from '../app/reading/read-one.ts';
import { makeReadProof } from '../app/reading/read-proof.ts';
import { makeReadRaw } from '../app/reading/read-raw.ts';
import { makeReadResourceProof } from '../app/reading/read-resource-proof.ts';
import { makeReadStatements } from '../app/reading/read-statement.ts';
import { makeReadTree } from '../app/reading/read-tree.ts';
import { makeRefreshAll, makeRefreshType } from '../app/reading/refresh-company.ts';

import { makeSaveCompanySettings, makeSaveSettings } from '../app/settings/save-settings.ts';
import { makeShowCompanySettings, makeShowSettings } from '../app/settings/show-settings.ts';
import { makeSavePageOrigins, makeSaveProfile } from '../app/setup/save-link-settings.ts';
import {
  makeDeleteWebhook,
  makeFindWebhook,
  makeReplaceWebhook,
  makeRotateSecret,
} from '../app/webhooks/change-webhook.ts';
import { makeCreateWebhook } from '../app/webhooks/create-webhook.ts';
import { makeListDeliveries } from '../app/webhooks/list-deliveries.ts';
import { makeReplayEvents, makeTestWebhook } from '../app/webhooks/replay-events.ts';
import type { DataType } from '../domain/data-types.ts';
import type { RateLimitSetting } from '../domain/rate-limit.ts';

/** What the public API needs of the world. */
type ApiPorts = {
  companies: Companies;
  connections: Connections;
  integration: Pick<IntegrationStore, 'find'>;
  linkSettings: LinkSettingsStore;
  oneTimeLinks: Pick<OneTimeLinks, 'insert'>;
  companyTokens: Pick<CompanyTokens, 'insert'>;
  syncSettings: SyncSettingsStore;
  heartbeat: Pick<Heartbeat, 'read'>;
  /** The scopes without which a data type cannot be read. */
  scopesOf: (dataType: DataType) => readonly string[];
  /** Resources that no data type is made of. */
  rawOnly: readonly string[];
  apiKeys: ApiKeys;
  limits: RateLimitStore;
  feed: Pick<Feed, 'read' | 'find' | 'last'>;
  webhooks: Webhooks;
  deliveries: Deliveries;
  checkUrl: CheckUrl;
  /** Seals signing secrets; nothing here can open one. */
  sealer: Pick<Sealer, 'seal'>;
  wakeSender: EventWaker;
  readRecords: ReadRecords;
  readRecord: ReadRecord;
  /** Of raw snapshots, as `{ id, isDeleted, row }`. */
  readRawRows: ReadRecords;
  readRawByIds: ReadRawByIds;
  snapshotAt: SnapshotAt;
  readChanges: ReadChanges;
  readHistory: RunFiles['history'];
  papers: Pick<Papers, 'find' | 'refusal'>;
  wake: Waker;
  wait: Wait;
  clock: Clock;
  newId: NewId;
  newToken: NewToken;
  newSecret: NewSecret;
  /** Origin under which everything is reached, without a slash at its end. */
  publicUrl: string;
};

/** The use cases behind the public API's operations. */
export type ApiDeps = ReturnType<typeof makeApiDeps>;

/** Joins the use cases once, at cold start. */
export function makeApiDeps(ports: ApiPorts) {
  const eraseConnection = makeEraseConnection(ports);
  const reading = { ...ports, chooseConnection: makeChooseConnection(ports) };
  const readOne = makeReadOne(reading);
  const refreshing = { ...reading, refreshConnection: makeRefreshConnection(ports) };
  const findConnection = makeFindConnection(ports);
  const lookAround = makeLookAround(ports);
  const findWebhook = makeFindWebhook(ports);
  return {
    publicUrl: ports.publicUrl,
    findIntegration: () => ports.integration.find(),
    findLinkSettings: () => ports.linkSettings.find(),
    listCompanies: makeListCompanies(ports),
    withConnections: makeWithConnections(ports),
    handOutLink: makeHandOutLink(ports),
    findCompany: makeFindCompany(ports),
    createCompany: makeCreateCompany(ports),
    replaceCompany: makeReplaceCompany(ports),
    updateCompany: makeUpdateCompany(ports),
    deleteCompany: makeDeleteCompany({ ...ports, eraseConnection }),
    findConnection,
    createConnection: makeCreateConnection({ ...ports, openConnection: makeOpenConnection(ports) }),
    unlinkConnection: makeUnlinkConnection(ports),
    allowBusinessChange: makeAllowBusinessChange(ports),
    eraseConnection,
    readList: makeReadList(reading),
    readOne,
    readPaper: makeReadPaper({ ...reading, readOne }),
    readTree: makeReadTree(reading),
    readInfo: makeReadInfo(reading),
    readAged: makeReadAged(reading),
    readStatements: makeReadStatements(reading),
    readRaw: makeReadRaw({ ...ports, findConnection, lookAround }),
    rowHistory: makeRowHistory({ ...ports, findConnection }),
    lookAround,
    diagnose: makeDiagnose({ ...ports, findConnection, lookAround }),
    readProof: makeReadProof(reading),
    readResourceProof: makeReadResourceProof({ findConnection }),
    refreshType: makeRefreshType(refreshing),
    refreshAll: makeRefreshAll(refreshing),
    reprojectType: makeReprojectType({ ...ports, findConnection }),
    dataStatus: makeDataStatus({ ...ports, lookAround }),
    pullHistory: makePullHistory(ports),
    findPull: makeFindPull(ports),
    validation: makeValidation(ports),
    saveProfile: makeSaveProfile(ports),
    savePageOrigins: makeSavePageOrigins(ports),
    showSettings: makeShowSettings(ports),
    saveSettings: makeSaveSettings(ports),
    showCompanySettings: makeShowCompanySettings(ports),
    saveCompanySettings: makeSaveCompanySettings(ports),
    findRateLimit: () => ports.limits.find(),
    saveRateLimit: (setting: RateLimitSetting) => ports.limits.save(setting),
    readFeed: makeReadFeed(ports),
    listWebhooks: () => ports.webhooks.all(),
    findWebhook,
    createWebhook: makeCreateWebhook(ports),
    replaceWebhook: makeReplaceWebhook(ports),
    deleteWebhook: makeDeleteWebhook(ports),
    rotateSecret: makeRotateSecret(ports),
    testWebhook: makeTestWebhook({ ...ports, findWebhook }),
    listDeliveries: makeListDeliveries({ ...ports, findWebhook }),
    replayEvents: makeReplayEvents({ ...ports, findWebhook }),
    listKeys: () => ports.apiKeys.all(),
    createKey: makeCreateKey(ports),
    deleteKey: makeDeleteKey(ports),
    createCompanyToken: makeCreateCompanyToken(ports),
  };
}
