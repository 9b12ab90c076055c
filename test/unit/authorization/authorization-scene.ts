import { makeAcknowledgeExport, makeExportPair } from '../../../src/app/authorization/export-pair.ts';
import { type JourneyPorts, makePairImport } from '../../../src/app/link/link-journey.ts';
import type { TokenPair } from '../../../src/domain/grant.ts';
import type { Authenticate } from '../../../src/http/authenticate.ts';
import { authorizationOperations } from '../../../src/http/authorization-operations.ts';
import { makeHandle } from '../../../src/http/handle.ts';
import { aBusiness, aCompany, aConnection } from '../../fakes/builders.ts';
import { aPerson, type JourneyScene, makeJourneyScene, theConnection } from '../link/journey-scene.ts';

/** A pair as an administrator brings it. */
export function brought(pair: TokenPair, with_: { businessId?: string } = {}) {
  return { clientId: 'app', accessToken: pair.accessToken, refreshToken: pair.refreshToken, ...with_ };
}

/** An installation that waits for the consents of another system, which holds the pair of Ada (900). */
export async function makeAuthorizationScene(change?: (ports: JourneyPorts) => Partial<JourneyPorts>) {
  const scene = await makeJourneyScene(change);
  const pair = scene.freshBooks.pairFor('app', '900');
  return {
    ...scene,
    pair,
    /** Another process: it shares nothing with others but the stores. */
    process: (with_: Partial<JourneyPorts> = {}) => {
      const ports = { ...scene, ...with_ };
      return {
        importPair: makePairImport(ports),
        exportPair: makeExportPair(ports),
        acknowledgeExport: makeAcknowledgeExport(ports),
      };
    },
    /** A company of its own whose connection waits for its customer. */
    waiting: async (number: string, with_: Parameters<typeof aConnection>[0] = {}) => {
      const ref = { companyId: `company-${number}`, connectionId: `connection-${number}` };
      await scene.companies.insert(aCompany({ id: ref.companyId, linkToken: `company-link-${number}` }));
      await scene.connections.insert(
        aConnection({
          id: ref.connectionId,
          companyId: ref.companyId,
          linkToken: `link-${number}`,
          ...with_,
        }),
      );
      return ref;
    },
    /** A person with businesses of these ids, and the pair that the other system holds of them. */
    personWith: (identityId: string, ...businessIds: string[]) => {
      scene.freshBooks.addPerson(
        aPerson(
          identityId,
          businessIds.map((businessId) => ({
            ...aBusiness({ identityId, businessId, accountId: `account-${businessId}` }),
          })),
        ),
      );
      return scene.freshBooks.pairFor('app', identityId);
    },
    link: async (ref = theConnection, with_ = brought(pair)) => makePairImport(scene)(ref, with_),
  };
}
export type AuthorizationScene = Awaited<ReturnType<typeof makeAuthorizationScene>>;

/** The operations over HTTP. */
export function handleOf(scene: JourneyScene, authenticate: Authenticate) {
  return makeHandle({
    tables: [authorizationOperations],
    deps: {
      importPair: makePairImport(scene),
      exportPair: makeExportPair(scene),
      acknowledgeExport: makeAcknowledgeExport(scene),
      publicUrl: 'https://ledger.test',
    },
    authenticate,
    log: scene.log,
  });
}
