import * as z from 'zod';
import { makePaceStore, makeRefusalStore } from '../adapters/aws/settings-table.ts';
import { makeTables } from '../adapters/aws/tables.ts';
import { every } from '../adapters/timers.ts';
import { makeGrantToken } from '../app/grants/grant-token.ts';
import { makeReleaseGrant } from '../app/grants/release-grant.ts';
import { makeGiveBack } from '../app/grants/release-unused.ts';
import { makeReviveConnections } from '../app/grants/revive-connections.ts';
import { makeHookAddresses } from '../app/hooks/hook-address.ts';
import { makeRemoveHooks } from '../app/hooks/remove-hooks.ts';
import { makeTendHooks } from '../app/hooks/tend-hooks.ts';
import { makeLinkResume } from '../app/link/link-journey.ts';
import { makePrintPaper } from '../app/papers/print-paper.ts';
import type { Wake } from '../app/ports.ts';
import { makeEraseBooks } from '../app/sync/erase-books.ts';
import { makeReleaseAccess } from '../app/sync/release-access.ts';
import { makeRunSync } from '../app/sync/run-sync.ts';
import { makeServeWake } from '../app/sync/serve-wake.ts';
import { makeSweepConnection } from '../app/sync/sweep-connection.ts';
import { makeBooks } from '../books/make-books.ts';
import { makePapers } from '../books/papers.ts';
import { makeRunFiles } from '../books/run-files.ts';
import type { SyncWorkerConfig } from '../config.ts';
import { plusSeconds } from '../domain/instant.ts';
import { makeAppBudget } from '../freshbooks/app-budget.ts';
import { nounsOf, typesOf } from '../freshbooks/hooks.ts';
import { mapping } from '../freshbooks/mapping-version.ts';
import { makeSource, makeSourceCallbacks, makeSourcePdf } from '../freshbooks/source.ts';
import { composeConsent } from './consent.ts';
import { retryTools, type Telemetry } from './world.ts';

const Ref = z.object({ companyId: z.string(), connectionId: z.string() });
const Message: z.ZodType<Wake> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sync'), ref: Ref }),
  z.object({ kind: z.literal('hooks'), ref: Ref }),
  z.object({ kind: z.literal('release'), ref: Ref, grantId: z.string() }),
  z.object({ kind: z.literal('erase'), ref: Ref, grantId: z.string().exactOptional() }),
  z.object({ kind: z.literal('sweep'), ref: Ref }),
  z.object({
    kind: z.literal('print'),
    ref: Ref,
    paper: z.object({ invoiceId: z.string(), version: z.string() }),
    ask: z.string(),
  }),
  z.object({ kind: z.literal('resume'), attemptId: z.string() }),
  z.object({ kind: z.literal('give-back'), grantId: z.string(), since: z.string() }),
]);

/** Kept for saving a journal or publishing, before the function is ended. */
const reserveSeconds = 40;

/** One message's work. A throw sends the message back to the queue. */
export function composeSyncWorker(config: SyncWorkerConfig, telemetry: Telemetry) {
  const consent = composeConsent(config, telemetry, { timeoutMs: 30_000 });
  const { objects } = consent;
  const books = makeBooks({ objects });
  const refusals = makeRefusalStore(makeTables(), config.STATE_TABLE);
  const reviveConnections = makeReviveConnections(consent);
  const grantToken = makeGrantToken({ ...consent, refusals, reviveConnections });
  const freshBooks = {
    apiUrl: config.FRESHBOOKS_API_URL,
    transport: consent.transport,
    tools: retryTools,
    budget: makeAppBudget({ ...consent, pace: makePaceStore(makeTables(), config.STATE_TABLE) }),
  };
  const hooks = {
    ...consent,
    grantToken,
    nounsOf,
    callbacks: makeSourceCallbacks(freshBooks),
    addresses: makeHookAddresses(config.PUBLIC_URL),
  };
  const releaseGrant = makeReleaseGrant(consent);
  const releaseAccess = makeReleaseAccess({ ...consent, releaseGrant, removeHooks: makeRemoveHooks(hooks) });
  const serve = makeServeWake({
    runSync: makeRunSync({
      ...consent,
      books,
      runFiles: makeRunFiles({ objects }),
      source: makeSource(freshBooks),
      typesOf,
      grantToken,
      every,
      mapping,
    }),
    tendHooks: makeTendHooks(hooks),
    releaseAccess,
    eraseBooks: makeEraseBooks({ ...consent, books, releaseAccess }),
    sweepConnection: makeSweepConnection({ ...consent, books }),
    printPaper: makePrintPaper({
      ...consent,
      papers: makePapers({ objects }),
      readPdf: makeSourcePdf(freshBooks),
      grantToken,
    }),
    resumeLink: makeLinkResume(consent),
    giveBack: makeGiveBack({ ...consent, releaseGrant }),
  });
  return (body: string, time: { millisLeft: () => number }) => {
    const deadline = plusSeconds(consent.clock(), time.millisLeft() / 1000 - reserveSeconds);
    return serve(Message.parse(JSON.parse(body)), deadline);
  };
}
