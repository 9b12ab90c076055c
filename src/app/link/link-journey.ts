import type { Connection } from '../../domain/connection.ts';
import { type ImportPair, makeImportPair } from '../authorization/import-pair.ts';
import { makeSpendImported } from '../authorization/spend-imported.ts';
import { makeAppKeys } from '../grants/app-keys.ts';
import type { Escrow } from '../grants/escrow.ts';
import { makePromotePair } from '../grants/promote-pair.ts';
import { makeReleaseGrant } from '../grants/release-grant.ts';
import { makeReleaseUnused } from '../grants/release-unused.ts';
import type {
  Clock,
  Companies,
  Connections,
  Count,
  FreshBooksOAuth,
  Grants,
  IntegrationStore,
  LinkAttempts,
  LinkSettingsStore,
  Log,
  NewId,
  NewToken,
  OneTimeLinks,
  OpenAppKeys,
  SealAhead,
  Sealer,
  SyncSettingsStore,
  Wait,
  Waker,
} from '../ports.ts';
import type { LookAround } from '../reading/diagnose.ts';
import { makeAdmit } from './admit.ts';
import { makeAdvanceAttempt, makeResumeAttempt, type ResumeAttempt } from './advance-attempt.ts';
import { makeAttachBusiness } from './attach-business.ts';
import { makeContinueAttempt } from './continue-attempt.ts';
import { makeEndAttempt } from './end-attempt.ts';
import { makeLinkUse } from './link-use.ts';
import {
  type ChooseBusiness,
  type LookAtAttempt,
  makeChooseBusiness,
  makeLookAtAttempt,
} from './look-at-attempt.ts';
import { makeReplaceConnection } from './replace-connection.ts';
import { makeReturnAddress, type ReturnAddress } from './return-address.ts';
import { makeShareConsent } from './share-consent.ts';
import { makeStartLink, type StartLink } from './start-link.ts';
import { makeTakeCallback, type TakeCallback } from './take-callback.ts';

/** What an attempt needs from the moment its pair is saved; the worker that resumes attempts needs no more. */
export type ResumePorts = {
  companies: Companies;
  connections: Connections;
  attempts: LinkAttempts;
  grants: Grants;
  integration: IntegrationStore;
  openAppKeys: OpenAppKeys;
  syncSettings: Pick<SyncSettingsStore, 'find'>;
  oneTimeLinks: OneTimeLinks;
  oauth: FreshBooksOAuth;
  sealer: Sealer;
  escrow: Escrow;
  waker: Waker;
  clock: Clock;
  newId: NewId;
  newToken: NewToken;
  log: Log;
  count: Count;
};

export type JourneyPorts = ResumePorts & {
  linkSettings: LinkSettingsStore;
  sealAhead: SealAhead;
  /** The company's connection, or a new one that waits for its customer. */
  openConnection: (companyId: string) => Promise<Connection>;
  /** What a connection's health is judged by. */
  lookAround: LookAround;
  redirectUri: string;
  wait: Wait;
};

/** The use cases of the customer's journey, joined: what the pages need. */
export type LinkJourney = {
  startLink: StartLink;
  takeCallback: TakeCallback;
  lookAtAttempt: LookAtAttempt;
  chooseBusiness: ChooseBusiness;
  returnAddress: ReturnAddress;
};

export function makeLinkJourney(ports: JourneyPorts): LinkJourney {
  const parts = { ...ports, ...partsOf(ports) };
  const lookAtAttempt = makeLookAtAttempt(parts);
  return {
    lookAtAttempt,
    startLink: makeStartLink({ ...parts, admit: makeAdmit(parts) }),
    takeCallback: makeTakeCallback(parts),
    chooseBusiness: makeChooseBusiness({ ...parts, lookAtAttempt }),
    returnAddress: makeReturnAddress(ports),
  };
}

/** What the worker does with the message `resume`. */
export function makeLinkResume(ports: ResumePorts): ResumeAttempt {
  return makeResumeAttempt({ ...ports, ...partsOf(ports) });
}

export type ImportPorts = ResumePorts &
  Pick<JourneyPorts, 'companies' | 'sealAhead' | 'redirectUri' | 'newToken' | 'wait'>;

/** Taking over a consent that another system held: the end of the same road. */
export function makePairImport(ports: ImportPorts): ImportPair {
  const parts = { ...ports, ...partsOf(ports) };
  return makeImportPair({ ...parts, spendImported: makeSpendImported(parts) });
}

function partsOf(ports: ResumePorts) {
  const appKeys = makeAppKeys(ports);
  const releaseGrant = makeReleaseGrant({ ...ports, appKeys });
  const releaseUnused = makeReleaseUnused({ ...ports, releaseGrant });
  const endAttempt = makeEndAttempt({ ...ports, releaseUnused });
  const replaceConnection = makeReplaceConnection(ports);
  const linkUse = makeLinkUse(ports);
  const ends = { endAttempt, releaseUnused, replaceConnection, linkUse };
  const attachBusiness = makeAttachBusiness({ ...ports, ...ends });
  const promotePair = makePromotePair(ports);
  const shareConsent = makeShareConsent(ports);
  const parts = { appKeys, endAttempt, attachBusiness, promotePair, shareConsent, linkUse };
  const continueAttempt = makeContinueAttempt({ ...ports, ...parts });
  const advanceAttempt = makeAdvanceAttempt({ ...ports, ...parts, continueAttempt });
  return { ...parts, continueAttempt, advanceAttempt };
}
